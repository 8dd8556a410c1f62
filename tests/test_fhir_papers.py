"""Every resource leads to the papers that it rests on, whichever record it comes from."""

import re
from typing import Any

import pytest

from curate.corpus import Corpus
from curate.finding import Where
from curate.rests_on import rests_on
from fhir_bundle import example, objects, read, shipped, written
from full_corpus import CONFIG, corpus_of, full_values

BELOW_A_BASE = CONFIG._replace(base_url="https://kb.example.org/fhir")


@pytest.mark.parametrize(
    ("corpus", "types"),
    [
        (corpus_of(full_values()), 7),
        (corpus_of(full_values(), BELOW_A_BASE), 7),
        (example(), 8),
        (shipped(), 8),
    ],
    ids=["full", "base", "example", "shipped"],
)
def test_every_resource_leads_to_each_paper_that_it_rests_on(corpus: Corpus, types: int) -> None:
    config = corpus.config
    records = {entry.path: entry.document.value for entry in corpus.entries}
    entries = read(written(corpus))["entry"]
    citations = {
        entry["fullUrl"]: entry["resource"]["id"]
        for entry in entries
        if entry["resource"]["resourceType"] == "Citation"
    }
    rested = set()
    for entry in entries:
        resource = entry["resource"]
        if resource["resourceType"] == "Citation":
            continue
        path, where = _source(records, resource)
        base = f"{config.base_url}/" if config.base_url else ""
        named = {
            citations.get(f"{base}{value['reference']}")
            for value in objects(resource)
            if isinstance(value.get("reference"), str)
        }
        papers = {f"pmid-{pmid}" for pmid in rests_on(records[path], where)}
        assert papers <= named, resource["identifier"]
        rested |= {resource["resourceType"]} if papers else set()
    assert len(rested) == types


def _source(records: dict[str, Any], resource: dict[str, Any]) -> tuple[str, Where]:
    """Return the record and the place that a resource says that it comes from."""
    (source,) = (one["value"] for one in resource["identifier"] if one.get("use") == "secondary")
    path, _, pointer = re.fullmatch(r"(.+):(\d+)#(.*)", source).groups()  # type: ignore[union-attr]
    value, where = records[path], []
    for text in pointer.split("/")[1:]:
        step = int(text) if isinstance(value, list) else text
        where.append(step)
        value = value[step]
    return path, tuple(where)
