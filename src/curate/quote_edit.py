"""Write what came of checking a quotation into a record; no other line of it changes."""

from typing import Any

from curate.document import Document
from curate.finding import Where
from curate.quoting import scalar
from curate.refusal import Refusal


def with_result(document: Document, where: Where, checked: dict[str, str]) -> Document:
    """Return the document with this result in a quotation, in place of an older one."""
    expected = _put(document.value, where, checked)
    lines = document.text.split("\n")
    quote = document.get(where)
    assert isinstance(quote, dict)  # noqa: S101 - the caller found a quotation there
    if "checked" in quote:
        first = document.key_span((*where, "checked")).line
        last = _last_line(document, (*where, "checked"))
        del lines[first - 1 : last]
    kept = [key for key in quote if key != "checked"]
    indent = " " * (document.key_span((*where, kept[0])).column - 1)
    new = [f"{indent}checked:", *(f"{indent}  {key}: {scalar(checked[key])}" for key in checked)]
    after = max(_last_line(document, (*where, key)) for key in kept)
    if "checked" in quote and after > document.key_span((*where, "checked")).line:
        after -= last - first + 1
    lines[after:after] = new
    changed = Document(document.path, "\n".join(lines).encode())
    if changed.value != expected or len(changed.faults) > len(document.faults):
        raise Refusal(
            f"The result cannot be written into {document.path}; lay the record out with "
            "`curate format` first."
        )
    return changed


def _last_line(document: Document, where: Where) -> int:
    """Return the last line of what stands at a place."""
    value = document.get(where)
    if isinstance(value, dict) and value:
        return max(_last_line(document, (*where, key)) for key in value)
    if isinstance(value, list) and value:
        return max(_last_line(document, (*where, index)) for index in range(len(value)))
    span = document.places[where].value
    # A block of text ends before the line that its span ends on.
    return (
        span.end_line - 1 if span.end_column == 1 and span.end_line > span.line else span.end_line
    )


def _put(value: Any, where: Where, checked: dict[str, str]) -> Any:
    """Return a value with this result at a place."""
    if not where:
        return {**value, "checked": dict(checked)}
    step, *rest = where
    if isinstance(value, list):
        return [
            _put(item, tuple(rest), checked) if index == step else item
            for index, item in enumerate(value)
        ]
    return {**value, step: _put(value[step], tuple(rest), checked)}
