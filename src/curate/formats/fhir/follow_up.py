"""How long a study's people were followed: a variable and an Evidence of its own."""

from collections.abc import Iterator
from functools import partial

from curate.formats.fhir.codes import ROLE, concept, term
from curate.formats.fhir.design import design_note, study_design
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.figures import follow_up_text
from curate.formats.fhir.group import group_id
from curate.formats.fhir.ids import resource_id
from curate.formats.fhir.narrative import markdown
from curate.formats.fhir.note import note
from curate.formats.fhir.paper import derived_from
from curate.formats.fhir.quantity import time_text
from curate.formats.fhir.resource import Head, Page, resource
from curate.formats.fhir.statistic import of_follow_up
from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp
from curate.parts.group import Group

_DURATION = "Duration of clinical follow-up"


def variables(exported: Exported) -> Iterator[Item]:
    """Yield the variable that each study's follow-up is measured in."""
    for origin, study, _ in _followed(exported):
        make = partial(_variable, exported, origin, study)
        yield Item("EvidenceVariable", follow_up_id(study), make)


def evidence(exported: Exported) -> Iterator[Item]:
    """Yield the Evidence of each study's follow-up."""
    for origin, study, follow_up in _followed(exported):
        make = partial(_evidence, exported, origin, study, follow_up)
        yield Item("Evidence", follow_up_id(study), make)


def follow_up_id(study: Study) -> str:
    """Return the id of both resources of a study's follow-up."""
    return resource_id(f"follow-up-{study.id}")


def everybody(study: Study) -> tuple[int, Group] | None:
    """Return the one group that all people of the study are in, if there is only one."""
    whole = [(index, group) for index, group in enumerate(study.groups) if group.within is None]
    return whole[0] if len(whole) == 1 else None


def _followed(exported: Exported) -> Iterator[tuple[Origin, Study, FollowUp]]:
    for entry, study in exported.records(Study):
        if study.follow_up is not None:
            yield Origin(entry, ("follow_up",)), study, study.follow_up


def _variable(exported: Exported, origin: Origin, study: Study) -> Resource:
    return resource(
        exported,
        Head("EvidenceVariable", follow_up_id(study), origin),
        Page(
            _DURATION,
            [("Study", study.title)],
        ),
        title=_DURATION,
        relatedArtifact=derived_from(exported, study),
        characteristic=[{"definitionCodeableConcept": term(_DURATION)}],
        handling="continuous",
    )


def _evidence(exported: Exported, origin: Origin, study: Study, follow_up: FollowUp) -> Resource:
    text = follow_up_text(follow_up)
    planned = f"Planned: {time_text(follow_up.planned)}." if follow_up.planned else None
    whole = everybody(study)
    population = (
        {"description": markdown(study.population or study.title)}
        if whole is None
        else {"observed": exported.refer("Group", group_id(study, whole[1].id), whole[1].label)}
    )
    variable = exported.refer("EvidenceVariable", follow_up_id(study), _DURATION)
    return resource(
        exported,
        Head("Evidence", follow_up_id(study), origin),
        Page(
            _DURATION,
            [
                ("Study", study.title),
                ("Figures", text),
                ("Planned", planned),
                ("Note", follow_up.note),
            ],
        ),
        title=_DURATION,
        relatedArtifact=derived_from(exported, study),
        description=markdown(text),
        note=[note(planned), note(follow_up.note), design_note(study)],
        variableDefinition=[
            {"variableRole": concept(ROLE["population"]), **population},
            {"variableRole": concept(ROLE["measured-variable"]), "observed": variable},
        ],
        studyDesign=study_design(study),
        statistic=of_follow_up(follow_up),
    )
