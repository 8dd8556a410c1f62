"""Where things stand in an index: the numbers of its pages."""

from typing import Any, TypeAlias
from zlib import crc32

LISTING = 1
"""Path → the id written inside, where it is another than the file's name, and the file's stamp."""
REPORTED = 2
"""Path → whether it is a draft, and its findings: of every file that has any or is one."""
PARENTS = 3
"""Kind → id → parent."""
FIRST = 4
"""The first of the pages that files, terms and questions are spread over."""

FILES, TERMS, ASKERS = "files", "terms", "askers"
Spread: TypeAlias = dict[str, dict[str, Any]]

A_PAGE = 6
"""About how many files share a page."""


def pages_for(files: int) -> int:
    """Return over how many pages to spread so many files."""
    return max(16, files // A_PAGE)


def page_of(key: str, pages: int) -> int:
    """Return the page that something is on."""
    return FIRST + crc32(key.encode("utf-8", "surrogatepass")) % pages


def empty() -> Spread:
    """Return a page with nothing on it yet."""
    return {FILES: {}, TERMS: {}, ASKERS: {}}
