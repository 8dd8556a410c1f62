"""Trace a row or a claim of a page of the site."""

from html.parser import HTMLParser
from pathlib import Path

from curate.refusal import Refusal
from curate.suggest import did_you_mean
from curate.tracing.in_json import record_of
from curate.tracing.trail import Trail


def trace_in_page(path: Path, where: str) -> Trail:
    """Find the element that an address of the page leads to; `main` is the whole record."""
    reader = _Reader()
    try:
        reader.feed(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal(f"{path} is no page that curate exports.") from error
    if where not in reader.found:
        guess = did_you_mean(where, reader.found)
        raise Refusal(f"Nothing at {path.name}#{where} says where it is from. {guess}".rstrip())
    said = reader.found[where]
    source, _, line = said["data-source"].rpartition(":")
    return Trail(
        f"{path.name}#{where}",
        None,
        record_of(source),
        source,
        int(line),
        said.get("data-pointer", ""),
        said.get("data-status"),
        reader.commit,
        tuple(said.get("data-pmids", "").split()),
    )


class _Reader(HTMLParser):
    """Collect the elements that say where they are from, by their address."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self.commit: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of one element."""
        said = {name: value for name, value in attrs if value is not None}
        if tag == "main":
            self.commit = said.get("data-commit")
        if "id" in said and "data-source" in said:
            self.found[said["id"]] = said
