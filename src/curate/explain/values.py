"""Explain values of the wrong type, form or size."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from curate.document import Fault, number_text
from curate.explain.choices import not_a_choice
from curate.explain.figures import figure, siblings
from curate.explain.guess import guess
from curate.explain.meant import readings, thousands
from curate.explain.sure import sure
from curate.explain.verdict import Refused
from curate.explain.words import all_of, sentences, shown, written
from curate.scalar import NUMBER
from curate.values import ID_PATTERN


def wrong_type(refused: Refused) -> Iterator[Fault]:
    """Explain a value of another type than belongs here, or none at all."""
    if refused.value is None:
        in_list = bool(refused.where) and isinstance(refused.where[-1], int)
        yield Fault(
            "empty-field",
            refused.where,
            "This entry of the list is empty." if in_list else "The field has no value.",
            sentences("Write one, or delete the line.", said(refused)),
        )
        return
    for keyword in ("enum", "const"):
        if keyword in refused.node:
            yield from not_a_choice(refused._replace(keyword=keyword, limit=refused.node[keyword]))
            return
    wanted = str(refused.limit)
    message = f"{shown(refused.value)} stands where {_TYPES[wanted]} belongs."
    if isinstance(refused.value, str) and NUMBER.fullmatch(refused.value):
        message = (
            f'`"{refused.value}"` is in quotes, so it is a text; {_TYPES[wanted]} belongs here.'
        )
    help_ = _WRITE[wanted](refused) or said(refused)
    edit = sure(refused)
    yield Fault("wrong-type", refused.where, message, help_, edit, None if edit else guess(refused))


def wrong_form(refused: Refused) -> Iterator[Fault]:
    """Explain a text that is not written in its one form."""
    edit, several = sure(refused), _several(refused)
    yield Fault(
        "wrong-form",
        refused.where,
        f"{shown(refused.value)} is not written as it should be.",
        several or _offer(refused, refused.value) or said(refused),
        edit,
        None if edit or several else guess(refused),
    )


def length(refused: Refused) -> Iterator[Fault]:
    """Explain a text or list that is empty, or a text that is too long."""
    value, limit = refused.value, refused.limit
    if not value:
        what = "list" if isinstance(value, list) else "text"
        yield Fault(
            "empty-field",
            refused.where,
            f"The {what} is empty.",
            sentences("Write it, or delete the line.", said(refused)),
        )
        return
    yield Fault(
        "wrong-form",
        refused.where,
        f"The text has {len(value)} characters; {limit} is the most that can stand here.",
        (_offer(refused, value) if isinstance(value, str) else "")
        or sentences("Shorten it.", str(refused.node.get("patternErrorMessage", ""))),
        edit := sure(refused),
        None if edit else guess(refused),
    )


def out_of_range(refused: Refused) -> Iterator[Fault]:
    """Explain a number that cannot be."""
    said_of = {
        "minimum": "is too low: {} is the least that can stand here",
        "maximum": "is too high: {} is the most that can stand here",
        "exclusiveMinimum": "is too low: only more than {} can stand here",
        "exclusiveMaximum": "is too high: only less than {} can stand here",
    }[refused.keyword]
    yield Fault(
        "out-of-range",
        refused.where,
        f"{shown(refused.value)} {said_of.format(refused.limit)}.",
        sentences("Check the figure against the source.", said(refused)),
    )


def said(refused: Refused) -> str:
    """Return what the schema tells the editor of this place."""
    text: str = refused.node.get("patternErrorMessage") or refused.node.get("description") or ""
    return text


def _a_text(refused: Refused) -> str:
    value = refused.value
    if isinstance(value, bool):
        return _offer(refused, "true" if value else "false")
    if isinstance(value, int | Decimal):
        return _offer(refused, number_text(value))
    if isinstance(value, list) and len(value) == 1 and refused.fits(value[0]):
        return f"Write it alone, without a list's `- ` or brackets: {written(value[0])}."
    if isinstance(value, dict) and len(value) == 1:
        # `text: more text` was meant as one text; YAML takes it for a field.
        [(key, rest)] = value.items()
        if offer := _offer(refused, f"{key}: {rest}"):
            return offer
    return sentences("Write one text.", said(refused))


def _a_number(refused: Refused) -> str:
    value, noun = refused.value, _TYPES[str(refused.limit)]
    if isinstance(value, Decimal):
        return sentences(_a_whole_number(value), "" if _is_whole(value) else said(refused))
    if isinstance(value, str) and (meant := _several(refused) or figure(refused, value)):
        return meant
    if isinstance(value, list) and siblings(refused).issuperset(("min", "max")):
        return f"Write {noun}; the bounds of a range are written in `min` and `max`."
    example = next(iter(refused.node.get("examples", [])), None)
    such_as = "" if example is None else f", such as {example}"
    return sentences(f"Write {noun}{such_as}.", said(refused))


def _a_whole_number(value: Decimal) -> str:
    grouped = thousands(value)
    if grouped is not None:
        rounded = f", or {int(value)} if it is a decimal point" if _is_whole(value) else ""
        return f"Write {grouped} if the point groups the thousands{rounded}."
    return f"Write {int(value)}." if _is_whole(value) else "Write a whole one."


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _true_or_false(refused: Refused) -> str:
    guess = _BOOLEANS.get(str(refused.value).casefold())
    return f"Write {guess}." if guess else "Write true or false."


def _a_list(refused: Refused) -> str:
    if isinstance(refused.value, dict):
        return "Start its first field with `- `, so that it is the first entry of a list."
    entry = refused._replace(node=refused.resolve(refused.node.get("items", {})), where=(0,))
    if listed := _several(entry):
        return listed
    part = refused.resolve(next(iter(entry.node.get("oneOf", [])), entry.node))
    if "properties" in part:
        needed = all_of(part.get("required") or part["properties"])
        return f"Write a list below the field name; each entry starts with `- ` and has {needed}."
    fitting = [value for value in readings(_plain(refused.value)) if entry.fits(value)]
    line = written(fitting[0] if fitting else refused.value, "- ")
    return f"Write each entry on a line of its own below the field name: {line}."


def _several(refused: Refused) -> str:
    """Say how to write several entries of a list that stand on one line."""
    in_list = refused.where and isinstance(refused.where[-1], int)
    if not in_list or not isinstance(refused.value, str):
        return ""
    parts = [part for part in re.split(r"\s*[,;]\s*|\s+and\s+", refused.value) if part]
    fitting = [next(filter(refused.fits, readings(part)), None) for part in parts]
    if not _TWO <= len(fitting) <= _TEN or None in fitting:
        return ""
    lines = all_of(written(value, "- ")[1:-1] for value in fitting)
    return f"Write each entry on a line of its own: {lines}."


def _a_set(refused: Refused) -> str:
    fields: dict[str, Any] = refused.node.get("properties", {})
    if isinstance(refused.value, list) and isinstance(next(iter(refused.value), None), dict):
        return "Delete the `- `: there is only one of it, not a list."
    for name, node in fields.items():
        below = refused._replace(node=refused.resolve(node))
        # Any text has the form of a title or can be made an id, so these say nothing.
        telling = "enum" in below.node or "patternErrorMessage" in below.node
        if "const" in below.node:
            break
        if not telling or below.node.get("pattern") == ID_PATTERN:
            continue
        for reading in readings(_plain(refused.value)):
            if below.fits(reading):
                return f"Write it on a line below, indented: {written(reading, f'{name}: ')}."
    needed = all_of(refused.node.get("required") or fields)
    return f"Write its fields on lines of their own, each with its name: {needed}."


def _plain(value: Any) -> str:
    return number_text(value) if isinstance(value, int | Decimal) else str(value)


def _offer(refused: Refused, text: str) -> str:
    """Return "Write `…`." with what the text was likely meant as, if the schema takes that."""
    for value in readings(text):
        if refused.fits(value):
            return f"Write {written(value)}."
    return ""


_TWO, _TEN = 2, 10
_TYPES: Final = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a set of fields",
}
_WRITE: Final[dict[str, Callable[[Refused], str]]] = {
    "string": _a_text,
    "integer": _a_number,
    "number": _a_number,
    "boolean": _true_or_false,
    "array": _a_list,
    "object": _a_set,
}
_BOOLEANS: Final = dict.fromkeys(("yes", "y", "on", "1", "true"), "true") | dict.fromkeys(
    ("no", "n", "off", "0", "false"), "false"
)
