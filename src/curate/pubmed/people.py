"""Take authors out of PubMed's XML."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from curate.medline.words import text_at


def authors(lists: Iterable[Element]) -> tuple[list[str], bool | None]:
    """Return the names as PubMed prints them, and whether the list is whole.

    Where a list of authors and one of editors are given, as for a chapter, the authors are meant.
    """
    all_lists = sorted(lists, key=lambda node: node.get("Type") == "editors")
    if not all_lists:
        return [], None
    first = all_lists[0]
    names = [_name(node) for node in first if node.get("ValidYN") != "N"]
    complete = {"Y": True, "N": False}.get(first.get("CompleteYN", ""))
    return [name for name in names if name], complete


def _name(node: Element) -> str:
    """Return family name, initials and suffix, or the name of a group."""
    parts = (text_at(node, field) for field in ("LastName", "Initials", "Suffix"))
    return " ".join(part for part in parts if part) or text_at(node, "CollectiveName") or ""
