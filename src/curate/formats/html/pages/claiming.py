"""The page of a procedure or a condition: what it is, how well it does, what harm, how sure."""

from collections.abc import Iterator

from curate.counted import counted
from curate.formats.html.citation import cited
from curate.formats.html.claims import GROUPS, Papers, claims_section
from curate.formats.html.linked_data import of_record
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.missing import Missing
from curate.formats.html.page import Page, facts, sections, standing, view_of
from curate.formats.html.parts import codes, links, note
from curate.formats.html.pictures import drawings, pictured
from curate.formats.html.result_tables import ResultTables, study_name
from curate.formats.html.site import Claiming, ResultOf, Site, View, address
from curate.formats.html.table import Table
from curate.formats.html.words import harms, meanings, words
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.parts.claim import Claim
from curate.parts.group import Group
from curate.parts.result import AdverseEvent
from curate.plots import across, timeline
from curate.results import results

_COMPARATORS = {"active-comparator", "sham-comparator", "placebo-comparator", "no-intervention"}


def claiming_page(site: Site, record: Claiming) -> Page:
    """Return the page of a procedure or a condition."""
    view, papers = view_of(site, address(record)), Papers(view_of(site, address(record)))
    missing = Missing(view, record)
    claims = claims_section(view, record, papers)
    made = tuple(_tables(view, record, missing))
    tables = {table.name: table.html(record.id) for table in made}
    missing.note_all(record)
    studies = _studies(site, record)
    for study in studies:
        if study.pmid is not None:
            papers.number(study.pmid)
    drawn = pictured(view, across(site.corpus, studies))
    followed = pictured(view, [timeline(site.corpus, studies)] if len(studies) > 1 else [])
    main = join(
        tag("h1", record.title),
        _also(record),
        standing(view, record),
        record.description and tag("p", record.description, class_="lead prose"),
        _facts(view, record),
        note(record),
        _contents(record, tables),
        claims or tag("p", "Nothing is claimed of it yet."),
        _findings(tables.get("findings")),
        _between(drawings(drawn, record.id, harm=False)),
        _events(view, studies, tables.get("adverse-events"), drawings(drawn, record.id, harm=True)),
        _not_reported(view, studies, missing),
        _study_list(view, studies, drawings(followed, record.id, harm=False)),
        _papers(view, papers),
    )
    data = of_record(site, record, papers.pmids)
    made = (*made, *(one.table for one in (*drawn, *followed)))
    pictures = tuple(one.picture for one in (*drawn, *followed))
    return Page(
        address(record), record.title, _description(record), main, data, record, made, pictures
    )


def _tables(view: View, record: Claiming, missing: Missing) -> Iterator[Table]:
    make = ResultTables(view, missing)
    if found := list(_carrying(view.site, record)):
        yield make.findings(found)
    if events := list(_adverse(view.site, record)):
        yield make.events(events)


def _carrying(site: Site, record: Claiming) -> Iterator[tuple[ResultOf, tuple[Claim, ...]]]:
    """Yield the results that carry the record's claims, in the order of these, each once."""
    names = dict.fromkeys(link for claim in record.claims for link in claim.evidence)
    for name in names:
        if (found := site.results.get(name)) is not None:
            claims = tuple(claim for claim in record.claims if name in claim.evidence)
            yield found, claims


def _adverse(site: Site, record: Claiming) -> Iterator[ResultOf]:
    """Yield all adverse events of the record's studies, not only those that a claim names."""
    for study in _studies(site, record):
        groups = {group.id: group for group in study.groups}
        for where, result in results(study):
            if isinstance(result, AdverseEvent) and _concerns(record, groups.get(result.group)):
                yield ResultOf(study, where, result)


def _concerns(record: Claiming, group: Group | None) -> bool:
    """Tell whether the people of a group had a procedure, or were compared with those who had."""
    if isinstance(record, Condition) or group is None or not group.procedures:
        return True
    return record.id in group.procedures or group.role in _COMPARATORS


def _studies(site: Site, record: Claiming) -> list[Study]:
    """Return the studies of it: those that name it."""
    return list(site.studies_of.get((record.kind, record.id), ()))


def _also(record: Claiming) -> Html | None:
    if not record.synonyms:
        return None
    return tag("p", "Also called: ", ", ".join(record.synonyms), class_="also")


def _facts(view: View, record: Claiming) -> Html | None:
    rows: list[tuple[str, Inside]] = []
    if isinstance(record, Procedure):
        rows += [
            ("Target", record.target),
            ("Technique", record.technique),
            ("Used for", links(view, Condition, record.conditions)),
        ]
        rows.append(("A form of", record.parent and view.named(Procedure, record.parent)))
    else:
        procedures = view.site.treated_with.get(record.id, ())
        rows.append(("A form of", record.parent and view.named(Condition, record.parent)))
        rows.append(("Procedures used for it", join(*map(view.link, procedures), by=", ")))
    forms = view.site.forms_of.get((record.kind, record.id), ())
    rows.append(("Forms of it", join(*map(view.link, forms), by=", ")))
    rows.append(("Codes", codes(record.codes)))
    return facts(*rows)


def _contents(record: Claiming, tables: dict[str, Html]) -> Html:
    """Return links to the parts of the page."""
    present = {claim.about for claim in record.claims}
    targets = [(f"--{about}", name) for about, name in GROUPS.items() if about in present]
    if "findings" in tables:
        targets.append(("--findings", "Summary of findings"))
    targets += [
        ("--adverse-events", "Adverse events"),
        ("--not-reported", "Not reported"),
        ("--studies", "Studies"),
        ("--papers", "References"),
    ]
    items = [tag("li", tag("a", name, href=f"#{id_}")) for id_, name in targets]
    return tag("nav", tag("ul", items), class_="contents", aria_label="On this page")


def _findings(table: Html | None) -> Html | None:
    if table is None:
        return None
    intro = tag(
        "p",
        "The outcomes that carry the statements above, as their sources print them. What is in ",
        tag("span", "italics with a dagger", class_="computed"),
        " was computed here from count and denominator; no source prints it.",
        class_="fine",
    )
    return sections(intro, table, heading="Summary of findings", id_="--findings")


def _between(pictures: Html) -> Html | None:
    """Return the pictures of outcomes that several studies report alike."""
    if not pictures:
        return None
    return sections(pictures, heading="The same outcome in several studies", id_="--between")


def _events(view: View, studies: list[Study], table: Html | None, pictures: Html) -> Html:
    intro: Inside = (
        "All adverse events that the studies named below report, in whichever group. None of so "
        "many people does not mean never: the limit beside it is how frequent the event can be "
        "all the same."
    )
    if table is None:
        intro = (
            "No study that was read counts adverse events. That does not mean that there are none."
        )
    silent = [study for study in studies if study.adverse_events_reported != "with-counts"]
    said = [
        tag(
            "li",
            view.link(study, study_name(view, study)),
            ": ",
            harms(study.adverse_events_reported),
        )
        for study in silent
    ]
    others = tag("ul", said, class_="silent") if said else None
    return sections(
        tag("p", intro, class_="fine"),
        table,
        pictures,
        others and join(tag("h3", "Studies without counted harms"), others),
        heading="Adverse events",
        id_="--adverse-events",
    )


def _not_reported(view: View, studies: list[Study], missing: Missing) -> Html:
    partly = [
        tag("li", meaning, " ", join(*_read(view, studies, read), by=", "))
        for read, meaning in meanings("study", "read").items()
        if read != "full-text" and _read(view, studies, read)
    ]
    reasons = missing.listed()
    return sections(
        tag(
            "p",
            "What the sources do not print, and why it is missing here. Nothing was filled in.",
            class_="fine",
        ),
        reasons or tag("p", "Nothing that the tables above ask for is missing."),
        partly and join(tag("h3", "How much was read"), tag("ul", partly)),
        heading="What was not reported",
        id_="--not-reported",
    )


def _read(view: View, studies: list[Study], read: str) -> list[Html]:
    """Return links to the studies of which so much was read."""
    return [view.link(one, study_name(view, one)) for one in studies if one.read == read]


def _study_list(view: View, studies: list[Study], pictures: Html) -> Html:
    items = [
        tag(
            "li",
            view.link(study),
            tag("span", f" {study_name(view, study)}, {words(study.design)}", class_="fine"),
        )
        for study in studies
    ]
    listed = tag("ul", items) if items else tag("p", "No study of it is recorded.")
    return sections(listed, pictures, heading="Studies", id_="--studies")


def _papers(view: View, papers: Papers) -> Html:
    items = [tag("li", cited(view, pmid), id=f"--paper-{pmid}") for pmid in papers.pmids]
    listed = tag("ol", items, class_="papers") if items else tag("p", "None.")
    return sections(listed, heading="References", id_="--papers")


def _description(record: Claiming) -> str:
    number = len(record.claims)
    said = record.description or f"What is known of {record.title}."
    return f"{said} {counted(number, 'statement')} with sources."
