"""Tell whether matching a regular expression takes time in proportion to the text, by its shape.

It does where the next character alone tells whether a repeat goes on or ends.
"""

import re
from collections.abc import Iterator
from typing import Any

Items = list[tuple[Any, Any]]
_ALPHABET = frozenset(chr(code) for code in range(128))


def ambiguous(pattern: str) -> list[str]:
    """Return the repeats of a pattern whose end the next character does not tell."""
    return list(_ambiguous(list(re._parser.parse(pattern))))  # type: ignore[attr-defined]  # noqa: SLF001


def _ambiguous(items: Items) -> Iterator[str]:
    for index, (name, value) in enumerate(items):
        match str(name):
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, body = value[0], value[1], list(value[2])
                if least != most and _first_of(body) & _first_of(items[index + 1 :]):
                    yield f"{body} and what follows it"
                if most > 1 and _first_of(body) & _open_end(body):
                    yield f"{body} and its own repetition"
                yield from _ambiguous(body)
            case "SUBPATTERN":
                yield from _ambiguous(list(value[3]))
            case "BRANCH":
                for branch in value[1]:
                    yield from _ambiguous(list(branch))


def _open_end(items: Items) -> frozenset[str]:
    """Return the characters with which a text that these pieces match may still go on."""
    if not items:
        return frozenset()
    name, value = items[-1]
    match str(name):
        case "SUBPATTERN":
            return _open_end(list(value[3]))
        case "BRANCH":
            return frozenset().union(*(_open_end(list(branch)) for branch in value[1]))
        case "MAX_REPEAT" | "MIN_REPEAT":
            body = list(value[2])
            more = _first_of(body) if value[0] != value[1] else frozenset()
            before = _open_end(items[:-1]) if value[0] == 0 else frozenset()
            return more | _open_end(body) | before
    return frozenset()


def _first_of(items: Items) -> frozenset[str]:
    """Return the ASCII characters with which a text that these pieces match can begin."""
    found: frozenset[str] = frozenset()
    for name, value in items:
        found |= _first(str(name), value)
        can_be_empty = str(name) == "AT" or (str(name).endswith("_REPEAT") and value[0] == 0)
        if not can_be_empty:
            break
    return found


def _first(name: str, value: Any) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    match name:
        case "LITERAL":
            found = frozenset(chr(value))
        case "NOT_LITERAL":
            found = _ALPHABET - {chr(value)}
        case "IN":
            found = _members(value)
        case "SUBPATTERN":
            found = _first_of(list(value[3]))
        case "BRANCH":
            found = found.union(*(_first_of(list(branch)) for branch in value[1]))
        case "MAX_REPEAT" | "MIN_REPEAT":
            found = _first_of(list(value[2]))
        case _:
            assert name == "AT", f"{name} is not looked into"
    return found


def _members(value: list[tuple[Any, Any]]) -> frozenset[str]:
    chosen: set[str] = set()
    for name, inner in value:
        if str(name) == "RANGE":
            chosen |= {chr(code) for code in range(inner[0], inner[1] + 1)}
        elif str(name) == "LITERAL":
            chosen.add(chr(inner))
    return _ALPHABET - chosen if str(value[0][0]) == "NEGATE" else frozenset(chosen)
