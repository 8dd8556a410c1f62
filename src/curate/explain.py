"""Say what a record's schema refuses, one fault for one mistake, for somebody who writes records."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry

from curate.document import Fault, number_text
from curate.finding import Where
from curate.published import schema
from curate.suggest import did_you_mean, nearest


def explain(kind: str, value: Any) -> list[Fault]:
    """Return what the published schema of this kind refuses in a value, in reading order."""
    faults: dict[tuple[str, Where], Fault] = {}
    for error in _validator(kind).iter_errors(value):
        for fault in _faults(error, schema(kind)):
            if isinstance(fault.where, tuple):
                faults.setdefault((fault.name, fault.where), fault)
    return list(faults.values())


@cache
def _validator(kind: str) -> Any:
    # An empty registry fetches nothing: a reference out of the schema is an error of ours.
    return _Validator(schema(kind), registry=Registry())


def _pattern(validator: Any, pattern: str, instance: Any, _: Any) -> Iterator[ValidationError]:
    """Match as ECMA-262 and Rust do: Python's `$` also matches before a final line feed."""
    if validator.is_type(instance, "string"):
        exact = pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
        if not re.search(exact, instance):
            yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})


def _faults(error: ValidationError, root: dict[str, Any]) -> Iterator[Fault]:
    where: Where = tuple(error.absolute_path)
    explainer = _EXPLAINERS.get(str(error.validator))
    if explainer is None:
        yield Fault(
            "wrong-form", where, f"{_shown(error.instance)} does not fit here.", _say(error)
        )
    else:
        yield from explainer(error, where, root)


def _unknown_fields(error: ValidationError, where: Where, _: Any) -> Iterator[Fault]:
    known: dict[str, Any] = error.schema.get("properties", {})
    for key in error.instance:
        if key in known:
            continue
        guess = did_you_mean(key, [name for name in known if name not in error.instance])
        listed = ", ".join(f"`{name}`" for name in known if name not in error.instance)
        yield Fault(
            "unknown-field",
            (*where, key),
            f"There is no field `{key}` here.",
            guess or f"Fields that can stand here: {listed}.",
        )


def _missing(error: ValidationError, where: Where, root: Any) -> Iterator[Fault]:
    properties = error.schema.get("properties", {})
    for key in error.schema["required"]:
        if key in error.instance:
            continue
        about = _resolve(properties.get(key, {}), root)
        yield Fault(
            "missing-field",
            (*where, key),
            f"The field `{key}` is missing.",
            _describe(key, {**about, **properties.get(key, {})}),
        )


def _wrong_type(error: ValidationError, where: Where, _: Any) -> Iterator[Fault]:
    value, wanted = error.instance, error.validator_value
    if value is None:
        yield Fault(
            "empty-field",
            where,
            "The field has no value.",
            f"Write one, or delete the line. {_say(error)}".strip(),
        )
        return
    if wanted == "string" and isinstance(value, int | Decimal) and not isinstance(value, bool):
        text = number_text(value)
        yield Fault(
            "wrong-type",
            where,
            f"{text} is read as a number where a text belongs.",
            f'Put it in quotes: "{text}".',
        )
        return
    if wanted in {"integer", "number"} and isinstance(value, str):
        yield Fault("wrong-type", where, *_not_a_number(value, wanted, error.schema))
        return
    if wanted == "boolean" and isinstance(value, str):
        guess = _BOOLEANS.get(value.casefold())
        help_ = f"Write {guess}." if guess else "Write true or false."
        yield Fault("wrong-type", where, f"`{value}` is neither true nor false.", help_)
        return
    yield Fault(
        "wrong-type",
        where,
        f"{_shown(value)} stands where {_TYPES.get(wanted, wanted)} belongs.",
        _say(error) or _LAYOUT.get(wanted, ""),
    )


def _not_a_number(value: str, wanted: str, about: dict[str, Any]) -> tuple[str, str]:
    """Say how a text that should be a number is written as one."""
    noun = "a whole number" if wanted == "integer" else "a number"
    stripped = value.strip().strip("%").replace(",", "").replace("_", "").strip()
    stripped = re.sub(r"(?i)^pmid:?\s*", "", stripped).lstrip("+")
    plain = re.sub(r"^(-?)0+(?=[0-9])", r"\1", stripped)
    help_ = f"Write {noun} without quotes, unit or other characters"
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
        return f"`{value}` is a text where {noun} belongs.", f"Write {plain}."
    example = next(iter(about.get("examples", [])), None)
    return (
        f"`{value}` is a text where {noun} belongs.",
        f"{help_}, such as {example}." if example is not None else f"{help_}.",
    )


def _not_a_choice(error: ValidationError, where: Where, _: Any) -> Iterator[Fault]:
    value, choices = error.instance, [str(choice) for choice in error.validator_value]
    guess = did_you_mean(str(value), choices) if isinstance(value, str) else ""
    listed = ", ".join(f"`{choice}`" for choice in choices)
    message = f"{_shown(value)} is none of the words that can stand here."
    yield Fault("not-a-choice", where, message, f"{guess} Choose one of {listed}.".strip())


def _wrong_form(error: ValidationError, where: Where, _: Any) -> Iterator[Fault]:
    said = error.schema.get("patternErrorMessage")
    if said is None and error.validator_value == r"^[^\n]+$":
        said = "Write it on one line."
    yield Fault(
        "wrong-form",
        where,
        f"{_shown(error.instance)} is not written as it should be.",
        said or _say(error),
    )


def _length(error: ValidationError, where: Where, _: Any) -> Iterator[Fault]:
    value, limit = error.instance, error.validator_value
    if len(value) == 0:
        yield Fault("empty-field", where, "The text is empty.", "Write it, or delete the line.")
        return
    compared = "at least" if error.validator == "minLength" else "at most"
    yield Fault(
        "wrong-form", where, f"The text has {len(value)} characters; it takes {compared} {limit}."
    )


def _out_of_range(error: ValidationError, where: Where, _: Any) -> Iterator[Fault]:
    words = {
        "minimum": "at least",
        "maximum": "at most",
        "exclusiveMinimum": "more than",
        "exclusiveMaximum": "less than",
    }
    limit = error.validator_value
    yield Fault(
        "out-of-range",
        where,
        f"{_shown(error.instance)} cannot be: it is {words[str(error.validator)]} {limit}.",
        _say(error),
    )


def _alternatives(error: ValidationError, where: Where, root: Any) -> Iterator[Fault]:
    """Explain the one alternative that was meant, not all that were not."""
    branches = [_resolve(branch, root) for branch in error.validator_value]
    chosen = _chosen(branches, error.instance)
    if chosen is None:
        tags = _tags(branches)
        if tags and isinstance(error.instance, dict):
            key, choices = tags
            yield from _bad_tag(key, choices, error.instance, where)
        else:
            yield from _wrong_form(error, where, root)
        return
    for inner in error.context or ():
        if inner.schema_path[0] == chosen:
            yield from _faults(inner, root)


def _chosen(branches: list[dict[str, Any]], value: Any) -> int | None:
    """Return which alternative a value is an attempt at: the one of its tag, or of its type."""
    tags = _tags(branches)
    if tags is not None:
        key, choices = tags
        tag = value.get(key) if isinstance(value, dict) else None
        return choices.index(tag) if tag in choices else None
    kinds = [branch.get("type") for branch in branches]
    name = "string" if isinstance(value, str) else "number"
    return kinds.index(name) if name in kinds and not isinstance(value, dict | list) else None


def _tags(branches: list[dict[str, Any]]) -> tuple[str, list[str]] | None:
    """Return the field whose constant tells the alternatives apart, and the constants."""
    for key in branches[0].get("properties", {}):
        constants = [branch.get("properties", {}).get(key, {}).get("const") for branch in branches]
        if all(constants):
            return key, constants
    return None


def _bad_tag(key: str, choices: list[str], value: dict[str, Any], where: Where) -> Iterator[Fault]:
    listed = ", ".join(f"`{choice}`" for choice in choices)
    if key not in value:
        yield Fault(
            "missing-field",
            (*where, key),
            f"The field `{key}` is missing.",
            f"Write one of {listed}.",
        )
        return
    guess = did_you_mean(str(value[key]), choices)
    message = f"{_shown(value[key])} is none of the words that can stand here."
    yield Fault("not-a-choice", (*where, key), message, f"{guess} Choose one of {listed}.".strip())


def _resolve(node: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """Follow `#/$defs/Name`."""
    reference = node.get("$ref")
    if reference is None:
        return node
    definition: dict[str, Any] = root["$defs"][reference.rsplit("/", 1)[1]]
    return definition


def _describe(key: str, about: dict[str, Any]) -> str:
    """Return what a field is for, and a line that could be written."""
    said = about.get("description", "")
    choices = about.get("enum")
    example = next(iter(about.get("examples", [])), None)
    if choices:
        listed = ", ".join(f"`{choice}`" for choice in choices)
        return f"Add `{key}:` with one of {listed}. {said}".strip()
    if example is not None:
        return f"Add a line such as `{key}: {example}`. {said}".strip()
    return f"Add a line `{key}: …`. {said}".strip()


def _say(error: ValidationError) -> str:
    said: str = error.schema.get("patternErrorMessage") or error.schema.get("description") or ""
    return said


def _shown(value: Any) -> str:
    """Show a value briefly, as it was written."""
    if isinstance(value, dict):
        return "a set of fields"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool) or value is None:
        return {True: "`true`", False: "`false`", None: "nothing"}[value]
    text = value if isinstance(value, str) else number_text(value)
    return f"`{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}`"


_SHOWN = 60
_BOOLEANS = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a set of fields",
}
_LAYOUT = {
    "array": "Write each entry on a line of its own, starting with `- `.",
    "object": "Write each field on a line of its own, indented by two spaces.",
    "string": "Write one text.",
}
_EXPLAINERS = {
    "additionalProperties": _unknown_fields,
    "required": _missing,
    "type": _wrong_type,
    "enum": _not_a_choice,
    "const": lambda error, where, root: _not_a_choice(_as_enum(error), where, root),
    "pattern": _wrong_form,
    "minLength": _length,
    "maxLength": _length,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "exclusiveMinimum": _out_of_range,
    "exclusiveMaximum": _out_of_range,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
}


def _as_enum(error: ValidationError) -> ValidationError:
    """Take a constant for a list of one choice."""
    error.validator_value = [error.validator_value]
    return error
