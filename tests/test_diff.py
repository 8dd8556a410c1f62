"""What changed between two revisions is told from git, in the order in which it matters."""

import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from called import called
from curate.changes import Change, Field, as_text, changes
from full_corpus import PMID, corpus_of, full_values, perturbed, to_yaml

STUDY = "records/studies/full-study.yaml"
PROCEDURE = "records/procedures/full-procedure.yaml"
REFERENCE = f"records/references/pmid-{PMID}.yaml"
MEASURE = "records/measures/full-measure.yaml"


def told(change: Callable[[dict[str, Any]], Any]) -> list[Change]:
    values = full_values()
    change(values)
    return changes(corpus_of(full_values()), corpus_of(values))


def test_a_changed_number_is_told_with_the_claims_that_rest_on_it() -> None:
    (change,) = told(lambda values: values[STUDY]["outcomes"][0].update(count=8))
    assert (change.section, change.verb) == ("numbers", "changed")
    assert change.name == "study/full-study#the-outcome"
    assert change.fields == (Field("count", "1", "8"),)
    assert change.claims == (
        "condition/full-condition#the-claim",
        "procedure/full-procedure#the-claim",
    )


def test_a_number_that_is_printed_otherwise_is_told() -> None:
    (change,) = told(lambda values: values[STUDY]["outcomes"][0].update(mean=Decimal("0.3")))
    assert change.fields == (Field("mean", "0.30", "0.3"),)


def test_results_are_known_by_their_ids_wherever_they_stand() -> None:
    def add(values: dict[str, Any]) -> None:
        first = values[STUDY]["outcomes"][0]
        values[STUDY]["outcomes"].insert(0, first | {"id": "another", "count": 3})

    (change,) = told(add)
    assert (change.section, change.verb, change.part) == ("results", "added", "another")
    assert Field("count", None, "3") in change.fields


def test_a_claim_is_reworded_added_or_withdrawn() -> None:
    def change_claims(values: dict[str, Any]) -> None:
        claims = values[PROCEDURE]["claims"]
        claims.append(claims[0] | {"id": "another", "text": "Another text."})
        claims[0]["text"] = "In other words."
        del values["records/conditions/full-condition.yaml"]["claims"]

    found = told(change_claims)
    assert [(change.verb, change.name) for change in found] == [
        ("withdrawn", "condition/full-condition#the-claim"),
        ("reworded", "procedure/full-procedure#the-claim"),
        ("added", "procedure/full-procedure#another"),
    ]
    assert found[1].fields[0].after == "In other words."


def test_a_paper_that_was_retracted_is_told_under_references() -> None:
    (change,) = told(lambda values: values[REFERENCE].update(publication_status="retracted"))
    assert (change.section, change.fields[0].after) == ("references", "retracted")


def test_a_waiver_is_told_with_its_place_and_reason() -> None:
    def waive(values: dict[str, Any]) -> None:
        waiver = values[STUDY]["waivers"][0]
        values[STUDY]["waivers"] = [waiver | {"at": ["title", "note"]}]

    (change,) = told(waive)
    assert (change.section, change.verb) == ("waivers", "added")
    assert change.title.endswith(" at note")
    assert [field.name for field in change.fields] == ["reason"]


def test_a_record_that_becomes_a_draft_is_withdrawn_with_its_claims() -> None:
    found = told(lambda values: values[PROCEDURE].update(status="draft"))
    assert {("records", "withdrawn", ""), ("claims", "withdrawn", "the-claim")} <= {
        (change.section, change.verb, change.part) for change in found
    }


def test_a_status_is_told_with_the_record() -> None:
    (change,) = told(lambda values: values[MEASURE].update(status="approved"))
    assert (change.section, change.fields) == (
        "records",
        (Field("status", "in_review", "approved"),),
    )


@pytest.mark.no_cover  # some hundred corpora that differ in one value each
def test_no_field_changes_in_silence() -> None:
    before = corpus_of(full_values())
    silent = [name for name, values in perturbed() if not changes(before, corpus_of(values))]
    # The id of a record is its file's name, which is what changes are told by.
    assert {name for name in silent if not name.endswith(".id") or name.count(".") > 1} == set()


def test_where_nothing_changed_that_is_said() -> None:
    assert told(lambda _: None) == []
    assert "".join(as_text([], "from a to b")).endswith("Nothing that is exported changed.\n")


def test_a_record_that_todays_schema_refuses_is_compared_all_the_same() -> None:
    def spoil(values: dict[str, Any]) -> None:
        values[STUDY] |= {"outcomes": "none", "waivers": [{"at": 1}], "claims": [{"id": "x"}]}

    assert {change.verb for change in told(spoil)} >= {"withdrawn", "added"}


# The command ------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> str:
    call = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def diff(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return called(folder, "diff", *arguments)


def write(folder: Path, values: dict[str, Any]) -> None:
    for path, value in values.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(to_yaml(value))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a corpus with two commits, tagged one and two, in a folder of a repository."""
    root = tmp_path / "repository/corpus"
    values = full_values()
    write(root, values)
    (root / "curate.toml").write_text('[corpus]\nname = "x"\npublish = ["in_review"]\n')
    git(root.parent, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    git(root, "tag", "one")
    values[STUDY]["outcomes"][0]["count"] = 8
    write(root, values)
    git(root, "commit", "-q", "-a", "-m", "two")
    git(root, "tag", "two")
    git(root, "branch", "release")
    return root


TOLD = """\

Results whose numbers changed (1)
  changed: study/full-study#the-outcome: Improved after a second operation
    count: 1 → 8
    claims that rest on it: condition/full-condition#the-claim, procedure/full-procedure#the-claim
"""


def test_two_revisions_are_compared_whatever_the_working_copy_says(corpus: Path) -> None:
    (corpus / STUDY).write_text("broken: [")
    done = diff(corpus, "one", "two")
    assert (done.returncode, done.stderr) == (0, "")
    head, _, rest = done.stdout.partition("\n")
    assert head.startswith("Changes from one (")
    assert rest == TOLD
    assert git(corpus, "status", "--short") == "M records/studies/full-study.yaml"


def test_without_a_second_revision_the_records_as_they_are_now_are_compared(corpus: Path) -> None:
    assert diff(corpus, "two").stdout.endswith("Nothing that is exported changed.\n")
    assert diff(corpus, "one").stdout.endswith(TOLD)


def test_a_bare_repository_is_enough(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    write(top, full_values())
    (top / "curate.toml").write_text('[corpus]\nname = "x"\npublish = ["in_review"]\n')
    git(top, "init", "-q")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "one")
    git(top, "rm", "-q", MEASURE)
    git(top, "commit", "-q", "-m", "two")
    git(tmp_path, "clone", "-q", "--bare", str(top), "bare")
    done = diff(tmp_path / "bare", "HEAD~1", "HEAD")
    assert done.stderr == ""
    assert "withdrawn: measure/full-measure" in done.stdout


def test_markdown_is_for_a_page_and_json_for_programs(corpus: Path) -> None:
    page = diff(corpus, "one", "two", "--output-format", "markdown").stdout
    assert "\n## Results whose numbers changed\n\n- **changed** `study/full-study#the-out" in page
    assert "\n  - count: 1 → 8\n" in page
    whole = json.loads(diff(corpus, "one", "two", "--output-format", "json").stdout)
    assert (whole["before"], whole["after"]) == (
        git(corpus, "rev-parse", "one"),
        git(corpus, "rev-parse", "two"),
    )
    assert whole["changes"][0]["fields"] == [{"name": "count", "before": "1", "after": "8"}]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("relaese",), "git knows no revision `relaese`. Did you mean `release`?"),
        (("one", "--output-format", "xml"), "is not one of"),
        (("--", "--help"), "git knows no revision `--help`."),
    ],
)
def test_a_wrong_call_is_answered_in_one_sentence(
    corpus: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = diff(corpus, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_git_it_says_so(tmp_path: Path) -> None:
    done = diff(tmp_path, "HEAD")
    assert done.returncode == 2
    assert done.stderr.startswith("curate: git rev-parse: fatal: not a git repository")
