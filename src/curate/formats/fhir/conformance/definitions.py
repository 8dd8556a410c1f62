"""The official R5 definitions of what we write, as `curate.fhir_definitions` reduced them."""

import inspect
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from curate.formats.fhir.conformance import bundle_invariants, invariants
from curate.formats.fhir.conformance.primitive import Check, primitive_check
from curate.formats.fhir.conformance.values import Json

PATH = Path(__file__).with_name("definitions.json")

# Judged on every element as it is met, and so no function of one shape.
BY_THE_WALK = frozenset({"ele-1", "ext-1"})


class Invariant(NamedTuple):
    """An invariant's key, and the function that says whether it holds."""

    key: str
    holds: Callable[[Any, Json], bool]


INVARIANTS = {
    key: Invariant(key, function)
    for module in (invariants, bundle_invariants)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
    for key in [name.replace("_", "-")]
    if not name.startswith("_")
}

Codes = Mapping[str, frozenset[str]]
"""The codes of a value set, by system."""


class Element(NamedTuple):
    """One name that an object of a shape may have."""

    type: str
    is_list: bool
    misfit: Check
    """Say what is wrong with a value, if it is a primitive; of others it says nothing."""
    is_primitive: bool
    choice: str | None
    """The element that this is one of several types of: `value` for `valueCode`."""
    bound: Codes | None
    """The codes that may stand here; empty where R5 gives no list of them."""
    targets: frozenset[str]
    """The types that may be referred to; none means all."""
    fixed: str | None
    invariants: tuple[Invariant, ...]
    is_plain: bool
    """Whether nothing is asked of it but that it is one primitive that fits."""


class Shape(NamedTuple):
    """A resource, a data type, a part of one, or an extension."""

    name: str
    elements: Mapping[str, Element]
    required: tuple[tuple[str, ...], ...]
    """Of each of these, one name must be there."""
    invariants: tuple[Invariant, ...]


class Definitions(NamedTuple):
    """All that the check knows of R5."""

    resources: frozenset[str]
    shapes: Mapping[str, Shape]
    contexts: Mapping[str, frozenset[str]]
    """Where each extension may stand, by its address."""
    meanings: Mapping[str, str]
    """What each invariant says."""
    displays: Mapping[str, Mapping[str, str]]
    """The codes of the systems that we write, with their display texts."""


@cache
def definitions() -> Definitions:
    """Read the definitions, once."""
    raw = json.loads(PATH.read_text(encoding="utf-8"))
    return Definitions(
        resources=frozenset(raw["resources"]),
        shapes={name: _shape(name, shape, raw) for name, shape in raw["shapes"].items()},
        contexts={url: frozenset(names) for url, names in raw["contexts"].items()},
        meanings=raw["invariants"],
        displays=raw["code_systems"],
    )


def _shape(name: str, shape: Mapping[str, Any], raw: Mapping[str, Any]) -> Shape:
    required: dict[str, tuple[str, ...]] = {}
    for key, element in shape["elements"].items():
        if element.get("min"):
            group = element.get("choice", key)
            required[group] = (*required.get(group, ()), key, f"_{key}")
    elements = {key: _element(element, raw) for key, element in shape["elements"].items()}
    return Shape(name, elements, tuple(required.values()), _invariants(shape))


def _element(element: Mapping[str, Any], raw: Mapping[str, Any]) -> Element:
    type_ = element["type"]
    primitive = raw["primitives"].get(type_)
    more = {"max", "choice", "binding", "fixed", "invariants"}
    return Element(
        type=type_,
        is_list="max" in element,
        misfit=_nothing if primitive is None else primitive_check(type_, primitive),
        is_primitive=primitive is not None,
        choice=element.get("choice"),
        bound=_bound(element, raw),
        targets=frozenset(element.get("targets", ())),
        fixed=element.get("fixed"),
        invariants=_invariants(element),
        is_plain=primitive is not None and not more & element.keys(),
    )


def _nothing(_: Any) -> None:
    return None


def _bound(element: Mapping[str, Any], raw: Mapping[str, Any]) -> Codes | None:
    if "binding" not in element:
        return None
    codes = raw["value_sets"][element["value_set"]] or {}
    return {system: frozenset(listed) for system, listed in codes.items()}


def _invariants(holder: Mapping[str, Any]) -> tuple[Invariant, ...]:
    return tuple(INVARIANTS[key] for key in holder.get("invariants", ()))
