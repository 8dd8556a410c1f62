"""Names of resources: ids that FHIR allows, and the addresses that references use."""

import hashlib
from functools import lru_cache
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from curate.config import Config

LONGEST = 64
_HASH = 12


def resource_id(*parts: str) -> str:
    """Join parts with dots, which no record's id has; of one that is too long, hash the tail."""
    whole = ".".join(parts)
    if len(whole) <= LONGEST:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:_HASH]
    return f"{whole[: LONGEST - _HASH - 1].rstrip('.-')}.{digest}"


def citation_id(pmid: int) -> str:
    """Return the id of the Citation of a PMID."""
    return f"pmid-{pmid}"


class Addresses(NamedTuple):
    """How resources are addressed: below the corpus's base URL, or by UUIDs made of its name."""

    base: str
    namespace: UUID

    def url(self, type_: str, id_: str) -> str:
        """Return the address of a resource: its fullUrl, and its canonical URL where it has one."""
        return self._below(f"{type_}/{id_}")

    def system(self, name: str) -> str:
        """Return the address of a system of identifiers of our own."""
        return self._below(name)

    def target(self, type_: str, id_: str) -> str:
        """Return what a reference to a resource says."""
        return f"{type_}/{id_}" if self.base else self.url(type_, id_)

    def _below(self, path: str) -> str:
        return f"{self.base}/{path}" if self.base else _urn(self.namespace, path)


@lru_cache(maxsize=4096)
def _urn(namespace: UUID, path: str) -> str:
    return f"urn:uuid:{uuid5(namespace, path)}"


def addresses(config: Config) -> Addresses:
    """Return how the resources of a corpus are addressed."""
    return Addresses(config.base_url, uuid5(NAMESPACE_URL, config.name))
