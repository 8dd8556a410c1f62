"""One thing that changed."""

from typing import NamedTuple

SECTIONS = {
    "numbers": "Results whose numbers changed",
    "results": "Results added, withdrawn or described otherwise",
    "claims": "Claims",
    "references": "References",
    "waivers": "Waivers",
    "records": "Records added, withdrawn or of another status",
    "other": "Other changes",
}
"""What changes are told under, in this order."""


class Field(NamedTuple):
    """One field of what changed; None is absent."""

    name: str
    before: str | None
    after: str | None


class Change(NamedTuple):
    """What happened to one thing: a result, a claim, a reference, a waiver or a record."""

    section: str
    verb: str
    """added, withdrawn or changed."""
    record: str
    part: str
    """The id of the part of the record, or nothing for the record itself."""
    title: str
    fields: tuple[Field, ...] = ()
    claims: tuple[str, ...] = ()
    """The claims that rest on it, as `kind/id#claim`."""

    @property
    def name(self) -> str:
        """What changed, as claims and exports cite it."""
        return f"{self.record}#{self.part}" if self.part else self.record
