"""Every exported object says which papers it rests on, and at which commit its lines stand."""

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from called import called
from curate.corpus import Corpus
from curate.formats import load_format
from curate.rests_on import papers, rests_on
from full_corpus import corpus_of, full_values

PROCEDURE = {
    "claims": [{"id": "a", "pmids": [3, 1, 3]}, {"id": "b", "pmids": [2], "certainty": {"x": []}}],
    "synonyms": ["one"],
}
STUDY = {"pmid": 7, "outcomes": [{"count": 7, "effect": {"value": 2}}]}


@pytest.mark.parametrize(
    ("value", "where", "pmids"),
    [
        (PROCEDURE, (), (1, 2, 3)),
        (PROCEDURE, ("claims",), (1, 2, 3)),
        (PROCEDURE, ("claims", 0), (1, 3)),
        (PROCEDURE, ("claims", 0, "id"), (1, 3)),
        (PROCEDURE, ("claims", 0, "pmids", 1), (1,)),
        (PROCEDURE, ("claims", 1, "certainty", "x"), (2,)),
        (PROCEDURE, ("synonyms", 0), ()),
        (STUDY, (), (7,)),
        (STUDY, ("outcomes", 0, "effect", "value"), (7,)),
        ({"pmid": 7, "notices": [{"pmid": 8}, {"doi": "x"}]}, (), (7,)),
        ({"pmid": 7, "notices": [{"pmid": 8}, {"doi": "x"}]}, ("notices", 0), (8,)),
        ({"pmid": 7, "notices": [{"pmid": 8}, {"doi": "x"}]}, ("notices", 1), (7,)),
        ({"title": "A measure"}, (), ()),
    ],
)
def test_a_place_rests_on_the_nearest_papers(
    value: Any, where: tuple[str | int, ...], pmids: tuple[int, ...]
) -> None:
    assert rests_on(value, where) == pmids


def test_the_parts_that_name_papers_are_listed() -> None:
    assert list(papers(PROCEDURE)) == [
        ((), (1, 2, 3)),
        (("claims", 0), (1, 3)),
        (("claims", 1), (2,)),
    ]


@pytest.fixture
def at_commit() -> Corpus:
    corpus = corpus_of(full_values())
    corpus.commit = "4" * 40
    return corpus


def test_every_row_carries_commit_status_and_papers(at_commit: Corpus) -> None:
    rested = 0
    for artifact in load_format("csv").render(at_commit):
        if artifact.path.endswith(".csv"):
            text = b"".join(artifact.chunks).decode()
            for row in csv.DictReader(io.StringIO(text, newline="")):
                assert (row["source_commit"], row["status"]) == ("4" * 40, "in_review")
                rested += bool(row["pmids"])
    assert rested > 20


def test_every_record_object_carries_commit_status_and_papers(at_commit: Corpus) -> None:
    whole = json.loads(b"".join(next(load_format("json").render(at_commit)).chunks))
    for items in whole["records"].values():
        for item in items:
            assert item["source"]["commit"] == "4" * 40
            assert item["status"] == item["data"]["status"] == "in_review"
            assert item["kind"] == "condition" or item["pmids"][""]


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_commit_is_named_only_while_the_records_are_those_of_it(tmp_path: Path) -> None:
    record = tmp_path / "records/conditions/pain.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("id: pain\ntitle: Pain\nstatus: in_review\n")
    (tmp_path / "curate.toml").write_text('[corpus]\nname = "x"\npublish = ["in_review"]\n')
    run(tmp_path, "git", "init", "-q")
    run(tmp_path, "git", "config", "user.name", "x")
    run(tmp_path, "git", "config", "user.email", "x@example.org")
    run(tmp_path, "git", "add", ".")
    run(tmp_path, "git", "commit", "-q", "-m", "x")
    export = ("export", "--format", "json")
    exported = tmp_path / "exports/json/conditions/pain.json"
    assert called(tmp_path, *export).returncode == 0
    assert json.loads(exported.read_bytes())["source"] == {
        "path": "records/conditions/pain.yaml",
        "line": 1,
        "commit": run(tmp_path, "git", "rev-parse", "HEAD").strip(),
    }
    record.write_text("# moved\nid: pain\ntitle: Pain\nstatus: in_review\n")
    assert called(tmp_path, *export).returncode == 0
    assert "commit" not in json.loads(exported.read_bytes())["source"]
