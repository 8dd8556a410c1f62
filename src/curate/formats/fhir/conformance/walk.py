"""Hold one JSON value against the definitions, element by element."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from curate.formats.fhir.conformance.definitions import Element, Invariant, Shape, definitions
from curate.formats.fhir.conformance.problem import Problem
from curate.formats.fhir.conformance.values import Json, listed

# With nothing but these an object says nothing.
_BARE = frozenset({"id", "resourceType"})
_MOST_RIGHT = 2000
_right: set[str] = set()
"""Concepts that were found right, and that refer to nothing: what is around does not matter."""


class Asked(NamedTuple):
    """A reference that was met."""

    where: str
    target: str
    type: str | None
    """The type that the reference says that its target has."""
    allowed: frozenset[str]
    """The types that R5 allows here; none means all."""


class Walk:
    """Hold values against their shapes, and collect what is wrong and what is referred to."""

    def __init__(self, where: str, *, resources: bool = True) -> None:
        """Begin at a path; `resources` says whether to judge those that are met."""
        self._resources = resources
        self.problems: list[Problem] = []
        self.asked: list[Asked] = []
        self._path: list[str] = [where]
        self._resource: Json = {}
        self._definitions = definitions()
        self._shapes = self._definitions.shapes

    def object(self, value: Any, name: str) -> None:
        """Judge an object by its shape."""
        if not isinstance(value, dict):
            self._say("type", f"is not an object, which a {name} is")
            return
        shape = self._shapes[name]
        if len(value) <= len(_BARE) and value.keys() <= _BARE:
            self._say("ele-1", self._definitions.meanings["ele-1"])
        chosen: dict[str, str] = {}
        for key, item in value.items():
            element = shape.elements.get(key)
            # Most elements are of this kind, and soon judged.
            if element is None or not element.is_plain or element.misfit(item):
                self._path.append(f".{key}")
                self._named(value, key, shape, chosen)
                self._path.pop()
        for names in shape.required:
            if names[0] not in value and not any(one in value for one in names):
                self._say("cardinality", f"has no {names[0]}, which a {name} must have")
        self._hold(value, shape.invariants)
        if name == "Coding":
            self._coding(value)

    def resource(self, value: Any) -> None:
        """Judge a resource by its type."""
        if not self._resources:
            return
        type_ = value.get("resourceType") if isinstance(value, dict) else None
        if not isinstance(type_, str) or type_ not in self._definitions.resources:
            self._say("type", "is no resource of a type that we write")
            return
        outer, self._resource = self._resource, value
        self.object(value, type_)
        self._resource = outer

    def _named(self, holder: Json, key: str, shape: Shape, chosen: dict[str, str]) -> None:
        """Judge what stands under a name; `_date` is what is said beside, or instead of, `date`."""
        name = key.removeprefix("_")
        element = shape.elements.get(key)
        plain = element or shape.elements.get(name)
        if plain is None:
            if key != "resourceType" or shape.name not in self._definitions.resources:
                self._say("unknown-element", f"a {shape.name} has no such element")
            return
        if plain.choice is not None:
            other = chosen.setdefault(plain.choice, name)
            if other != name:
                self._say("choice", f"stands beside {other}; {plain.choice} is of one type")
        if element is None:
            self._sibling(holder.get(name), holder[key], plain)
        else:
            self._element(holder[key], element, shape)

    def _element(self, value: Any, element: Element, holder: Shape) -> None:
        if not element.is_list:
            self._one(value, element, holder)
        elif not isinstance(value, list):
            self._say("cardinality", "is not a list, and may be there several times")
        elif not value:
            self._say("ele-1", "is an empty list")
        else:
            for index, item in enumerate(value):
                self._path.append(f"[{index}]")
                self._one(item, element, holder)
                self._path.pop()

    def _one(self, value: Any, element: Element, holder: Shape) -> None:
        if isinstance(value, list):
            self._say("cardinality", "is a list, and may be there once")
            return
        if element.is_primitive:
            self._primitive(value, element)
        elif element.type == "Resource":
            self.resource(value)
        elif element.type == "Extension":
            self._extension(value, holder)
        elif element.type == "CodeableConcept":
            self._concept(value)
        elif element.type in self._shapes:
            self.object(value, element.type)
        else:
            self._say("unwritten-type", f"is a {element.type}, of which we write none")
            return
        if element.bound is not None:
            self._bound(value, element.bound, element.type)
        if element.type == "Reference" and isinstance(value, dict):
            self._reference(value, element)
        self._hold(value, element.invariants)

    def _concept(self, value: Any) -> None:
        """Judge a concept; an export repeats the same few thousands of times."""
        key = repr(value)
        if key in _right:
            return
        before = len(self.problems), len(self.asked)
        self.object(value, "CodeableConcept")
        if before == (len(self.problems), len(self.asked)):
            if len(_right) == _MOST_RIGHT:
                _right.clear()
            _right.add(key)

    def _hold(self, value: Any, invariants: Iterable[Invariant]) -> None:
        for key, holds in invariants:
            if not holds(value, self._resource):
                self._say(key, self._definitions.meanings[key])

    def _primitive(self, value: Any, element: Element) -> None:
        wrong = element.misfit(value)
        if wrong is not None:
            self._say("ele-1" if wrong == "is blank" else "primitive", wrong)
        elif element.fixed is not None and value != element.fixed:
            self._say("fixed-value", f"is not {element.fixed}")

    def _sibling(self, value: Any, item: Any, element: Element) -> None:
        """Judge what is said beside a primitive: `_date` beside, or instead of, `date`."""
        if not element.is_primitive:
            self._say("unknown-element", f"a {element.type} has its extensions inside")
        elif not element.is_list:
            self.object(item, "Element")
        elif not isinstance(item, list) or (isinstance(value, list) and len(value) != len(item)):
            self._say("cardinality", "is not a list as long as that which it speaks of")
        else:
            for one in item:
                if one is not None:
                    self.object(one, "Element")

    def _extension(self, value: Any, holder: Shape) -> None:
        url = value.get("url") if isinstance(value, dict) else None
        if not isinstance(url, str) or url not in self._definitions.contexts:
            self._say("unknown-extension", f"{url} is no extension that we write")
            return
        if not self._definitions.contexts[url] & {"Element", holder.name}:
            self._say("extension-context", f"{url} may not stand on a {holder.name}")
        if ("extension" in value) == any(key.startswith(("value", "_value")) for key in value):
            self._say("ext-1", self._definitions.meanings["ext-1"])
        self.object(value, url)

    def _bound(self, value: Any, codes: Mapping[str, frozenset[str]], type_: str) -> None:
        """Judge a code by its value set. A concept in words alone has no code where one is due."""
        if not codes:
            self._say("binding", "is bound to codes that R5 does not list; we write none")
        elif type_ == "code":
            if not any(value in listed for listed in codes.values() if isinstance(value, str)):
                self._say("binding", f"{value!r} is no code of the value set")
        elif type_ in {"CodeableConcept", "Coding"} and isinstance(value, dict):
            codings = listed(value, "coding") if type_ == "CodeableConcept" else [value]
            if not any(_is_in(coding, codes) for coding in codings):
                self._say("binding", "has no code of the value set")

    def _coding(self, coding: Json) -> None:
        known = self._definitions.displays.get(str(coding.get("system")))
        if known is None:
            return
        code = str(coding.get("code"))
        if code not in known:
            self._say("code", f"{code} is no code of {coding['system']}")
        elif coding.get("display", known[code]) != known[code]:
            self._say("display", f"{coding['display']!r} is not what {code} means: {known[code]!r}")

    def _reference(self, value: Json, element: Element) -> None:
        target, type_ = value.get("reference"), value.get("type")
        said = type_ if isinstance(type_, str) else None
        if said is not None and element.targets and said not in element.targets:
            self._say("target-type", f"refers to a {said}, which may not stand here")
        if isinstance(target, str):
            self.asked.append(Asked("".join(self._path), target, said, element.targets))

    def _say(self, reason: str, message: str) -> None:
        self.problems.append(Problem("".join(self._path), reason, message))


def _is_in(coding: Json, codes: Mapping[str, frozenset[str]]) -> bool:
    return str(coding.get("code")) in codes.get(str(coding.get("system")), ())
