"""The JSON export holds everything that a record says, as printed, and where it is written."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from curate import config, source
from curate.config import Config
from curate.corpus import Corpus
from curate.document import number_text
from curate.formats.json import LEFT_OUT, contract, export_schema, render
from curate.pipeline import load
from full_corpus import PMID, corpus_of, full_values
from golden import Golden

ROOT = Path(__file__).parent.parent
EXAMPLE = Path(__file__).parent / "golden/fhir/corpus"


def written(corpus: Corpus) -> dict[str, bytes]:
    return {artifact.path: b"".join(artifact.chunks) for artifact in render(corpus)}


def read(data: bytes) -> Any:
    """Read JSON, every number as its text."""
    return json.loads(data, parse_int=Number, parse_float=Number)


class Number(str):
    """A number's text, which is no text of a record."""

    __slots__ = ()


def leaves(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{where}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, f"{where}/{index}")
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield where, Number(number_text(value))
    else:
        yield where, value


def objects(corpus: Corpus) -> dict[str, Any]:
    """Return the records in the corpus file by path."""
    records = read(written(corpus)["json/corpus.json"])["records"]
    return {item["source"]["path"]: item for items in records.values() for item in items}


@pytest.fixture
def full() -> Corpus:
    return corpus_of(full_values())


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load(source.find(ROOT), config.load(ROOT))


def test_every_leaf_of_every_record_is_in_the_corpus_file_as_printed(
    full: Corpus, shipped: Corpus
) -> None:
    assert LEFT_OUT == {}
    for corpus in (full, shipped):
        found = objects(corpus)
        seen = 0
        for entry in corpus.published():
            for leaf in leaves(entry.document.value):
                assert leaf in list(leaves(found[entry.path]["data"]))
                seen += 1
        assert seen > 250


def test_a_records_own_file_holds_the_same_object_as_the_corpus_file(shipped: Corpus) -> None:
    files = written(shipped)
    for path, item in objects(shipped).items():
        name = path.removeprefix("records/").removesuffix(".yaml")
        assert read(files[f"json/{name}.json"]) == item


def test_every_value_has_the_line_that_it_stands_on(full: Corpus, shipped: Corpus) -> None:
    for corpus in (full, shipped):
        found = objects(corpus)
        for entry in corpus.published():
            lines = found[entry.path]["lines"]
            for where, value in leaves(entry.document.value):
                line = entry.document.line(int(lines[where]))
                said = {True: "true", False: "false"}.get(value, value)  # type: ignore[call-overload]
                assert said.split()[0].replace('"', "") in line.replace('"', "") or line.endswith(
                    (">", "|", ">-", "|-")
                )


def test_a_part_has_the_line_where_it_begins() -> None:
    values = full_values()
    corpus = corpus_of(values)
    item = objects(corpus)["records/studies/full-study.yaml"]
    document = next(entry for entry in corpus.entries if entry.kind == "study").document
    assert document.line(int(item["lines"]["/outcomes/0"])) == '  - id: "the-outcome"'
    assert document.line(int(item["lines"]["/outcomes"])) == "outcomes:"
    assert document.line(int(item["source"]["line"])).startswith("id:")


def test_a_waiver_points_at_what_it_accepts() -> None:
    values = full_values()
    study = values["records/studies/full-study.yaml"]
    waiver = study["waivers"][0]
    study["waivers"] = [
        waiver | {"rule": "one", "at": "outcomes.the-outcome.analysed"},
        waiver | {"rule": "two", "at": "outcomes.the-outcome"},
        waiver | {"rule": "three", "at": "groups.the-group.parts.the-group-part.conditions.0"},
        waiver | {"rule": "four", "at": "outcomes.another"},
    ]
    del study["outcomes"][0]["analysed"]
    assert objects(corpus_of(values))["records/studies/full-study.yaml"]["waived"] == [
        {"rule": "one", "at": "/outcomes/0/analysed", "waiver": "/waivers/0"},
        {"rule": "two", "at": "/outcomes/0", "waiver": "/waivers/1"},
        {"rule": "three", "at": "/groups/0/parts/0/conditions/0", "waiver": "/waivers/2"},
    ]


def test_the_corpus_file_fits_its_published_schema(full: Corpus, shipped: Corpus) -> None:
    schema = export_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema_rs.Draft202012Validator(schema)
    for corpus in (full, shipped, Corpus((), Config(name="empty"))):
        assert list(judge.iter_errors(json.loads(written(corpus)["json/corpus.json"]))) == []


def test_a_records_own_file_fits_its_part_of_the_schema(full: Corpus) -> None:
    seen = set()
    for artifact in render(full):
        if artifact.schema and "#" in artifact.schema:
            path, _, part = artifact.schema.partition("#")
            assert path == "json/export.schema.json"
            part_schema = {"$ref": f"#{part}", "$defs": export_schema()["$defs"]}
            record = json.loads(b"".join(artifact.chunks))
            assert jsonschema_rs.Draft202012Validator(part_schema).is_valid(record)
            seen.add(record["kind"])
    assert seen == {"study", "procedure", "condition", "measure", "reference"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: whole.pop("schema_version"),
        lambda whole: whole["corpus"].update(extra=1),
        lambda whole: whole["records"].pop("studies"),
        lambda whole: whole["records"]["studies"][0].pop("source"),
        lambda whole: whole["records"]["studies"][0]["data"].update(pmid="30587520"),
        lambda whole: whole["records"]["studies"][0].update(kind="procedure"),
        lambda whole: whole["records"]["studies"][0]["lines"].update({"outcomes": 1}),
        lambda whole: whole["records"]["studies"][0]["lines"].update({"/outcomes": 0}),
    ],
)
def test_the_schema_refuses_what_is_no_export(full: Corpus, spoil: Any) -> None:
    whole = json.loads(written(full)["json/corpus.json"])
    judge = jsonschema_rs.Draft202012Validator(export_schema())
    assert judge.is_valid(whole)
    spoil(whole)
    assert not judge.is_valid(whole)


def test_the_schema_is_exported_beside_what_it_describes(full: Corpus) -> None:
    assert json.loads(written(full)["json/export.schema.json"]) == export_schema()
    assert "patternErrorMessage" not in json.dumps(export_schema())
    assert "`json/export.schema.json`" in contract()


def test_what_is_not_published_is_not_there() -> None:
    values = full_values()
    values["records/measures/full-measure.yaml"]["status"] = "draft"
    files = written(corpus_of(values))
    assert json.loads(files["json/corpus.json"])["records"]["measures"] == []
    assert "json/measures/full-measure.json" not in files


def test_no_file_is_held_whole(shipped: Corpus) -> None:
    corpus_file = next(render(shipped))
    largest = max(len(chunk) for chunk in corpus_file.chunks)
    assert largest < len(written(shipped)["json/corpus.json"]) / 10


def test_references_are_csl_items() -> None:
    values = full_values()
    reference = values[f"records/references/pmid-{PMID}.yaml"]
    reference["authors"] = ["Horisawa S", "van der Berg AB Jr", "Thalamotomy Study Group"]
    reference |= {"published": "2019-01-22", "year": 2019, "pages": "e371-e377"}
    (item,) = read(written(corpus_of(values))["json/references.csl.json"])
    assert item["author"] == [
        {"family": "Horisawa", "given": "S"},
        {"family": "van der Berg", "given": "AB", "suffix": "Jr"},
        {"literal": "Thalamotomy Study Group"},
    ]
    assert item["issued"] == {"date-parts": [["2019", "1", "22"]]}
    assert (item["PMID"], item["page"], item["type"]) == (str(PMID), "e371-e377", "article-journal")
    assert item["custom"] == {
        "source_path": f"records/references/pmid-{PMID}.yaml",
        "source_line": "1",
    }


def test_a_reference_with_a_year_only_is_issued_in_that_year() -> None:
    values = full_values()
    reference = values[f"records/references/pmid-{PMID}.yaml"]
    del reference["published"]
    reference["year"] = 2019
    (item,) = read(written(corpus_of(values))["json/references.csl.json"])
    assert item["issued"] == {"date-parts": [["2019"]]}
    del reference["year"]
    (item,) = read(written(corpus_of(values))["json/references.csl.json"])
    assert "issued" not in item


def test_the_json_of_the_example_is_as_committed(golden: Golden) -> None:
    for path, data in written(load(source.find(EXAMPLE), config.load(EXAMPLE))).items():
        if path != "json/export.schema.json":  # which is committed in schemas/
            golden(path, data)
