"""`curate new`: start a record."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from curate.corpus import Corpus
    from curate.report import Report


@click.command("new", short_help="Start a record.")
@click.argument("kind")
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--title", help="The record's title.")
@click.option("--pmid", type=int, help="For a study or a reference: the paper's PubMed id.")
def command(kind: str, id_: str | None, title: str | None, pmid: int | None) -> int:
    """Write a draft of a record to fill in: a procedure, study, condition, measure or reference.

    ID is the record's name for good, and its file's: lower-case words joined by hyphens, such as
    `ventro-oral-thalamotomy` or, for a study, first author and year: `horisawa-2019`. That of a
    reference is made of its PMID and left out.

    Exit code: 0 written, 2 nothing was written.
    """
    # A call for help must not wait for what only the work needs.
    from curate import config  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.disk.write_file import create_file  # noqa: PLC0415
    from curate.kinds import KINDS  # noqa: PLC0415
    from curate.skeleton import skeleton  # noqa: PLC0415
    from curate.source import RECORDS  # noqa: PLC0415

    root = config.find_root(Path.cwd())
    _known(kind)
    given: dict[str, str | int] = {}
    if title is not None:
        given["title"] = " ".join(title.split())
    if kind == "reference":
        given["origin"] = "by-hand"
    number = _pmid(kind, id_, pmid)
    if number is not None:
        given["pmid"] = number
    name = _id(kind, id_, number)
    path = f"{RECORDS}/{KINDS[kind].folder}/{name}.yaml"
    text = skeleton(kind, name, given).encode()
    report, corpus = _checked(root, path, text)
    create_file(root / path, text)
    write(_next_step(path, report, corpus))
    return 0


def _known(kind: str) -> None:
    from curate.kinds import KINDS  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.suggest import did_you_mean  # noqa: PLC0415

    if kind not in KINDS:
        guess = did_you_mean(kind, KINDS) or f"There are {', '.join(KINDS)}."
        raise Refusal(f"There is no kind of record `{kind}`. {guess}")


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


def _id(kind: str, id_: str | None, pmid: int | None) -> str:
    """Return the record's id, or refuse what cannot be one."""
    from curate.published import schema  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415

    if kind != "reference" and id_ is None:
        raise Refusal(f"Give the {kind} an id: `curate new {kind} ID`.")
    name = id_ if kind != "reference" and id_ is not None else f"pmid-{pmid}"
    form = schema(kind)["properties"]["id"]
    if len(name) > form["maxLength"] or not re.fullmatch(form["pattern"].rstrip("$"), name):
        raise Refusal(f"{name!r} cannot be an id. {form['patternErrorMessage']}")
    return name


def _checked(root: Path, path: str, text: bytes) -> "tuple[Report, Corpus]":
    """Return what a check says of the new record among the others; refuse one with an error."""
    from curate import config, source  # noqa: PLC0415 - see above
    from curate.finding import Severity  # noqa: PLC0415
    from curate.pipeline import check, load  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415

    if (root / path).exists() or (root / path).is_symlink():
        raise Refusal(f"{path} exists already; nothing was written to it.")
    found = source.overlay(source.find(root), {path: text})
    corpus = load(found, config.load(root))
    _refuse_a_paper_twice(corpus, path)
    report = check(corpus).within([path])
    for finding in report.standing:
        if finding.severity is Severity.ERROR:
            raise Refusal(f"Nothing was written. {finding.message} {finding.help}".rstrip())
    return report, corpus


def _refuse_a_paper_twice(corpus: "Corpus", path: str) -> None:
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    for pmid, studies in corpus.studies_by_pmid.items():
        paths = [f"records/studies/{study.id}.yaml" for study in studies]
        if path in paths and len(paths) > 1:
            other = next(one for one in paths if one != path)
            raise Refusal(f"{other} is the record of PMID {pmid} already; nothing was written.")


def _next_step(path: str, report: "Report", corpus: "Corpus") -> list[str]:
    said = [f"created {path}, a draft: it is checked, and not exported\n"]
    said.append(f"Next: open it, fill in what it asks for, and run `curate validate {path}`.\n")
    missing = len(report.standing)
    if missing:
        said.append(
            f"That lists {missing} {'thing' if missing == 1 else 'things'} still missing.\n"
        )
    for pmid, studies in corpus.studies_by_pmid.items():
        needed = any(path == f"records/studies/{study.id}.yaml" for study in studies)
        if needed and not corpus.exists("reference", f"pmid-{pmid}"):
            said.append(f"Its paper needs a record too: `curate new reference --pmid {pmid}`.\n")
    said.append("Once it is complete, change `status: draft` to `status: in_review`.\n")
    return said
