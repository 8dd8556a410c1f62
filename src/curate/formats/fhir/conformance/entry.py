"""What we promise of every entry of a bundle beyond what R5 asks: ids, addresses, requests."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from curate.formats.fhir.conformance.problem import Problem
from curate.formats.fhir.conformance.values import Json, has, inner

_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Entry(NamedTuple):
    """An entry as others may refer to it."""

    where: str
    name: str
    """`Type/id`."""
    full_url: str | None
    json: Json

    @property
    def type(self) -> str:
        """Return the type of the resource."""
        return self.name.partition("/")[0]

    @property
    def addresses(self) -> Iterator[str]:
        """Yield the addresses by which the resource is known."""
        if self.full_url is not None:
            yield self.full_url
        if has(self.json, "request"):
            yield self.name

    def resolved(self, target: str) -> str | None:
        """Return the address that a reference from here leads to; None if it leads nowhere."""
        if ":" in target:
            return target
        if self.full_url is None:
            return target
        if not self.full_url.endswith(f"/{self.name}"):
            return None
        return f"{self.full_url.removesuffix(self.name)}{target}"


def entry_of(where: str, value: object) -> Entry | None:
    """Return an entry with a resource that has a name."""
    if not isinstance(value, dict):
        return None
    type_ = inner(value, "resource", "resourceType")
    id_ = inner(value, "resource", "id")
    if not isinstance(type_, str) or not isinstance(id_, str):
        return None
    url = value.get("fullUrl")
    return Entry(where, f"{type_}/{id_}", url if isinstance(url, str) else None, value)


def promises(entry: Entry) -> Iterator[Problem]:
    """Yield what breaks a promise of ours."""
    where, name, url, json = entry
    resource = json["resource"]
    if name.partition("/")[2].isdigit():
        message = "is all digits, which some servers take for their own"
        yield Problem(f"{where}.resource.id", "id", message)
    if url is not None and not _UUID.fullmatch(url) and not _is_below_a_base(url, name):
        message = f"{url} is neither a lower-case urn:uuid nor ends with /{name}"
        yield Problem(f"{where}.fullUrl", "full-url", message)
    if url is not None and resource.get("url", url) != url:
        yield Problem(f"{where}.resource.url", "full-url", "is not the fullUrl")
    if "request" in json and inner(json, "request", "url") != name:
        yield Problem(f"{where}.request.url", "request", f"is not {name}")


def _is_below_a_base(url: str, name: str) -> bool:
    return url.startswith(("https://", "http://")) and url.endswith(f"/{name}")
