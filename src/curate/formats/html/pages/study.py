"""The page of a study: who was treated, how long they were followed, and what came of it."""

from collections.abc import Iterator

from curate.formats.html.citation import (
    cited,
    doi,
    is_doubtful,
    pmcid,
    pubmed,
    registration,
)
from curate.formats.html.followed import follow_up_text
from curate.formats.html.linked_data import of_record
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.missing import Missing
from curate.formats.html.page import Page, facts, sections, standing, view_of
from curate.formats.html.parts import claims_list, codes, links, note
from curate.formats.html.pictures import drawings, pictured
from curate.formats.html.result_tables import ResultTables, group_label
from curate.formats.html.site import ResultOf, Site, View, address
from curate.formats.html.table import Cell, Column, Row, Table
from curate.formats.html.words import day, harms, headed, meanings, number, words
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.parts.citation import Citation
from curate.parts.group import Group, GroupPart, Treatment
from curate.plots import of_study, timeline

_GROUPS = (
    Column("Group", ("group", "label", "within", "note")),
    Column("Role", ("role",)),
    Column("Treatment", ("procedures", "treatments")),
    Column("Enrolled", ("enrolled", "counted", "derived"), "number"),
)


def study_page(site: Site, study: Study) -> Page:
    """Return the page of a study."""
    view = view_of(site, address(study))
    missing = Missing(view, study)
    made = tuple(_tables(view, study, missing))
    tables = {table.name: table.html(study.id) for table in made}
    missing.note_all(study)
    followed = pictured(view, [timeline(site.corpus, [study])])
    drawn = pictured(view, of_study(site.corpus, study))
    main = join(
        tag("h1", study.title),
        standing(view, study),
        _doubt(view, study),
        _paper(view, study),
        _facts(view, study),
        note(study),
        sections(
            tables.get("groups") or tag("p", "No group is recorded."),
            drawings(followed, study.id, harm=False),
            heading="Who was studied",
            id_="--groups",
        ),
        sections(
            tables.get("outcomes") or tag("p", "No outcome is recorded."),
            drawings(drawn, study.id, harm=False),
            heading="Outcomes",
            id_="--outcomes",
        ),
        sections(
            tag("p", harms(study.adverse_events_reported)),
            tables.get("adverse-events"),
            drawings(drawn, study.id, harm=True),
            heading="Adverse events",
            id_="--adverse-events",
        ),
        sections(
            missing.listed() or tag("p", "Nothing that is asked for is missing."),
            heading="What was not reported",
            id_="--not-reported",
        ),
        _claims(view, study),
    )
    files = (
        (*made, *(one.table for one in (*followed, *drawn))),
        tuple(one.picture for one in (*followed, *drawn)),
    )
    pmids = [] if study.pmid is None else [study.pmid]
    data = of_record(site, study, pmids)
    description = f"{headed(study.design)}. {len(study.outcomes)} outcomes, each with its source."
    return Page(address(study), study.title, description, main, data, study, *files)


def _tables(view: View, study: Study, missing: Missing) -> Iterator[Table]:
    make = ResultTables(view, missing)
    if study.groups:
        rows = [row for group in study.groups for row in _group_rows(view, study, group)]
        yield Table("groups", "Groups, and the parts that they are made of", _GROUPS, rows)
    outcomes = [
        ResultOf(study, ("outcomes", index), one) for index, one in enumerate(study.outcomes)
    ]
    if outcomes:
        yield make.outcomes(outcomes)
    events = [
        ResultOf(study, ("adverse_events", index), one)
        for index, one in enumerate(study.adverse_events)
    ]
    if events:
        yield make.own_events(events)


def _doubt(view: View, study: Study) -> Html | None:
    reference = view.site.references.get(study.pmid) if study.pmid is not None else None
    if reference is None or not is_doubtful(reference):
        return None
    text = "The paper of this study was retracted, or its journal has doubts about it: see "
    return tag("p", text, view.link(reference, "the reference"), ".", class_="doubt", role="note")


def _paper(view: View, study: Study) -> Html:
    if study.pmid is None:
        return tag("p", "No PubMed id is recorded for the paper.", class_="paper")
    return tag("p", cited(view, study.pmid), class_="paper")


def _facts(view: View, study: Study) -> Html | None:
    conduct = study.conduct
    begun = conduct.start and day(conduct.start) if conduct is not None else None
    ended = conduct.end and day(conduct.end) if conduct is not None else None
    followed = study.follow_up
    studies = join(*(view.named(Study, id_) for id_ in study.overlaps), by="; ")
    return facts(
        (
            "Design",
            tag("span", headed(study.design), title=meanings("study", "design")[study.design]),
        ),
        ("Features", ", ".join(map(words, study.features))),
        (
            "On the design",
            tag("span", study.design_note, class_="prose") if study.design_note else None,
        ),
        ("Conditions", links(view, Condition, study.conditions)),
        ("Procedures", links(view, Procedure, study.procedures)),
        ("People", tag("span", study.population, class_="prose") if study.population else None),
        ("Screened", None if study.screened is None else number(study.screened)),
        ("Carried out from", begun),
        ("Carried out to", ended),
        ("Follow-up", followed and join(follow_up_text(followed))),
        (
            "On the follow-up",
            followed and followed.note and tag("span", followed.note, class_="prose"),
        ),
        ("Read for this page", study.read and meanings("study", "read")[study.read]),
        ("Paper as printed", study.citation and _citation(study.citation)),
        ("Identifiers", _identifiers(study)),
        ("Registered as", join(*map(registration, study.registrations), by=", ")),
        ("Reports some of the same people as", studies),
    )


def _citation(citation: Citation) -> str:
    year = None if citation.year is None else number(citation.year)
    parts = (citation.first_author, citation.title, citation.journal, year)
    return "; ".join(part for part in parts if part)


def _identifiers(study: Study) -> Html:
    known: list[Inside] = []
    if study.pmid is not None:
        known.append(pubmed(study.pmid, f"PubMed {study.pmid}"))
    if study.doi is not None:
        known.append(doi(study.doi))
    if study.pmcid is not None:
        known.append(pmcid(study.pmcid))
    return join(*known, by=" · ")


def _group_rows(view: View, study: Study, group: Group) -> Iterator[Row]:
    where = ("groups", study.groups.index(group))
    within = group.within and group_label(study, group.within)
    named = join(
        tag("span", group.label, class_="title"),
        within and tag("span", f"of: {within}", class_="sub"),
        group.parts_are
        and tag("span", meanings("study", "parts_are", "Group")[group.parts_are], class_="sub"),
        group.note and tag("span", group.note, class_="sub prose"),
    )
    role = tag("span", words(group.role), title=_role(group.role)) if group.role else "–"
    treated = join(
        *(view.named(Procedure, id_) for id_ in group.procedures),
        *map(_treatment, group.treatments),
        by="; ",
    )
    treatments = "; ".join(one.name for one in group.treatments) or None
    cells = (
        Cell(named, (group.id, group.label, group.within, group.note)),
        Cell(role, (group.role,)),
        Cell(treated or "–", (" ".join(group.procedures) or None, treatments)),
        _enrolled(group),
    )
    yield Row(cells, f"--group-{group.id}", view.site.origin(study, where))
    for index, part in enumerate(group.parts):
        inside = (*where, "parts", index)
        shown = _part_cells(view, group, part)
        yield Row(shown, f"--group-{part.id}", view.site.origin(study, inside))


def _treatment(treatment: Treatment) -> Html:
    terms = codes(treatment.codes)
    return join(treatment.name, terms and join(" (", terms, ")"))


def _enrolled(group: Group) -> Cell:
    counted = group.counted and tag("span", words(group.counted), class_="sub")
    derived = group.derived and tag("span", "worked out by the editors", class_="sub")
    known = "not reported" if group.enrolled is None else number(group.enrolled)
    values = (group.enrolled, group.counted, " ".join(group.derived) or None)
    return Cell(join(known, counted, derived or None), values, group.enrolled)


def _part_cells(view: View, group: Group, part: GroupPart) -> tuple[Cell, ...]:
    label = part.label or words(part.id)
    conditions = links(view, Condition, part.conditions)
    shown = join(
        tag("span", label, class_="title part"),
        tag("span", f"part of: {group.label}", class_="sub"),
        conditions and tag("span", conditions, class_="sub"),
    )
    known = "not reported" if part.enrolled is None else number(part.enrolled)
    return (
        Cell(shown, (part.id, label, group.id, None)),
        Cell("part", (None,)),
        Cell("–", (None, None)),
        Cell(known, (part.enrolled, group.counted, None), part.enrolled),
    )


def _claims(view: View, study: Study) -> Html:
    names = [f"{study.id}#{one.id}" for one in (*study.outcomes, *study.adverse_events)]
    claims = [one for name in names for one in view.site.claims_on.get(name, ())]
    shown = claims_list(view, claims) or tag("p", "No statement leans on its figures.")
    return sections(shown, heading="Statements that lean on this study", id_="--claims")


def _role(role: str) -> str:
    return meanings("study", "role", "Group")[role]
