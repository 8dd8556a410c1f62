"""Read exported JSON with its numbers as they are printed, and find places in it."""

import json
from pathlib import Path
from typing import Any

from curate.refusal import Refusal
from curate.suggest import did_you_mean


def read_json(path: Path) -> Any:
    """Return what a file holds, every number as its text."""
    try:
        return json.loads(path.read_bytes(), parse_float=str, parse_int=str)
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise Refusal(f"{path} is neither JSON nor a file that curate exports.") from error


def steps_of(pointer: str) -> list[str]:
    """Take a JSON Pointer apart."""
    if pointer and not pointer.startswith("/"):
        raise Refusal(f"`{pointer}` is no JSON Pointer; it starts with a slash: `/{pointer}`.")
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def parents(value: Any, pointer: str) -> list[Any]:
    """Return the values on the way to a place, the whole first, the place's own last."""
    found = [value]
    for number, step in enumerate(steps_of(pointer)):
        if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            there = "/".join(pointer.split("/")[: number + 1])
            raise Refusal(f"There is no `{step}` in {there or 'the file'}. {_have(value, step)}")
        found.append(value)
    return found


def shown(value: Any) -> str | None:
    """Return a single value as people read it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None


def _have(value: Any, step: str) -> str:
    if isinstance(value, list):
        return f"It is a list of {len(value)}, counted from 0."
    if isinstance(value, dict):
        return did_you_mean(step, value) or f"It has {', '.join(list(value)[:12])}."
    return "It is a single value."
