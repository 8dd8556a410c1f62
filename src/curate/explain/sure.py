"""Read what a value can only have been meant as: the same thing, not in its one spelling.

This is written into records without asking. So nothing is guessed here: what could be two things,
or would lose a word that somebody wrote, is left to the person.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from curate.document import number_text
from curate.explain.meant import compact_date, named_date
from curate.explain.verdict import Refused
from curate.fault import Listed, Write
from curate.scalar import NUMBER


def sure(refused: Refused) -> Write | Listed | None:
    """Return what to write for a value of the wrong type or form, where there is no doubt."""
    if refused.limit == "array":
        return _entry(refused)
    for read in _READERS:
        for value in read(refused):
            if refused.fits(value):
                return Write(value)
    return None


def time_unit(word: str) -> str | None:
    """Return the unit of time that a word names, in UCUM; an m alone names none."""
    return _UNITS.get(word.casefold())


def _entry(refused: Refused) -> Listed | None:
    """Return the list that a value alone is the only entry of."""
    value = refused.value
    if isinstance(value, dict | list) or (isinstance(value, str) and _SEVERAL.search(value)):
        return None
    entry = refused._replace(
        keyword="type", limit="", node=refused.resolve(refused.node.get("items", {}))
    )
    if entry.fits(value):
        return Listed((value,))
    found = sure(entry)
    return Listed((found.value,)) if isinstance(found, Write) else None


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
    if (found := _match(_TIME, refused.value)) and not _takes_any_text(refused):
        yield f"{found['number']} {_UNITS[found['unit'].casefold()]}"


def _date(refused: Refused) -> Iterator[str]:
    # The order of year, month and day is beyond doubt where the year leads or the month is named.
    if isinstance(refused.value, str | int) and not _takes_any_text(refused):
        text = str(refused.value)
        yield from compact_date(text)
        yield from named_date(text)


def _pmcid(refused: Refused) -> Iterator[str]:
    if _field(refused) == "pmcid" and (found := _match(_PMCID, refused.value)):
        yield f"PMC{found['number']}"


def _registration(refused: Refused) -> Iterator[str]:
    if _field(refused) == "registrations" and (found := _match(_REGISTRATION, refused.value)):
        yield f"{found['registry'].upper()}{found['number']}"


def _orcid(refused: Refused) -> Iterator[str]:
    if _field(refused) == "orcid" and (found := _match(_ORCID, refused.value)):
        digits = re.sub(r"[\s-]", "", found["digits"]).upper()
        yield "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _p_value(refused: Refused) -> Iterator[str | Decimal]:
    if _field(refused) != "p" or not (found := _match(_P_VALUE, refused.value)):
        return
    number = f"0.{found['decimals']}"
    sign = {"≤": "<=", "≥": ">=", "=": ""}.get(found["sign"] or "", found["sign"] or "")
    yield f"{sign}{number}" if sign else Decimal(number)


def _unit(refused: Refused) -> Iterator[str]:
    if _field(refused) == "unit" and isinstance(refused.value, str):
        yield from filter(None, [_SPACED_UNITS.get(refused.value.casefold().strip())])


def _true_or_false(refused: Refused) -> Iterator[bool]:
    if isinstance(refused.value, str) and refused.value.casefold() in _BOOLEANS:
        yield _BOOLEANS[refused.value.casefold()]


def _field(refused: Refused) -> str:
    """Return the name of the field that the value stands in, alone or in a list."""
    return next((step for step in reversed(refused.where) if isinstance(step, str)), "")


def _takes_any_text(refused: Refused) -> bool:
    """Tell whether the field is no field for a time or a date: there it stands for itself."""
    return refused.fits("any text")


def _match(pattern: re.Pattern[str], value: Any) -> re.Match[str] | None:
    return pattern.fullmatch(value) if isinstance(value, str) else None


_READERS: Final[tuple[Callable[[Refused], Iterator[Any]], ...]] = (
    _number_as_text,
    _pmid,
    _doi,
    _percent,
    _time,
    _date,
    _pmcid,
    _registration,
    _orcid,
    _p_value,
    _unit,
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
_PERCENT = re.compile(r"(?i)(?P<number>[0-9]+(?:\.[0-9]+)?)\s*(?:%|per ?cent)", re.ASCII)
_PMCID = re.compile(
    r"(?i)\s*(?:pmcid\s*:?\s*|(?:https?://)?(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles/"
    r"|pmc\.ncbi\.nlm\.nih\.gov/articles/))?pmc[\s:]*(?P<number>[1-9][0-9]*)/?\s*",
    re.ASCII,
)
_REGISTRATION = re.compile(
    r"(?i)\s*(?:(?:https?://)?(?:www\.)?(?:clinicaltrials\.gov/(?:ct2/show|study)/"
    r"|isrctn\.com/))?(?P<registry>nct|isrctn)[\s:-]*(?P<number>[0-9]{8})/?\s*",
    re.ASCII,
)
_ORCID = re.compile(
    r"(?i)\s*(?:orcid(?: id)?\s*:?\s*)?(?:(?:https?://)?(?:www\.)?orcid\.org/)?"
    r"(?P<digits>(?:[0-9]{4}[\s-]?){3}[0-9]{3}[0-9x])/?\s*",
    re.ASCII,
)
_P_VALUE = re.compile(
    r"(?i)\s*(?:p(?:[ -]?value)?)?\s*(?P<sign><=|>=|[<>=≤≥])?\s*0?\.(?P<decimals>[0-9]+)\s*",
    re.ASCII,
)
# What holds a space cannot be UCUM, so that no reading of it is lost.
_SPACED_UNITS: Final = {"mm hg": "mm[Hg]", "cm h2o": "cm[H2O]", "per cent": "%"}
_SEVERAL = re.compile(r"[,;\n]|\s(?:and|&)\s")
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
