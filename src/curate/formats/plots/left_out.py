"""Name what no picture shows. A name stands for all that is below it."""

from collections.abc import Mapping
from typing import Final

_TABLES: Final = "A picture shows figures and whose they are; the tables and pages have the rest."
_SUBJECT: Final = "Only its id is in a picture, as the folder of what compares its studies."
_WHOLE: Final = "A paper is named by PMID, first author and year; the other formats have the rest."
_CHECKS: Final = "It serves the checks of the figures, and shows in none."

LEFT_OUT: Final[Mapping[str, str]] = {
    "procedure": _SUBJECT,
    "condition": _SUBJECT,
    **{
        f"reference.{field}": _WHOLE
        for field in (
            "id",
            "title",
            "status",
            "review",
            "replaced_by",
            "retired_because",
            "note",
            "waivers",
            "title_in_original",
            "doi",
            "pmcid",
            "journal",
            "published",
            "volume",
            "issue",
            "pages",
            "publication_types",
            "publication_status",
            "notices",
            "notice_of",
            "registrations",
            "revised",
            "origin",
            "retrieved",
            "digest",
        )
    },
    **{
        f"{kind}.{field}": _TABLES
        for kind in ("study", "measure")
        for field in ("review", "replaced_by", "retired_because", "note", "waivers")
    },
    **{
        f"study.{field}": _TABLES
        for field in (
            "title",
            "registrations",
            "read",
            "design",
            "features",
            "design_note",
            "population",
            "screened",
            "conduct",
            "follow_up.note",
            "groups.within",
            "groups.procedures",
            "groups.treatments",
            "groups.counted",
            "groups.enrolled",
            "groups.parts.enrolled",
            "groups.parts.conditions",
            "groups.parts_are",
            "groups.note",
            "outcomes.note",
            "adverse_events.note",
            "adverse_events_reported",
        )
    },
    **{f"study.{field}": _WHOLE for field in ("doi", "pmcid", "citation")},
    **{
        f"study.{field}": _CHECKS
        for field in ("outcomes.test", "outcomes.values", "outcomes.effect.test")
    },
    "study.adverse_events.test": _CHECKS,
    "study.conditions": "A study with no other of its condition is drawn alone.",
    "study.procedures": "A study with no other of its procedure is drawn alone.",
    "study.groups.role": "It decides which effects of several studies may share an axis.",
    "study.groups.parts.id": "A part is shown where a figure is of it.",
    "study.groups.parts.label": "A part is shown where a figure is of it.",
    "measure.id": "A measure is shown by its title.",
    "measure.status": _TABLES,
    "measure.unit": "An outcome's own unit goes before it.",
    **{
        f"measure.{field}": _TABLES
        for field in (
            "abbreviation",
            "synonyms",
            "description",
            "data",
            "step",
            "smallest_important_change",
            "categories",
            "codes",
        )
    },
}
