"""Reduce the official FHIR R5 definitions to what an export is held against.

`python -m curate.fhir_definitions CORE.tgz …` reads packages as `npm pack` fetches them, later ones
filling in what the first lack, and writes `definitions.json` beside the check that reads it. The
definitions are HL7's (CC0); nothing of them is typed here but the names of what we write.
"""

import hashlib
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from curate.formats.fhir.conformance.definitions import PATH
from curate.formats.fhir.made import RANKS


class Wanted(NamedTuple):
    """What is taken from the packages."""

    resources: tuple[str, ...]
    data_types: tuple[str, ...]
    """Those that the resources have of us; a value of any other is refused."""
    extensions: tuple[str, ...]
    code_systems: tuple[str, ...]
    """Systems whose codes we write, with their display texts."""


WRITTEN = Wanted(
    resources=("Bundle", *RANKS),
    data_types=(
        "Annotation",
        "Attachment",
        "CodeableConcept",
        "CodeableReference",
        "Coding",
        "ContactDetail",
        "ContactPoint",
        "Element",
        "Expression",
        "Identifier",
        "Meta",
        "Narrative",
        "Period",
        "Quantity",
        "Range",
        "Reference",
        "RelatedArtifact",
        "SimpleQuantity",
    ),
    extensions=(
        "http://hl7.org/fhir/StructureDefinition/artifact-relatedArtifact",
        "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
    ),
    code_systems=(
        "http://hl7.org/fhir/certainty-rating",
        "http://hl7.org/fhir/certainty-type",
        "http://hl7.org/fhir/cited-artifact-status-type",
        "http://hl7.org/fhir/composition-attestation-mode",
        "http://hl7.org/fhir/contributor-role",
        "http://hl7.org/fhir/contributor-summary-type",
        "http://hl7.org/fhir/evidence-variable-event",
        "http://hl7.org/fhir/publication-status",
        "http://hl7.org/fhir/published-in-type",
        "http://hl7.org/fhir/research-study-arm-type",
        "http://hl7.org/fhir/research-study-status",
        "http://hl7.org/fhir/study-design",
        "http://hl7.org/fhir/title-type",
        "http://terminology.hl7.org/CodeSystem/attribute-estimate-type",
        "http://terminology.hl7.org/CodeSystem/statistic-type",
        "http://terminology.hl7.org/CodeSystem/variable-role",
    ),
)

_STRUCTURE = "http://hl7.org/fhir/StructureDefinition/"
_TYPE_OF_ATTRIBUTE = f"{_STRUCTURE}structuredefinition-fhir-type"
_REGEX = f"{_STRUCTURE}regex"
_JUDGED_BINDINGS = ("required", "extensible")
# Who holds these holds every element: they are judged once, by ele-1 and ext-1 themselves.
_OF_ALL = ("ele-1", "ext-1")

Json = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Write the reduced definitions of the packages named."""
    packages = [Path(argument) for argument in arguments]
    PATH.write_text(_text(reduced(packages)), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PATH} was written\n")
    return 0


def reduced(packages: list[Path], wanted: Wanted = WRITTEN) -> Json:
    """Return the definitions of what is wanted."""
    reducer = _Reducer(_Library(packages))
    for name in (*wanted.resources, *wanted.data_types):
        reducer.add_type(name)
    for url in wanted.extensions:
        reducer.add_extension(url)
    return {
        "sources": [_source(package) for package in packages],
        "resources": list(wanted.resources),
        "primitives": dict(sorted(reducer.primitives.items())),
        "shapes": dict(sorted(reducer.shapes.items())),
        "contexts": reducer.contexts,
        "invariants": dict(sorted(reducer.invariants.items())),
        "value_sets": dict(sorted(reducer.value_sets.items())),
        "code_systems": {url: reducer.library.displays(url) for url in wanted.code_systems},
    }


class _Library:
    """The definitions of all packages, by their address."""

    def __init__(self, packages: list[Path]) -> None:
        self._found: dict[tuple[str, str], Json] = {}
        for package in packages:
            for definition in _members(package):
                type_ = definition.get("resourceType")
                if type_ in {"StructureDefinition", "ValueSet", "CodeSystem"}:
                    self._found.setdefault((type_, definition["url"]), definition)

    def structure(self, url: str) -> Json:
        return self._found["StructureDefinition", url]

    def displays(self, url: str) -> dict[str, str]:
        """Return the codes of a system with their display texts."""
        return dict(_codes(self._found["CodeSystem", url].get("concept", ())))

    def codes(self, url: str) -> dict[str, list[str]] | None:
        """Return the codes of a value set by system; None where a list of them is not given."""
        value_set = self._found.get(("ValueSet", url))
        if value_set is None or "exclude" in value_set["compose"]:
            return None
        found: dict[str, list[str]] = {}
        for include in value_set["compose"]["include"]:
            for system, codes in self._included(include):
                if codes is None:
                    return None
                found.setdefault(system, []).extend(codes)
        return found

    def _included(self, include: Json) -> Iterator[tuple[str, list[str] | None]]:
        for imported in include.get("valueSet", ()):
            codes = self.codes(_unversioned(imported))
            yield from [("", None)] if codes is None else codes.items()
        system = include.get("system")
        if system is None:
            return
        if "concept" in include:
            yield system, [concept["code"] for concept in include["concept"]]
            return
        definition = self._found.get(("CodeSystem", system), {})
        whole = definition.get("content") == "complete" and "filter" not in include
        yield system, [code for code, _ in _codes(definition["concept"])] if whole else None


class _Reducer:
    def __init__(self, library: _Library) -> None:
        self.library = library
        self.shapes: dict[str, Json] = {}
        self.primitives: dict[str, Json] = {}
        self.invariants: dict[str, str] = {}
        self.value_sets: dict[str, Json | None] = {}
        self.contexts: dict[str, list[str]] = {}

    def add_type(self, name: str) -> None:
        """Add a resource or data type with its parts, and the primitives that it needs."""
        self._add(name, self.library.structure(_STRUCTURE + name))

    def add_extension(self, url: str) -> None:
        """Add an extension as a shape that is named by its address."""
        definition = self.library.structure(url)
        self._add(url, definition)
        self.contexts[url] = sorted(
            context["expression"]
            for context in definition["context"]
            if context["type"] == "element"
        )

    def _add(self, name: str, definition: Json) -> None:
        elements = definition["snapshot"]["element"]
        root = elements[0]["path"]
        parents = {_parent(element["path"]) for element in elements[1:]}
        self.shapes[name] = {"elements": {}, "invariants": self._inherited(definition)}
        for element in elements[1:]:
            path = name + element["path"].removeprefix(root)
            if element["path"] in parents:
                self.shapes[path] = {"elements": {}, "invariants": self._invariants(element)}
            if element["max"] != "0":
                holder = self.shapes[_parent(path)]["elements"]
                holder |= self._element(path, element, is_part=element["path"] in parents)

    def _element(self, path: str, element: Json, *, is_part: bool) -> Json:
        """Return an element by its name in JSON; one that has a choice of types, by each name."""
        name = path.rsplit(".", 1)[1]
        shared: Json = {}
        if element["min"]:
            shared["min"] = element["min"]
        if element.get("base", element)["max"] != "1":
            shared["max"] = element["max"]
        if "fixedUri" in element:
            shared["fixed"] = element["fixedUri"]
        binding = element.get("binding", {})
        if binding.get("strength") in _JUDGED_BINDINGS:
            url = _unversioned(binding["valueSet"])
            shared |= {"binding": binding["strength"], "value_set": url}
            self.value_sets[url] = self.library.codes(url)
        if is_part or "contentReference" in element:
            referred = element.get("contentReference", f"#{path}").split("#")[1]
            return {name: {"type": referred} | shared}
        found = {}
        for type_ in element["type"]:
            code = self._type(type_)
            spelt = f"{code[:1].upper()}{code[1:]}"
            one: Json = {"type": code} | shared | self._targets(type_)
            if invariants := self._invariants(element):
                one["invariants"] = invariants
            if name.endswith("[x]"):
                one["choice"] = name.removesuffix("[x]")
            found[name.replace("[x]", spelt)] = one
        return found

    def _type(self, type_: Json) -> str:
        """Return the name of a type: a profile such as SimpleQuantity stands for its own."""
        said = [
            one["valueUrl"]
            for one in type_.get("extension", ())
            if one["url"] == _TYPE_OF_ATTRIBUTE
        ]
        code: str = said[0] if said else type_["code"]
        if "profile" in type_:
            code = type_["profile"][0].rsplit("/", 1)[1]
        if code[:1].islower() and code not in self.primitives:
            self._add_primitive(code)
        return code

    def _add_primitive(self, name: str) -> None:
        definition = self.library.structure(_STRUCTURE + name)
        value = next(
            element
            for element in definition["snapshot"]["element"]
            if element["path"].endswith(".value")
        )
        regexes = [
            one["valueString"] for one in value["type"][0]["extension"] if one["url"] == _REGEX
        ]
        limits = {
            ours: value[theirs]
            for ours, theirs in (
                ("longest", "maxLength"),
                ("least", "minValueInteger"),
                ("most", "maxValueInteger"),
            )
            if theirs in value
        }
        self.primitives[name] = {"regex": regexes[0] if regexes else None} | limits

    def _targets(self, type_: Json) -> Json:
        named = [profile.rsplit("/", 1)[1] for profile in type_.get("targetProfile", ())]
        return {"targets": sorted(named)} if named and "Resource" not in named else {}

    def _inherited(self, definition: Json) -> list[str]:
        """Return the invariants of a type and of those that it is made from.

        The snapshots of R5 leave those of DomainResource out of some of its resources.
        """
        keys = set(self._invariants(definition["snapshot"]["element"][0]))
        base = definition.get("baseDefinition")
        return sorted(keys.union(self._inherited(self.library.structure(base)) if base else ()))

    def _invariants(self, element: Json) -> list[str]:
        """Return the invariants of an element, warnings too, and note what they say."""
        keys = []
        for constraint in element.get("constraint", ()):
            self.invariants[constraint["key"]] = constraint["human"]
            keys.append(constraint["key"])
        return sorted(key for key in keys if key not in _OF_ALL)


def _members(package: Path) -> Iterator[Json]:
    with tarfile.open(package) as archive:
        for member in archive:
            if member.isfile() and member.name.count("/") == 1 and member.name.endswith(".json"):
                stream = archive.extractfile(member)
                if stream is not None:
                    yield json.loads(stream.read())


def _source(package: Path) -> dict[str, str]:
    about = next(one for one in _members(package) if "canonical" in one and "name" in one)
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    return {"name": about["name"], "version": about["version"], "sha256": digest}


def _codes(concepts: Any) -> Iterator[tuple[str, str]]:
    for concept in concepts:
        yield concept["code"], concept.get("display", "")
        yield from _codes(concept.get("concept", ()))


def _parent(path: str) -> str:
    return path.rpartition(".")[0]


def _unversioned(url: str) -> str:
    return url.partition("|")[0]


def _text(definitions: Json) -> str:
    """Write one definition on a line, so that a new release shows what it changes."""
    tables = []
    for name, table in definitions.items():
        if isinstance(table, dict):
            rows = ",\n".join(f" {json.dumps(key)}: {_line(value)}" for key, value in table.items())
            tables.append(f'"{name}": {{\n{rows}\n}}')
        else:
            rows = ",\n".join(f" {_line(value)}" for value in table)
            tables.append(f'"{name}": [\n{rows}\n]')
    return "{\n" + ",\n".join(tables) + "\n}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
