"""The page of a measure: its scale, which way is better, and what was measured with it."""

from collections.abc import Iterator

from curate.formats.html.citation import cited
from curate.formats.html.linked_data import of_record
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.missing import Missing
from curate.formats.html.page import Page, facts, sections, standing, view_of
from curate.formats.html.parts import codes, note
from curate.formats.html.result_tables import ResultTables
from curate.formats.html.site import Site, View, address
from curate.formats.html.table import Table
from curate.formats.html.words import meanings, number, unit, words
from curate.kinds.measure import Measure, SmallestImportantChange


def measure_page(site: Site, measure: Measure) -> Page:
    """Return the page of a measure."""
    view = view_of(site, address(measure))
    missing = Missing(view, measure)
    made = tuple(_tables(view, measure, missing))
    tables = [table.html(measure.id) for table in made]
    missing.note_all(measure)
    reasons = missing.listed()
    important = measure.smallest_important_change
    pmids = () if important is None else important.pmids
    main = join(
        tag("h1", measure.title),
        _also(measure),
        standing(view, measure),
        measure.description and tag("p", measure.description, class_="lead prose"),
        _facts(measure),
        note(measure),
        important and _important(view, measure, important),
        sections(
            tables or tag("p", "No outcome that is recorded was measured with it."),
            heading="Outcomes measured with it",
            id_="--outcomes",
        ),
        reasons and sections(reasons, heading="What was not reported", id_="--not-reported"),
    )
    description = measure.description or f"What was measured with {measure.title}."
    data = of_record(site, measure, pmids)
    return Page(address(measure), measure.title, description, main, data, measure, made)


def _tables(view: View, measure: Measure, missing: Missing) -> Iterator[Table]:
    if found := view.site.measured_with.get(measure.id):
        yield ResultTables(view, missing).measured(found)


def _also(measure: Measure) -> Html | None:
    names = [name for name in (measure.abbreviation, *measure.synonyms) if name]
    return tag("p", "Also called: ", ", ".join(names), class_="also") if names else None


def _facts(measure: Measure) -> Html | None:
    in_unit = unit(measure.unit)
    bounds: list[tuple[str, Inside]] = [
        (name, None if value is None else f"{number(value)}{in_unit}")
        for name, value in (
            ("Lowest value", measure.minimum),
            ("Highest value", measure.maximum),
            ("Step", measure.step),
        )
    ]
    return facts(
        ("Direction", measure.direction and words(measure.direction)),
        ("A value is", measure.data and meanings("measure", "data")[measure.data]),
        *bounds,
        ("Unit", in_unit.strip()),
        ("Categories, best first", ", ".join(measure.categories)),
        ("Codes", codes(measure.codes)),
    )


def _important(view: View, measure: Measure, important: SmallestImportantChange) -> Html:
    papers = [tag("li", cited(view, pmid)) for pmid in important.pmids]
    return sections(
        tag("p", tag("strong", f"{number(important.value)}{unit(measure.unit)}")),
        important.note and tag("p", important.note, class_="prose"),
        tag("ul", papers, class_="papers") if papers else None,
        heading="Smallest change that matters to a patient",
        id_="--important",
    )
