"""Read what a value can only have been meant as: the same thing, not in its one spelling.

This is written into records without asking. So nothing is guessed here: what could be two things,
or would lose a word that somebody wrote, is left to the person.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from curate.document import number_text
from curate.explain.verdict import Refused
from curate.fault import Write
from curate.scalar import NUMBER


def sure(refused: Refused) -> Write | None:
    """Return what to write for a value of the wrong type or form, where there is no doubt."""
    for read in _READERS:
        for value in read(refused):
            if refused.fits(value):
                return Write(value)
    return None


def _number_as_text(refused: Refused) -> Iterator[str]:
    value = refused.value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield number_text(value)


def _pmid(refused: Refused) -> Iterator[int]:
    if _field(refused) in {"pmid", "pmids"} and (found := _match(_PMID, refused.value)):
        yield int(found["number"])


def _doi(refused: Refused) -> Iterator[str]:
    if _field(refused) == "doi" and (found := _match(_DOI, refused.value)):
        yield found["doi"]


def _percent(refused: Refused) -> Iterator[int | Decimal]:
    found = _match(_PERCENT, refused.value)
    if _field(refused) == "percent" and found and NUMBER.fullmatch(text := found["number"]):
        yield Decimal(text) if "." in text else int(text)


def _time(refused: Refused) -> Iterator[str]:
    # Only a field for a time refuses `12 months` and takes `12 mo`.
    if found := _match(_TIME, refused.value):
        yield f"{found['number']} {_UNITS[found['unit'].casefold()]}"


def _true_or_false(refused: Refused) -> Iterator[bool]:
    if isinstance(refused.value, str) and refused.value.casefold() in _BOOLEANS:
        yield _BOOLEANS[refused.value.casefold()]


def _field(refused: Refused) -> str:
    """Return the name of the field that the value stands in, alone or in a list."""
    return next((step for step in reversed(refused.where) if isinstance(step, str)), "")


def _match(pattern: re.Pattern[str], value: Any) -> re.Match[str] | None:
    return pattern.fullmatch(value) if isinstance(value, str) else None


_READERS: Final[tuple[Callable[[Refused], Iterator[Any]], ...]] = (
    _number_as_text,
    _pmid,
    _doi,
    _percent,
    _time,
    _true_or_false,
)
_PMID = re.compile(
    r"(?i)\s*(?:pmid\s*:?\s*"
    r"|(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/"
    r")?0*(?P<number>[1-9][0-9]{0,7})/?\s*",
    re.ASCII,
)
# An address may escape characters (%28) or go on (?, #): what the DOI is then takes a look.
_DOI = re.compile(
    r"(?i)\s*(?:doi:\s*|(?:https?://)?(?:www\.|dx\.)?doi\.org/)(?P<doi>10\.[^\s%?#]*[^\s%?#.,;])\s*"
)
_PERCENT = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)\s?%", re.ASCII)
# An m alone is a month to some and a minute to others.
_UNITS: Final = {
    name: unit
    for unit, names in {
        "min": "min mins minute minutes",
        "h": "h hr hrs hour hours",
        "d": "d day days",
        "wk": "wk wks week weeks",
        "mo": "mo mos month months",
        "a": "a y yr yrs year years",
    }.items()
    for name in names.split()
}
_TIME = re.compile(
    rf"(?i)\s*(?P<number>[0-9]+(?:\.[0-9]+)?)[\s-]*(?P<unit>{'|'.join(_UNITS)})\s*", re.ASCII
)
_BOOLEANS: Final = {"yes": True, "true": True, "no": False, "false": False}
