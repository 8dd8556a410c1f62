"""Read titles and dates as PubMed prints them."""

import re
import unicodedata
from typing import Final
from xml.etree.ElementTree import Element

from curate.characters import FORBIDDEN

_MONTHS: Final = {
    name: f"{number:02}"
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_YEAR: Final = re.compile(r"(?<![0-9])(1[89]|2[01])[0-9]{2}(?![0-9])")


def one_line(text: str) -> str:
    """Return text on one line, in NFC, without characters that no record may hold."""
    return " ".join(FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text)).split())


def text_of(node: Element | None) -> str | None:
    """Return an element's text, that of its italics and subscripts included."""
    return None if node is None else one_line("".join(node.itertext())) or None


def text_at(node: Element | None, path: str) -> str | None:
    """Return the text of an element below another."""
    return None if node is None else text_of(node.find(path))


def title_of(node: Element | None) -> str | None:
    """Return an element's text as a title."""
    text = text_of(node)
    return None if text is None else bare_title(text)


def bare_title(text: str) -> str:
    """Return a title without the full stop that PubMed puts at its end, inside a bracket too."""
    inside = text.startswith("[") and text.endswith(("]", "]."))
    bare = text.removesuffix(".").removeprefix("[").removesuffix("]") if inside else text
    bare = bare if bare.endswith("..") else bare.removesuffix(".")
    return f"[{bare}]" if inside else bare


def year_and_date(node: Element | None) -> tuple[int | None, str | None]:
    """Return the year and, as far as it is known, the date of a PubDate."""
    year, month = text_at(node, "Year"), text_at(node, "Month")
    if year is None:
        found = _YEAR.search(text_at(node, "MedlineDate") or "")
        return (int(found[0]), found[0]) if found else (None, None)
    if not _YEAR.fullmatch(year):
        return None, None
    return int(year), "-".join([year, *month_and_day(month, text_at(node, "Day"))])


def month_and_day(month: str | None, day: str | None) -> list[str]:
    """Return as much of month and day as is known, in figures."""
    if month is None:
        return []
    figures = month.zfill(2) if month.isdecimal() else _MONTHS.get(month[:3].casefold(), "")
    if not re.fullmatch(r"0[1-9]|1[0-2]", figures):
        return []
    known_day = day is not None and re.fullmatch(r"0?[1-9]|[12][0-9]|3[01]", day)
    return [figures, day.zfill(2)] if day is not None and known_day else [figures]
