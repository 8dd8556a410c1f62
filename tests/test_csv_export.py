"""The tables are complete, tidy, and what their descriptor says of them."""

import csv
import io
import json
from pathlib import Path

import frictionless
import pytest

from curate import config, source
from curate.config import Config
from curate.corpus import Corpus
from curate.document import number_text
from curate.finding import pointer
from curate.formats.csv import LEFT_OUT, contract, render
from curate.pipeline import load
from curate.tables.cell import unguard
from full_corpus import PMID, corpus_of, full_values, perturbed
from golden import Golden

ROOT = Path(__file__).parent.parent
EXAMPLE = Path(__file__).parent / "golden/fhir/corpus"


def written(corpus: Corpus) -> dict[str, bytes]:
    return {artifact.path: b"".join(artifact.chunks) for artifact in render(corpus)}


def table(corpus: Corpus, name: str) -> list[dict[str, str]]:
    text = written(corpus)[f"csv/{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def full() -> Corpus:
    return corpus_of(full_values())


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load(source.find(ROOT), config.load(ROOT))


@pytest.mark.no_cover  # some hundred corpora that differ in one value each
def test_every_field_is_in_a_table_or_said_to_be_left_out(full: Corpus) -> None:
    before = written(full)
    lost = {name for name, values in perturbed() if written(corpus_of(values)) == before}
    assert lost == LEFT_OUT.keys()


def test_frictionless_accepts_the_tables_of_a_full_corpus(full: Corpus, tmp_path: Path) -> None:
    assert problems(full, tmp_path) == []


def test_frictionless_accepts_the_tables_of_the_records_here(
    shipped: Corpus, tmp_path: Path
) -> None:
    assert problems(shipped, tmp_path) == []


def test_frictionless_refuses_a_claim_on_a_study_that_is_not_there(tmp_path: Path) -> None:
    values = full_values()
    del values["records/studies/full-study.yaml"]
    assert any("foreign" in problem for problem in problems(corpus_of(values), tmp_path))


def problems(corpus: Corpus, folder: Path) -> list[str]:
    for path, data in written(corpus).items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    report = frictionless.validate(folder / "csv/datapackage.json")
    return [f"{error.type}: {error.message}" for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]


def test_the_descriptor_names_its_profiles_and_every_column(full: Corpus) -> None:
    files = written(full)
    package = json.loads(files["csv/datapackage.json"])
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in package["resources"]:
        assert resource["$schema"] == "https://datapackage.org/profiles/2.0/dataresource.json"
        assert resource["type"] == "table"
        columns = next(csv.reader([files[f"csv/{resource['path']}"].decode().split("\r\n")[0]]))
        assert columns == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert set(resource["schema"]["primaryKey"]) <= set(columns)


def test_every_row_says_which_record_place_file_and_line_it_is_from(shipped: Corpus) -> None:
    entries = {entry.path: entry for entry in shipped.entries}
    for artifact in render(shipped):
        if not artifact.path.endswith(".csv"):
            continue
        rows = list(csv.DictReader(io.StringIO(b"".join(artifact.chunks).decode(), newline="")))
        assert len(rows) == artifact.rows
        for row in rows:
            document = entries[row["source_path"]].document
            line = document.line(int(row["source_line"])).strip()
            steps = row["pointer"].split("/")[1:]
            where = tuple(int(step) if step.isdigit() else step for step in steps)
            assert row["pointer"] == pointer(where)
            value = document.get(where)
            if isinstance(value, dict):
                assert not where or line.startswith("- ")
            else:
                assert line.startswith(("- ", "at: "))  # of one place a waiver makes no list
                assert str(value).split()[0] in line or line[2:] in {">", "|", ">-", "|-"}


def test_every_number_of_every_outcome_is_in_its_row_as_printed(shipped: Corpus) -> None:
    rows = {row["id"]: row for row in table(shipped, "outcomes")}
    seen = 0
    for entry in shipped.published():
        for outcome in entry.document.value.get("outcomes", ()):  # type: ignore[union-attr]
            row = rows[f"{entry.id}#{outcome['id']}"]
            for field, value in outcome.items():
                if isinstance(value, int) or field in {"mean", "sd", "median", "percent"}:
                    assert row[field] == number_text(value)
                    seen += 1
    assert seen > 100


def test_the_files_are_rfc_4180_in_utf_8_without_a_byte_order_mark() -> None:
    values = full_values()
    study = values["records/studies/full-study.yaml"]
    study["title"] = 'µ ≥ 3, "quoted"'
    study["note"] = "=two\nlines"
    data = written(corpus_of(values))["csv/studies.csv"]
    assert data.startswith(b"id,title,")
    assert data.endswith(b"\r\n")
    assert '"µ ≥ 3, ""quoted"""'.encode() in data
    assert b'"\'=two\nlines"' in data
    row = table(corpus_of(values), "studies")[0]
    assert unguard(row["note"]) == "=two\nlines"


def test_a_missing_value_is_an_empty_cell_and_an_id_is_text(full: Corpus) -> None:
    values = full_values()
    del values["records/studies/full-study.yaml"]["outcomes"][0]["analysed"]
    assert table(corpus_of(values), "outcomes")[0]["analysed"] == ""
    assert table(full, "outcomes")[0]["analysed"] == "1"
    package = json.loads(written(full)["csv/datapackage.json"])
    pmids = [
        field["type"]
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if field["name"] == "pmid"
    ]
    assert pmids == ["string"] * 6


def test_a_draft_is_in_no_table() -> None:
    values = full_values()
    values["records/measures/full-measure.yaml"]["status"] = "draft"
    corpus = corpus_of(values)
    assert table(corpus, "measures") == []
    assert not any("full-measure.yaml" in row["source_path"] for row in table(corpus, "codes"))


def test_a_paper_is_linked_only_where_its_reference_is_exported() -> None:
    values = full_values()
    assert table(corpus_of(values), "claim_pmids")[0]["reference"] == f"pmid-{PMID}"
    values[f"records/references/pmid-{PMID}.yaml"]["status"] = "draft"
    row = table(corpus_of(values), "claim_pmids")[0]
    assert (row["pmid"], row["reference"]) == (str(PMID), "")


def test_a_comparison_with_baseline_names_no_group() -> None:
    values = full_values()
    outcome = values["records/studies/full-study.yaml"]["outcomes"][0]
    assert table(corpus_of(values), "outcomes")[0]["effect_against_group"] == "full-study#the-group"
    outcome["effect"]["against"] = "baseline"
    row = table(corpus_of(values), "outcomes")[0]
    assert (row["effect_against"], row["effect_against_group"]) == ("baseline", "")


def test_an_empty_corpus_still_has_every_table() -> None:
    empty = Corpus((), Config(name="empty"))
    names = {path for path in written(empty) if path.endswith(".csv")}
    assert names == {path for path in written(corpus_of(full_values())) if path.endswith(".csv")}
    assert all(f"| `{Path(name).stem}` |" in contract() for name in names)


def test_the_tables_of_the_example_are_as_committed(golden: Golden) -> None:
    for path, data in written(load(source.find(EXAMPLE), config.load(EXAMPLE))).items():
        if path.endswith(".csv"):  # the descriptor's words are those of schemas/
            golden(path, data)
