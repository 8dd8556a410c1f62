"""`curate validate`: check the records of a corpus."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from curate.counted import counted
from curate.report import report_names

if TYPE_CHECKING:
    from curate.config import Config
    from curate.corpus import Corpus
    from curate.mending import Mending
    from curate.report import Report


@click.command("validate", short_help="Check the records.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output-format",
    type=click.Choice(report_names()),
    default="text",
    show_default=True,
    help="How to report what was found; the exit code is the same in every format.",
)
@click.option("--staged", is_flag=True, help="Check what git would commit, not the working copy.")
@click.option(
    "--fix", is_flag=True, help="Mend what can only be meant in one way; report the rest."
)
@click.option(
    "--unsafe-fixes",
    is_flag=True,
    help="With --fix or --diff: also write what was likely meant, where it is one thing.",
)
@click.option("--diff", is_flag=True, help="Write nothing; show what --fix would change.")
@click.option(
    "--baseline", type=click.Path(path_type=Path), help="Accept the findings that this file lists."
)
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Write the file of --baseline; drop from one that is there what occurs no more.",
)
@click.option(
    "--no-cache", is_flag=True, help="Read and check everything, whatever is known from last time."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many processes read and check; by default one a core where the records are many.",
)
@click.option("--since", metavar="REV", help="Report what a branch did since it left REV.")
@click.option(
    "--corpus", "place", metavar="URL", help="Check the corpus there, such as s3://bucket/corpus."
)
@click.option("--engine", metavar="URL", help="Let a Dask cluster do it: dask://HOST:PORT.")
def command(  # noqa: PLR0913 - an option each
    paths: tuple[Path, ...],
    output_format: str,
    *,
    staged: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    baseline: Path | None,
    write_baseline: bool,
    since: str | None,
    no_cache: bool,
    jobs: int | None,
    place: str | None,
    engine: str | None,
) -> int:
    """Check every record of the corpus, and say what is wrong, where, and what to write instead.

    PATHS limit what is reported to these files and folders; the whole corpus is read all the same,
    because a record is right or wrong only together with the others.

    --fix changes how something is written, never what it says: line ends, accents and quotes, a
    PMID, DOI or date in its plain form, a time, unit or percentage in figures, and a name that
    differs in capitals, hyphens or spaces only. Then it tidies the records that it looked at, as
    `curate format --sort` does: fields in their usual order with the comments above them, one
    layout; `tidy = false` in curate.toml leaves order and layout alone. --unsafe-fixes writes
    guesses as well, such as a misspelt id or a number in words: read what they changed. None of
    these writes what would leave a record with a finding that it had not.

    --baseline accepts the errors and warnings that were there when the file was written, known by
    rule, record, place and value, and no others. --write-baseline never adds to a file that is
    there: delete it to begin anew. `baseline` in curate.toml names one for every call. An export
    accepts none.

    --since reports a record that was changed since the branch left REV, committed or not, and
    beyond these what went wrong through the changes, such as a link to a record that was deleted.

    --corpus and --engine are for corpora of very many records, or ones that are kept elsewhere
    than in a folder. What is found is the same.

    Exit code: 0 nothing is wrong or only warnings, 1 errors were found, 2 nothing was checked.
    With --fix it is that of what is left, with --diff that of what was found.
    """
    # A call for help must not wait for what only a check needs.
    from curate import config  # noqa: PLC0415
    from curate.cli.common import root_of  # noqa: PLC0415

    _refuse_together(staged=staged, fix=fix, unsafe_fixes=unsafe_fixes, diff=diff)
    if place or engine:
        from curate.engine import check_at, settings_at  # noqa: PLC0415

        _refuse_elsewhere(staged or fix or diff or since or (place and paths))
    root = Path.cwd() if place else root_of(paths)
    settings = settings_at(place) if place else config.load(root)
    if baseline is None and settings.baseline and not place:
        baseline = Path(os.path.relpath(root / settings.baseline))
    if write_baseline and (baseline is None or paths or since or fix or unsafe_fixes or diff):
        _refuse_part_of_a_baseline()
    call = _Call(root, paths, output_format, baseline, since, staged=staged)
    if place or engine:
        found, corpus = check_at(place or str(root), settings, engine)
    else:
        if not (no_cache or fix or diff or write_baseline):
            code = _from_index(call, settings, jobs)
            if code is not None:
                return code
        found, corpus = _everything(root, settings, jobs, staged=staged)
    wanted = call.wanted(found)
    written = _renew(baseline, found, corpus) if write_baseline and baseline else ""
    report, limits = call.limit(found, corpus, wanted)
    said = call.can_be_fixed(report)
    if fix or diff:
        mending = _mend(root, report.files, guesses=unsafe_fixes)
        if diff:
            _show(mending, report)
            return 1 if report.summary.errors else 0
        _write_files(root, mending)
        said, corpus = _was_fixed(mending), mending.corpus
        report, limits = call.limit(mending.report, corpus, wanted)
    _write_report(call, report, corpus, ", ".join(filter(None, (written, limits, said))))
    return 1 if report.summary.errors else 0


def _from_index(call: "_Call", settings: "Config", jobs: int | None) -> int | None:
    """Check with what is known from the last time; return None where that cannot tell."""
    from contextlib import closing  # noqa: PLC0415 - see above

    from curate import index, resident  # noqa: PLC0415

    try:
        known_from = index.check(call.root, settings, staged=call.staged, jobs=jobs)
        with closing(known_from) as checked:
            found, corpus = checked.report, checked.corpus
            report, limits = call.limit(found, corpus, call.wanted(found))
            said = ", ".join(filter(None, (limits, call.can_be_fixed(report))))
            # Nothing is printed before all is known: the index may turn out to be damaged.
            text = list(_rendered(call, report, corpus))
            known = checked.known
    except index.Unsure:
        index.forget(call.root, staged=call.staged)
        return None
    _write(call, text, report, said)
    if known:
        resident.leave_behind(sys.argv[1:])
    return 1 if report.summary.errors else 0


def _everything(
    root: Path, settings: "Config", jobs: int | None, *, staged: bool
) -> "tuple[Report, Corpus]":
    """Read and check all records, whatever is known from the last time."""
    from curate import bulk  # noqa: PLC0415 - see above

    if not staged:
        return bulk.check_files(root, settings, jobs)
    from curate import git  # noqa: PLC0415 - nobody else asks git
    from curate.pipeline import check, load  # noqa: PLC0415

    corpus = load(git.staged(root), settings)
    return check(corpus), corpus


class _Call(NamedTuple):
    """What is to be checked, and what of all that is found is to be told."""

    root: Path
    paths: tuple[Path, ...]
    output_format: str
    baseline: Path | None
    since: str | None
    staged: bool

    def wanted(self, found: "Report") -> list[str]:
        """Return the files and folders that are meant, or refuse to check nothing."""
        from curate.cli.common import inside  # noqa: PLC0415 - see above
        from curate.source import RECORDS  # noqa: PLC0415

        wanted = [inside(self.root, path, found.files) for path in self.paths] or [RECORDS]
        _refuse_nothing(found.within(wanted).files, wanted)
        return wanted

    def limit(self, found: "Report", corpus: "Corpus", wanted: list[str]) -> "tuple[Report, str]":
        """Return what is to be told, and a few words on what is left out."""
        from curate import git  # noqa: PLC0415 - see above

        report, limits = found, ""
        if self.baseline is not None:
            from curate.baseline import accept, parse  # noqa: PLC0415

            known = parse(_read(self.baseline), str(self.baseline))
            report = accept(report, corpus, known)
        report = report.within(wanted)
        if self.since is not None:
            from curate.since import limit  # noqa: PLC0415

            limited = limit(report, corpus, self.root, self.since, staged=self.staged)
            report, limits = limited.report, f"since {self.since} {limited}"
        report.below = git.below_top(self.root)
        return report, limits

    def can_be_fixed(self, report: "Report") -> str:
        """Say how many findings offer their own repair, where a reader is there to be told."""
        return _can_be_fixed(report) if self.output_format == "text" and not self.staged else ""


def _renew(baseline: Path, found: "Report", corpus: "Corpus") -> str:
    """Write a baseline, or shorten one that is there; say what was done."""
    from curate.baseline import accept, parse, take, text  # noqa: PLC0415 - see above
    from curate.disk.write_file import create_file, replace_file  # noqa: PLC0415

    if not baseline.exists():
        known = take(found, corpus)
        create_file(baseline, text(known).encode())
        return f"wrote {baseline} with {counted(len(known), 'finding')}"
    old = _read(baseline)
    known = parse(old, str(baseline))
    gone = frozenset(accept(found, corpus, known).gone)
    if gone:
        replace_file(baseline, old, text(one for one in known if one not in gone).encode())
    return f"dropped {len(gone)} of {counted(len(known), 'finding')} from {baseline}"


def _read(baseline: Path) -> bytes:
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    try:
        return baseline.read_bytes()
    except FileNotFoundError as error:
        said = f"There is no baseline {baseline}; --write-baseline beside it writes one."
        raise Refusal(said) from error
    except OSError as error:
        raise Refusal(f"{baseline} cannot be read: {error.strerror}.") from error


def _mend(root: Path, files: Iterable[str], *, guesses: bool) -> "Mending":
    """Mend some files of a corpus, writing nothing yet."""
    from curate import config, source  # noqa: PLC0415 - see above
    from curate.mending import mend  # noqa: PLC0415
    from curate.workspace import Workspace  # noqa: PLC0415

    found = list(source.find(root))
    wanted = frozenset(files)
    plain = (item for item in found if isinstance(item, source.Source))
    texts = {item.path: item.data for item in plain if item.path in wanted}
    settings = config.load(root)
    return mend(Workspace(found, settings), texts, guesses=guesses, tidy=settings.tidy)


def _write_files(root: Path, mending: "Mending") -> None:
    from curate.disk.write_file import replace_file  # noqa: PLC0415 - see above

    for one in mending.files:
        replace_file(root / one.path, one.old, one.new)


def _show(mending: "Mending", report: "Report") -> None:
    """Show what would be written, and say how much that is."""
    from curate.cli.common import diff_of, write  # noqa: PLC0415 - see above

    write(line for one in mending.files for line in diff_of(one.path, one.old, one.new))
    said = [str(report.summary), f"{mending.fixes} can be fixed with --fix"]
    if mending.guesses:
        said.append(f"{mending.guesses} more with --fix --unsafe-fixes")
    if mending.tidied:
        said.append(f"{counted(mending.tidied, 'record')} would be tidied")
    write([f"{', '.join(said)}\n"], sys.stderr)


def _was_fixed(mending: "Mending") -> str:
    said = f"fixed {mending.fixes}"
    if mending.guesses:
        said += f", and {mending.guesses} by a guess: read what changed"
    if mending.tidied:
        said += f", tidied {counted(mending.tidied, 'record')}"
    return said


def _can_be_fixed(report: "Report") -> str:
    """Say how many findings offer their own repair."""
    safe, unsafe = (sum(one.fix == how for one in report.standing) for how in ("safe", "unsafe"))
    said = [f"{safe} can be fixed with --fix"] if safe else []
    if unsafe:
        can = "more" if safe else "can be fixed"
        said.append(f"{unsafe} {can} by a guess, with --fix --unsafe-fixes")
    return ", ".join(said)


def _write_report(call: _Call, report: "Report", corpus: "Corpus", said: str) -> None:
    """Write the report, and what was or can be fixed behind its summary."""
    _write(call, _rendered(call, report, corpus), report, said)


def _rendered(call: _Call, report: "Report", corpus: "Corpus") -> Iterator[str]:
    from curate.report import load_render  # noqa: PLC0415 - see above

    return load_render(call.output_format)(report, corpus)


def _write(call: _Call, text: Iterable[str], report: "Report", said: str) -> None:
    from curate.cli.common import write  # noqa: PLC0415 - see above

    write(text)
    if call.output_format != "text":
        write([f"{', '.join(filter(None, (str(report.summary), said)))}\n"], sys.stderr)
    elif said:
        write([f"{said}\n"])


def _refuse_together(*, staged: bool, fix: bool, unsafe_fixes: bool, diff: bool) -> None:
    """Refuse options that leave open what is to be done."""
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    if staged and (fix or diff):
        raise Refusal("What is staged is only checked: leave out --staged, or --fix and --diff.")
    if fix and diff:
        raise Refusal("Either --fix, which writes, or --diff, which writes nothing.")
    if unsafe_fixes and not (fix or diff):
        raise Refusal("--unsafe-fixes goes with --fix, which writes, or --diff, which shows.")


def _refuse_elsewhere(other: object) -> None:
    """Refuse what can only be done with a corpus that lies here, in one process."""
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    if other:
        raise Refusal(
            "--corpus and --engine only check: leave out --staged, --fix, --diff and --since, and "
            "with --corpus the paths."
        )


def _refuse_part_of_a_baseline() -> None:
    """Refuse to write a baseline that would not speak of the corpus as it is."""
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    raise Refusal(
        "--write-baseline writes the file that --baseline or `baseline` in curate.toml names, for "
        "the whole corpus as it is: leave out paths, --since, --fix and --diff."
    )


def _refuse_nothing(files: Sequence[str], wanted: list[str]) -> None:
    """Refuse to call it a pass where nothing was checked."""
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    if not files:
        raise Refusal(f"Nothing to check: there is no record in {', '.join(wanted)}.")
