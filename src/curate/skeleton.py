"""Make a record to fill in from its published schema: what is needed, and what every field is for.

There is no template to keep up by hand: a field that a kind gains is explained here on its own.
"""

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any, Final

from curate.published import schema
from curate.quoting import scalar
from curate.record import UNWRITTEN, Record

_WIDTH: Final = 96
_STEP: Final = "  "


def skeleton(kind: str, id_: str, given: Mapping[str, Any]) -> str:
    """Return the text of a draft with these fields filled in, and comments on all others."""
    root = schema(kind)
    known: dict[str, Any] = root["properties"]
    needed = {key: _stand_in(known[key]) for key in root["required"]}
    needed.update({"id": id_, "title": UNWRITTEN, "status": "draft"}, **given)
    shared = [key for key in Record.fields if key not in needed]
    own = [key for key in known if key not in needed and key not in shared]
    return "\n".join(
        [
            f"# yaml-language-server: $schema=../../schemas/{kind}.schema.json",
            *(line for key in known if key in needed for line in _needed(key, known[key], needed)),
            "",
            *_comment(
                "What follows is for you to fill in. Take the # and the space away from the fields "
                "that the source gives, write what it prints, and delete what it does not give."
            ),
            *(line for key in own for line in ("", *_field(key, known[key], root))),
            "",
            *_comment(f"Every {kind} may also have these."),
            *(line for key in shared for line in ("", *_field(key, known[key], root))),
            "",
        ]
    )


def _needed(key: str, about: dict[str, Any], values: Mapping[str, Any]) -> Iterator[str]:
    if key not in {"id", "status"}:
        yield from _comment(_said(about))
    value = values[key]
    if isinstance(value, tuple):
        yield f"{key}:"
        yield from (f"{_STEP}- {scalar(item)}" for item in value)
    else:
        yield f"{key}: {scalar(value) if isinstance(value, str) else value}"


def _stand_in(about: dict[str, Any]) -> Any:
    """Return what may stand in a field that cannot be empty until somebody chooses."""
    if "const" in about:
        return about["const"]
    choices: list[str] = about.get("enum", [UNWRITTEN])
    return next((choice for choice in choices if choice.startswith("not-")), choices[0])


def _field(key: str, about: dict[str, Any], root: dict[str, Any]) -> Iterator[str]:
    """Yield the comment lines for a field that is not filled in, with the fields below it."""
    yield from _comment(_said(about))
    inner = _resolved(about.get("items", about), root)
    if "properties" in inner:
        yield f"# {key}:"
        yield from _part(inner, root, listed="items" in about)
    elif "oneOf" in inner:
        yield f"# {key}:"
        for branch in inner["oneOf"]:
            yield from _part(_resolved(branch, root), root, listed=True)
    else:
        yield f"# {key}:"
        if "items" in about:
            yield f"# {_STEP}-"


def _part(about: dict[str, Any], root: dict[str, Any], *, listed: bool) -> Iterator[str]:
    """Yield the fields of a part, each below what it is for, to be bared all at once."""
    # Behind a field the text would look cut off by it, once one is written.
    indent, lead = _STEP, f"{_STEP}- " if listed else _STEP
    for key, field in about["properties"].items():
        said = "" if "const" in field else _said({**_resolved(field, root), **field})
        yield from (f"# {indent}{line}" for line in _comment(said, len(indent) + 2))
        yield f"# {lead}{key}: {field.get('const', '')}".rstrip()
        indent = lead = " " * len(lead)


def _resolved(about: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """Follow `#/$defs/Name`."""
    if "$ref" not in about:
        return about
    found: dict[str, Any] = root["$defs"][about["$ref"].rsplit("/", 1)[1]]
    return found


def _said(about: dict[str, Any]) -> str:
    """Return what a field is for, and the words to choose from."""
    said: str = about.get("description", "")
    choices = about.get("enum") or about.get("items", {}).get("enum")
    listed = [choice for choice in choices or () if choice not in said]
    return f"{said} One of: {', '.join(choices)}." if listed else said


def _comment(text: str, margin: int = 0) -> Iterator[str]:
    yield from (f"# {line}" for line in wrap(text, _WIDTH - margin, break_on_hyphens=False))
