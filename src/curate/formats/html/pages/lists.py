"""The page that lists the records of one kind, and the table that says the same."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from curate.formats.html.citation import is_doubtful, pubmed, standing
from curate.formats.html.claims import GROUPS
from curate.formats.html.linked_data import of_site
from curate.formats.html.markup import Inside, join, tag
from curate.formats.html.page import FOLDERS, Page, view_of
from curate.formats.html.result_tables import study_name
from curate.formats.html.site import Claiming, Site, View
from curate.formats.html.table import Cell, Column, Row, Table
from curate.formats.html.words import headed, number, words
from curate.kinds import KINDS
from curate.kinds.condition import Condition
from curate.kinds.measure import Measure
from curate.kinds.procedure import Procedure
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.record import Record

_INTRO = {
    "procedure": "What is done, for what, and what is claimed of it.",
    "condition": "What is treated, and what is claimed to help.",
    "study": "Who was treated, how long they were followed, and what came of it.",
    "measure": "The scales and instruments that outcomes are measured with.",
    "reference": "The papers that everything here rests on.",
}
_STATUS = Column("Status", ("status",))


class _List(NamedTuple):
    """How the records of a kind are listed."""

    columns: tuple[Column, ...]
    cells: Callable[[View, Record], tuple[Cell, ...]]


def list_page(site: Site, kind: str) -> Page:
    """Return the page that lists a kind's records."""
    table = _table(site, kind)
    total = 0 if table is None else len(table.rows)
    main = join(
        tag("h1", FOLDERS[kind]),
        tag("p", f"{_INTRO[kind]} {total} recorded here.", class_="lead"),
        tag("p", "None.") if table is None else table.html("index"),
    )
    tables = () if table is None else (table,)
    return Page(_path(kind), FOLDERS[kind], _INTRO[kind], main, of_site(site), tables=tables)


def _table(site: Site, kind: str) -> Table | None:
    """Return the table of a kind's records, or None where there are none."""
    view = view_of(site, _path(kind))
    columns, cells = _LISTS[kind]
    rows = [
        Row(
            (_named(view, record), *cells(view, record), _status(record)),
            record.id,
            view.site.origin(record),
        )
        for record in site.all(KINDS[kind])
    ]
    head = Column(headed(kind), ("id", "title"))
    caption = f"{FOLDERS[kind]} in this corpus"
    return Table("list", caption, (head, *columns, _STATUS), rows) if rows else None


def _path(kind: str) -> str:
    return f"{KINDS[kind].folder}/index.html"


def _named(view: View, record: Record) -> Cell:
    also = ", ".join(getattr(record, "synonyms", ()))
    shown = join(
        tag("span", view.link(record), class_="title"), also and tag("span", also, class_="sub")
    )
    return Cell(shown, (record.id, record.title))


def _status(record: Record) -> Cell:
    return Cell(
        tag("span", words(record.status), class_=f"status {record.status}"), (record.status,)
    )


def _of_claiming(view: View, record: Record) -> tuple[Cell, ...]:
    assert isinstance(record, Procedure | Condition)  # noqa: S101 - as `_LISTS` says
    claims = Counter(claim.about for claim in record.claims)
    said = ", ".join(
        f"{words(about)} {claims[about]}" for about in GROUPS if claims[about]
    )  # in the order of the page
    studies = view.site.studies_of.get((record.kind, record.id), ())
    return (
        Cell(said or "–", (said or None,), len(record.claims)),
        _number(len(studies)),
        _others(view, record),
    )


def _others(view: View, record: Claiming) -> Cell:
    """Return what a procedure is used for, or what is used for a condition."""
    if isinstance(record, Procedure):
        found: list[Inside] = [view.named(Condition, id_) for id_ in record.conditions]
        ids = record.conditions
    else:
        procedures = view.site.treated_with.get(record.id, ())
        found = [view.link(one) for one in procedures]
        ids = tuple(one.id for one in procedures)
    return Cell(join(*found, by=", ") if found else "–", (" ".join(ids) or None,))


def _of_study(view: View, record: Record) -> tuple[Cell, ...]:
    assert isinstance(record, Study)  # noqa: S101 - as `_LISTS` says
    pmid = None if record.pmid is None else str(record.pmid)
    reference = view.site.references.get(record.pmid) if record.pmid is not None else None
    enrolled = max((group.enrolled or 0 for group in record.groups), default=0) or None
    return (
        Cell(study_name(view, record) if reference else "–", (study_name(view, record),)),
        Cell(words(record.design), (record.design,)),
        Cell("–" if enrolled is None else number(enrolled), (enrolled,), enrolled),
        _number(len(record.outcomes)),
        _number(len(record.adverse_events)),
        Cell(
            join(
                "–" if record.pmid is None else pubmed(record.pmid),
                reference and standing(reference),
                by=" ",
            ),
            (pmid,),
        ),
    )


def _of_measure(view: View, record: Record) -> tuple[Cell, ...]:
    assert isinstance(record, Measure)  # noqa: S101 - as `_LISTS` says
    ends = (record.minimum, record.maximum)
    shown = " to ".join("?" if end is None else number(end) for end in ends)
    known = any(end is not None for end in ends)
    used = view.site.measured_with.get(record.id, ())
    return (
        Cell(record.abbreviation or "–", (record.abbreviation,)),
        Cell(shown if known else "–", ends),
        Cell(words(record.direction) if record.direction else "–", (record.direction,)),
        _number(len(used)),
    )


def _of_reference(view: View, record: Record) -> tuple[Cell, ...]:
    assert isinstance(record, Reference)  # noqa: S101 - as `_LISTS` says
    first = record.authors[0] if record.authors else None
    citing = view.site.citing.get(record.pmid, ())
    became = record.publication_status
    doubt = "yes" if is_doubtful(record) else None
    return (
        Cell(first or "–", (first,)),
        Cell(record.journal or "–", (record.journal,)),
        Cell("–" if record.year is None else number(record.year), (record.year,), record.year),
        Cell(pubmed(record.pmid), (str(record.pmid),), record.pmid),
        _number(len(citing)),
        Cell(standing(record) or (words(became) if became else "not known"), (became, doubt)),
    )


def _number(value: int) -> Cell:
    return Cell(str(value), (value,), value)


_CLAIMED = (Column("Statements", ("claims",)), Column("Studies", ("studies",), "number"))
_LISTS: Mapping[str, _List] = {
    "procedure": _List((*_CLAIMED, Column("Used for", ("conditions",))), _of_claiming),
    "condition": _List((*_CLAIMED, Column("Treated with", ("procedures",))), _of_claiming),
    "study": _List(
        (
            Column("Paper", ("cited_as",)),
            Column("Design", ("design",)),
            Column("Largest group", ("largest_group",), "number"),
            Column("Outcomes", ("outcomes",), "number"),
            Column("Adverse events", ("adverse_events",), "number"),
            Column("PMID", ("pmid",), "number"),
        ),
        _of_study,
    ),
    "measure": _List(
        (
            Column("Short name", ("abbreviation",)),
            Column("Range", ("minimum", "maximum"), "number"),
            Column("Direction", ("direction",)),
            Column("Outcomes", ("outcomes",), "number"),
        ),
        _of_measure,
    ),
    "reference": _List(
        (
            Column("First author", ("first_author",)),
            Column("Journal", ("journal",)),
            Column("Year", ("year",), "number"),
            Column("PMID", ("pmid",), "number"),
            Column("Cited by", ("cited_by",), "number"),
            Column("Standing", ("publication_status", "doubtful")),
        ),
        _of_reference,
    ),
}
