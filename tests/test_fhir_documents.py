"""A procedure's document: its page first, then all that the page leads to, and nothing else."""

import re
from typing import Any

import pytest

from curate.config import Config
from curate.corpus import Corpus
from curate.kinds.procedure import Procedure
from fhir_bundle import example, files, objects, read
from full_corpus import CONFIG, corpus_of, full_values

FOLDER = "fhir/documents/"


def documents(corpus: Corpus) -> dict[str, Any]:
    exported = files(corpus)
    return {path: read(text) for path, text in exported.items() if path.startswith(FOLDER)}


@pytest.fixture(scope="module", params=["base", "urn"])
def corpus(request: pytest.FixtureRequest) -> Corpus:
    made = example()
    config = made.config if request.param == "base" else made.config._replace(base_url="")
    return Corpus(made.entries, config)


def test_every_published_procedure_has_a_document(corpus: Corpus) -> None:
    published = [entry.record for entry in corpus.published()]
    ids = {record.id for record in published if isinstance(record, Procedure)}
    assert set(documents(corpus)) == {f"{FOLDER}{id_}.json" for id_ in ids}


def test_a_document_begins_with_the_page_of_its_procedure(corpus: Corpus) -> None:
    for path, bundle in documents(corpus).items():
        first = bundle["entry"][0]["resource"]
        assert f"{FOLDER}{first['id']}.json" == path
        types = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
        assert types[0] == "Composition"
        assert types.count("Composition") == 1


def test_a_document_holds_what_its_page_leads_to_as_the_collection_has_it(corpus: Corpus) -> None:
    collection = read(files(corpus)["fhir/bundle.json"])["entry"]
    for bundle in documents(corpus).values():
        held = {entry["fullUrl"] for entry in bundle["entry"]}
        assert all(entry in collection for entry in bundle["entry"])
        assert [entry for entry in collection if entry["fullUrl"] in held] == [
            *bundle["entry"][1:],
            bundle["entry"][0],
        ]
        base = f"{corpus.config.base_url}/" if corpus.config.base_url else ""
        for value in objects(bundle):
            if isinstance(value.get("reference"), str):
                assert f"{base}{value['reference']}" in held


def test_a_document_is_told_from_another_and_from_itself_as_it_was() -> None:
    before = documents(corpus_of(full_values()))
    again = documents(corpus_of(full_values()))
    values = full_values()
    values["records/procedures/full-procedure.yaml"]["title"] = "Another title"
    after = documents(corpus_of(values))
    name = f"{FOLDER}full-procedure.json"
    assert before == again
    assert before[name]["identifier"] != after[name]["identifier"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", before[name]["identifier"]["value"])
    found = [bundle["identifier"]["value"] for bundle in documents(example()).values()]
    assert len(set(found)) == len(found)


def test_the_time_of_a_document_is_the_latest_day_that_its_records_name() -> None:
    values = full_values()
    for value in values.values():
        value.pop("review", None)
        value.pop("waivers", None)
    values["records/references/pmid-30587520.yaml"]["retrieved"] = "2026-11-20"
    (bundle,) = documents(corpus_of(values)).values()
    assert bundle["timestamp"] == "2026-11-20T00:00:00Z"


def test_a_document_whose_records_name_no_day_has_a_time_that_is_nobodys() -> None:
    procedure = {"id": "bare", "title": "A procedure", "status": "in_review"}
    corpus = corpus_of({"records/procedures/bare.yaml": procedure}, _bare())
    (bundle,) = documents(corpus).values()
    assert bundle["timestamp"] == "1970-01-01T00:00:00Z"


def _bare() -> Config:
    return CONFIG._replace(name="bare")
