"""Trace a resource of a bundle, or a place in one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from curate.refusal import Refusal
from curate.suggest import did_you_mean
from curate.tracing.in_json import record_of
from curate.tracing.reading import parents, shown
from curate.tracing.trail import Trail

_ORIGIN = re.compile(
    r"(?:(?P<commit>[0-9a-f]{40,64}):)?(?P<path>records/[^:#]+):(?P<line>[0-9]+)#(?P<at>.*)"
)
_CITED = re.compile(r"PMID ([0-9]+)")


def trace_in_fhir(path: Path, bundle: dict[str, Any], where: str) -> Trail:
    """Find a resource by `Type/id`, by its id alone, or by a JSON Pointer into the bundle."""
    if where.startswith("/"):
        found = parents(bundle, where)
        around = [value for value in found if isinstance(value, dict) and "resourceType" in value]
        if len(around) == 1:
            raise Refusal(f"{where} is in no resource; name a place below /entry/0/resource.")
        return _trail(f"{path.name} {where}", shown(found[-1]), around[1])
    resources = {_name(resource): resource for resource in _resources(bundle)}
    if where not in resources:
        named = [name for name in resources if name.partition("/")[2] == where]
        if len(named) > 1:
            raise Refusal(f"Several resources have the id {where}: {', '.join(named)}.")
        if not named:
            ids = [name.partition("/")[2] for name in resources]
            guess = did_you_mean(where, resources if "/" in where else ids)
            raise Refusal(f"{path.name} has no resource {where}. {guess}".rstrip())
        where = named[0]
    return _trail(f"{path.name} {where}", None, resources[where])


def _resources(bundle: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in bundle.get("entry", ()):
        if "resource" in entry:
            yield entry["resource"]


def _name(resource: dict[str, Any]) -> str:
    return f"{resource.get('resourceType')}/{resource.get('id')}"


def _trail(place: str, value: str | None, resource: dict[str, Any]) -> Trail:
    identifiers = resource.get("identifier", [])
    # A Composition of R5 has several, other types may have one.
    listed = identifiers if isinstance(identifiers, list) else [identifiers]
    for identifier in listed:
        if origin := _ORIGIN.fullmatch(str(identifier.get("value"))):
            return Trail(
                place,
                value,
                record_of(origin["path"]),
                origin["path"],
                int(origin["line"]),
                origin["at"],
                resource.get("status"),
                origin["commit"],
                tuple(sorted(set(_papers(resource)), key=int)),
            )
    raise Refusal(f"{_name(resource)} does not say where it is from.")


def _papers(resource: dict[str, Any]) -> Iterator[str]:
    """Yield the PMIDs that a resource cites, or that it is the citation of."""
    if resource["resourceType"] == "Citation":
        yield from re.findall(r"^pmid-([0-9]+)$", resource["id"])
    for text in _displays(resource):
        yield from _CITED.findall(text)


def _displays(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("display"), str):
            yield value["display"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _displays(item)
