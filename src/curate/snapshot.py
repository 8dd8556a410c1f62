"""A snapshot: what a source said of a paper, as fields of a reference, and its digest."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from curate.kinds.reference import Reference
from curate.part import plain

Snapshot: TypeAlias = dict[str, Any]
"""Fields of a reference by name, in the order of `FIELDS`; what is not known is not there."""

FIELDS: Final = (
    "title",
    "title_in_original",
    "pmid",
    "doi",
    "pmcid",
    "authors",
    "authors_complete",
    "journal",
    "year",
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
)
"""What a machine writes of a reference; all else in it is its editors'."""

ABOUT_THE_ANSWER: Final = frozenset({"revised", "origin", "retrieved"})
"""Fields that say nothing of the paper itself."""

STATUS_BY_NOTICE: Final = {
    "retraction": "retracted",
    "retracted-and-republished": "retracted",
    "expression-of-concern": "concern",
    "erratum": "corrected",
    "corrected-and-republished": "corrected",
}
"""What a notice makes of the paper; an update leaves it as published."""
_GRAVEST_FIRST: Final = ("retracted", "concern", "corrected")


def snapshot(fields: Mapping[str, Any]) -> Snapshot:
    """Return the fields of a snapshot in their order, without those that are empty."""
    return {name: fields[name] for name in FIELDS if fields.get(name) not in (None, "", [], (), {})}


def publication_status(notices: list[dict[str, Any]], types: list[str]) -> str:
    """Say what became of a paper, from its notices and PubMed's words for what it is."""
    found = {STATUS_BY_NOTICE.get(notice["type"], "") for notice in notices}
    if "Retracted Publication" in types:
        found.add("retracted")
    return next((status for status in _GRAVEST_FIRST if status in found), "published")


def digest(fields: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a machine wrote; an editor's note on a notice is no part."""
    facts = snapshot(fields)
    if "notices" in facts:
        facts["notices"] = [_without_note(notice) for notice in facts["notices"]]
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(reference: Reference) -> str:
    """Return the digest of a reference as it stands in its record."""
    return digest(plain(reference))


def _without_note(notice: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in notice.items() if name != "note"}
