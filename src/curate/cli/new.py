"""`curate new`: start a record."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from curate.counted import counted

if TYPE_CHECKING:
    from curate.corpus import Corpus
    from curate.kinds.reference import Reference
    from curate.report import Report
    from curate.workspace import Workspace


@click.command("new", short_help="Start a record.")
@click.argument("kind", required=False)
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--title", help="The record's title.")
@click.option("--pmid", type=int, help="For a study or a reference: the paper's PubMed id.")
def command(kind: str | None, id_: str | None, title: str | None, pmid: int | None) -> int:
    """Write a draft of a record to fill in: a procedure, study, condition, measure or reference.

    ID is the record's name for good, and its file's: lower-case words joined by hyphens, such as
    `ventro-oral-thalamotomy` or, for a study, first author and year: `horisawa-2019`. That of a
    reference is made of its PMID and left out; so may be that of a study whose paper has a
    reference here, which also gives it title, DOI, PMCID and registrations. In a terminal, what is
    missing is asked for.

    Exit code: 0 written, 2 nothing was written.
    """
    # A call for help must not wait for what only the work needs.
    from curate import config, source  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.disk.write_file import create_file  # noqa: PLC0415
    from curate.kinds import KINDS  # noqa: PLC0415
    from curate.skeleton import skeleton  # noqa: PLC0415
    from curate.workspace import Workspace  # noqa: PLC0415

    root = config.find_root(Path.cwd())
    workspace = Workspace(source.find(root), config.load(root))
    corpus = workspace.corpus
    wish = _Wish(kind, id_, None if title is None else " ".join(title.split()), pmid)
    if _is_asked(wish, corpus):
        wish = _ask(wish, corpus)
    kind = _known(wish.kind)
    number = _pmid(kind, wish.id, wish.pmid)
    paper = _paper(corpus, kind, number)
    name = _id(kind, wish.id, number, _name_of(paper, corpus))
    given = _given(kind, wish.title, number, paper)
    path = f"{source.RECORDS}/{KINDS[kind].folder}/{name}.yaml"
    text = skeleton(kind, name, given).encode()
    report, after = _checked(workspace, root, path, text)
    create_file(root / path, text)
    write(_next_step(path, report, after, paper))
    return 0


class _Wish(NamedTuple):
    """What was said of the record to start."""

    kind: str | None
    id: str | None
    title: str | None
    pmid: int | None


def _known(kind: str | None) -> str:
    from curate.cli.common import kind_named  # noqa: PLC0415 - see above
    from curate.kinds import KINDS  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415

    if kind is None:
        raise Refusal(f"Say which kind of record to start: {', '.join(KINDS)}.")
    return kind_named(kind)


def _pmid(kind: str, id_: str | None, pmid: int | None) -> int | None:
    """Return the PMID that the record is to have, from the option or a reference's id."""
    from curate.published import schema  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415

    if "pmid" not in schema(kind)["properties"]:
        if pmid is not None:
            raise Refusal(f"A {kind} has no PMID; its claims cite papers by theirs.")
        return None
    if kind != "reference":
        return pmid
    inside = re.fullmatch(r"pmid-([1-9][0-9]*)", id_ or "")
    if pmid is None and inside is None:
        raise Refusal("A reference needs its PMID: `curate new reference --pmid 30587520`.")
    if pmid is not None and id_ not in {None, f"pmid-{pmid}"}:
        raise Refusal(f"The id of a reference is its PMID's: leave `{id_}` out.")
    return pmid if inside is None else int(inside[1])


def _paper(corpus: "Corpus", kind: str, pmid: int | None) -> "Reference | None":
    """Return what is known here of a study's paper."""
    if kind != "study" or pmid is None:
        return None
    return corpus.references_by_pmid.get(pmid)


def _name_of(paper: "Reference | None", corpus: "Corpus") -> str | None:
    """Return the id that a study has by its paper: first author and year; None if it is taken."""
    from curate.explain.meant import slug  # noqa: PLC0415 - see above

    if paper is None or not paper.authors or paper.year is None:
        return None
    family, _, initials = paper.authors[0].rpartition(" ")
    name = f"{slug(family if family and initials.isupper() else paper.authors[0])}-{paper.year}"
    return None if corpus.exists("study", name) else name


def _id(kind: str, id_: str | None, pmid: int | None, by_paper: str | None) -> str:
    """Return the record's id, or refuse what cannot be one."""
    from curate.published import schema  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415

    if kind == "reference":
        name = f"pmid-{pmid}"
    elif id_ is not None:
        name = id_
    elif by_paper is not None:
        name = by_paper
    else:
        said = f"Give the {kind} an id: `curate new {kind} ID`."
        raise Refusal(said if pmid is None else f"{said} {_how_to_know(pmid)}")
    form = schema(kind)["properties"]["id"]
    if len(name) > form["maxLength"] or not re.fullmatch(form["pattern"].rstrip("$"), name):
        raise Refusal(f"{name!r} cannot be an id. {form['patternErrorMessage']}")
    return name


def _how_to_know(pmid: int) -> str:
    """Say how a reference comes here, from which author, year and title can be taken."""
    return (
        f"Of its paper nothing is known here yet: `curate refs fetch {pmid}` asks PubMed, "
        "`curate refs import FILE` reads what was saved from it, `curate new reference --pmid "
        f"{pmid}` starts it by hand."
    )


def _given(
    kind: str, title: str | None, pmid: int | None, paper: "Reference | None"
) -> dict[str, Any]:
    """Return the fields that are known: what was said, and what the paper's reference says.

    The paper's `citation` is left to the editor: typed from the paper itself, it betrays a PMID of
    another one; copied from the reference, it would always agree.
    """
    from curate.published import schema  # noqa: PLC0415 - see above

    given: dict[str, Any] = {}
    if kind == "reference":
        given["origin"] = "by-hand"
    if pmid is not None:
        given["pmid"] = pmid
    known = schema(kind)["properties"]
    if paper is not None:
        form = known["registrations"]["items"]["pattern"].rstrip("$")
        said = {
            "title": paper.title if len(paper.title) <= known["title"]["maxLength"] else None,
            "doi": paper.doi,
            "pmcid": paper.pmcid,
            # PubMed lists numbers of more registries than a study can name.
            "registrations": tuple(one for one in paper.registrations if re.fullmatch(form, one)),
        }
        given.update({key: value for key, value in said.items() if value})
    if title is not None:
        given["title"] = title
    return given


def _checked(workspace: "Workspace", root: Path, path: str, text: bytes) -> "tuple[Report, Corpus]":
    """Return what a check says of the new record among the others; refuse one with an error."""
    from curate.finding import Severity  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.source import Source  # noqa: PLC0415

    if (root / path).exists() or (root / path).is_symlink():
        raise Refusal(f"{path} exists already; nothing was written to it.")
    workspace.put(Source(path, text))
    _refuse_a_paper_twice(workspace.corpus, path)
    report = workspace.report().within([path])
    for finding in report.standing:
        if finding.severity is Severity.ERROR:
            raise Refusal(f"Nothing was written. {finding.message} {finding.help}".rstrip())
    return report, workspace.corpus


def _refuse_a_paper_twice(corpus: "Corpus", path: str) -> None:
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    for pmid, studies in corpus.studies_by_pmid.items():
        paths = [f"records/studies/{study.id}.yaml" for study in studies]
        if path in paths and len(paths) > 1:
            other = next(one for one in paths if one != path)
            raise Refusal(f"{other} is the record of PMID {pmid} already; nothing was written.")


def _next_step(
    path: str, report: "Report", corpus: "Corpus", paper: "Reference | None"
) -> Iterator[str]:
    yield f"created {path}, a draft: it is checked, and not exported\n"
    if paper is not None:
        yield f"Its paper: {_cited(paper)}\n"
    yield f"Next: open it, fill in what it asks for, and run `curate validate {path}`.\n"
    missing = len(report.standing)
    if missing:
        yield f"That lists {counted(missing, 'thing')} still missing.\n"
    for pmid, studies in corpus.studies_by_pmid.items():
        needed = any(path == f"records/studies/{study.id}.yaml" for study in studies)
        if needed and not corpus.exists("reference", f"pmid-{pmid}"):
            yield f"{_how_to_know(pmid)}\n"
    yield "Once it is complete, change `status: draft` to `status: in_review`.\n"


def _cited(paper: "Reference") -> str:
    """Name a paper, so that whoever typed its PMID sees whether it is the one that was meant."""
    from curate.printable import printable  # noqa: PLC0415 - see above

    first = (
        paper.authors[0] + (" et al." if len(paper.authors) > 1 else "") if paper.authors else ""
    )
    where = " ".join(str(part) for part in (paper.journal, paper.year) if part)
    parts = [part.rstrip(".") for part in (first, paper.title, where) if part]
    return printable(f"{'. '.join(parts)}.")


def _is_asked(wish: _Wish, corpus: "Corpus") -> bool:
    """Tell whether something is missing, and somebody sits there who can be asked."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    if wish.kind == "reference":
        return wish.pmid is None and wish.id is None
    if wish.kind == "study" and wish.id is None:
        return _name_of(_paper(corpus, "study", wish.pmid), corpus) is None
    return wish.kind is None or wish.id is None


def _ask(wish: _Wish, corpus: "Corpus") -> _Wish:
    """Ask for what is missing; nothing is written before all is answered."""
    from curate.kinds import KINDS  # noqa: PLC0415 - see above

    kind = _known(wish.kind) if wish.kind else _prompt(f"Kind ({', '.join(KINDS)})", _known)
    pmid = wish.pmid
    if kind == "reference" and pmid is None and wish.id is None:
        pmid = _prompt("PMID of the paper", _number)
    if kind == "study" and pmid is None:
        pmid = _prompt("PMID of the paper (Enter where it has none)", _number_or_none, default="")
    paper = _paper(corpus, kind, pmid)
    if paper is not None:
        click.echo(f"That is: {_cited(paper)}")
    elif kind == "study" and pmid is not None:
        click.echo(_how_to_know(pmid))
    id_, title = wish.id, wish.title
    if kind != "reference" and id_ is None:
        id_ = _prompt(
            "Id, such as " + ("horisawa-2019" if kind == "study" else "ventro-oral-thalamotomy"),
            lambda said: _free_id(kind, said, corpus),
            default=_name_of(paper, corpus),
        )
    if title is None and paper is None:
        title = _prompt("Title (Enter to write it later)", str.strip, default="") or None
    return _Wish(kind, id_, title, pmid)


def _prompt(text: str, read: Callable[[str], Any], default: str | None = None) -> Any:
    """Ask until the answer can be read; say why one cannot."""

    def value(said: str) -> Any:
        from curate.refusal import Refusal  # noqa: PLC0415 - see above

        try:
            return read(said)
        except Refusal as refusal:
            raise click.UsageError(str(refusal)) from refusal

    return click.prompt(text, value_proc=value, default=default, show_default=bool(default))


def _number(said: str) -> int:
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    if not re.fullmatch(r"[1-9][0-9]{0,7}", said.strip(), re.ASCII):
        raise Refusal("A PMID is a number, such as 30587520.")
    return int(said)


def _number_or_none(said: str) -> int | None:
    return _number(said) if said.strip() else None


def _free_id(kind: str, said: str, corpus: "Corpus") -> str:
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    name = _id(kind, said.strip(), None, None)
    if corpus.exists(kind, name):
        raise Refusal(f"There is a {kind} `{name}` already.")
    return name
