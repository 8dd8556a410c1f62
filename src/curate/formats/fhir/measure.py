"""A measure as an EvidenceVariable: the instrument that outcomes are measured with."""

from collections.abc import Iterator
from functools import partial

from curate.document import number_text
from curate.formats.fhir.codes import term
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.ids import resource_id
from curate.formats.fhir.narrative import markdown
from curate.formats.fhir.note import note, record_notes
from curate.formats.fhir.resource import Head, Page, replaced_with, resource
from curate.kinds.measure import Measure

TYPE = "EvidenceVariable"
HANDLING = {
    "integer-score": "continuous",
    "score": "continuous",
    "continuous": "continuous",
    "categories": "ordinal",
}
"""How a measure's values are handled, by the kind of its data."""


def variables(exported: Exported) -> Iterator[Item]:
    """Yield the variable of each measure."""
    for entry, measure in exported.records(Measure):
        make = partial(_variable, exported, Origin(entry), measure)
        yield Item(TYPE, measure_id(measure.id), make)


def measure_id(id_: str) -> str:
    """Return the id of the variable of a measure."""
    return resource_id(f"measure-{id_}")


def _variable(exported: Exported, origin: Origin, measure: Measure) -> Resource:
    facts = list(_facts(measure))
    change = measure.smallest_important_change
    next_ = measure.replaced_by
    return resource(
        exported,
        Head(TYPE, measure_id(measure.id), origin),
        Page(
            measure.title,
            [("Description", measure.description), *facts],
        ),
        title=measure.title,
        shortTitle=measure.abbreviation,
        description=measure.description and markdown(measure.description),
        note=[*(note(f"{name}: {text}") for name, text in facts), *record_notes(origin)],
        relatedArtifact=[
            *exported.cite_all(change.pmids if change is not None else ()),
            replaced_with(exported, measure, TYPE, next_ and measure_id(next_)),
        ],
        characteristic=[{"definitionCodeableConcept": term(measure.title, measure.codes)}],
        handling=None if measure.data is None else HANDLING[measure.data],
        category=[{"name": name} for name in measure.categories],
    )


def _facts(measure: Measure) -> Iterator[tuple[str, str]]:
    """Yield what R5 has no element for: a scale's bounds, step, direction, unit and threshold."""
    if measure.synonyms:
        yield "Also called", "; ".join(measure.synonyms)
    if measure.data is not None:
        yield "A single value is", measure.data.replace("-", " ")
    numbers = {
        "Lowest possible value": measure.minimum,
        "Highest possible value": measure.maximum,
        "Step": measure.step,
    }
    for name, number in numbers.items():
        if number is not None:
            yield name, number_text(number)
    if measure.direction is not None:
        yield "Direction", measure.direction.replace("-", " ")
    if measure.unit is not None:
        yield "Unit (UCUM)", measure.unit
    change = measure.smallest_important_change
    if change is not None:
        said = f" ({change.note})" if change.note else ""
        yield "Smallest important change", f"{number_text(change.value)}{said}"
