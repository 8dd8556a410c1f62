"""`curate new` asks in a terminal for what it needs, and takes from a reference what it knows."""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from curate.cli import main
from curate.document import Document
from terminal import Terminal

SCAFFOLD = Path(__file__).parent.parent / "src/curate/scaffold/records"
REFERENCE = "records/references/pmid-30587520.yaml"
STUDY = "records/studies/horisawa-2019.yaml"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a corpus with one reference and no study."""
    root = tmp_path / "corpus"
    (root / "records/references").mkdir(parents=True)
    shutil.copy(SCAFFOLD / "references/pmid-30587520.yaml", root / REFERENCE)
    with (root / REFERENCE).open("a", encoding="utf-8") as stream:
        stream.write("registrations:\n  - NCT00196911\n  - UMIN000012345\n")
    (root / "curate.toml").write_text('[corpus]\nname = "test"\n', encoding="utf-8")
    monkeypatch.chdir(root)
    return root


def value(root: Path, path: str = STUDY) -> dict[str, object]:
    found = Document(path, (root / path).read_bytes()).value
    assert found is not None
    return found


def test_a_study_takes_from_its_reference_what_that_knows_and_nothing_else(
    corpus: Path, capsys: Said
) -> None:
    assert main(["new", "study", "--pmid", "30587520"]) == 0
    reference = value(corpus, REFERENCE)
    assert value(corpus) == {
        "id": "horisawa-2019",
        "title": reference["title"],
        "status": "draft",
        "pmid": 30587520,
        "doi": reference["doi"],
        "pmcid": reference["pmcid"],
        "registrations": ["NCT00196911"],
        "design": "not-stated",
        "adverse_events_reported": "not-reported",
    }
    said = capsys.readouterr().out
    assert f"created {STUDY}" in said
    assert re.search(
        r"^Its paper: Horisawa S et al\. Safety .* Neurology 2019\.$", said, re.MULTILINE
    )
    assert main(["format", "--check"]) == 0


def test_what_was_said_comes_before_what_the_reference_knows(corpus: Path) -> None:
    call = ["new", "study", "my-study", "--pmid", "30587520", "--title", "In  my words"]
    assert main(call) == 0
    found = value(corpus, "records/studies/my-study.yaml")
    assert found["title"] == "In my words"
    assert found["doi"] == value(corpus, REFERENCE)["doi"]


def test_without_a_reference_it_is_said_how_to_get_one(corpus: Path, capsys: Said) -> None:
    assert main(["new", "study", "--pmid", "31567325"]) == 2
    said = capsys.readouterr().err
    for way in ("refs fetch 31567325", "refs import FILE", "new reference --pmid 31567325"):
        assert f"`curate {way}`" in said
    assert not (corpus / "records/studies").exists()
    assert main(["new", "study", "some-2020", "--pmid", "31567325"]) == 0
    assert "`curate refs fetch 31567325`" in capsys.readouterr().out
    assert value(corpus, "records/studies/some-2020.yaml")["title"] == "To be written"


@pytest.mark.parametrize(
    ("authors", "year", "name"),
    [
        ("  - van der Berg-Müller A", "year: 2019", "van-der-berg-muller-2019"),
        ("  - HIFU Study Group", "year: 2019", "hifu-study-group-2019"),
        ("  - Cher", "year: 2019", "cher-2019"),
        ("  - Horisawa S", "volume: '1'", None),
        ("", "year: 2019", None),
    ],
)
def test_the_id_is_first_author_and_year(
    corpus: Path, authors: str, year: str, name: str | None
) -> None:
    listed = f"authors:\n{authors}\n" if authors else ""
    text = f"id: pmid-1\ntitle: '{'x' * 401}'\nstatus: in_review\npmid: 1\n{listed}{year}\n"
    path = corpus / "records/references/pmid-1.yaml"
    path.write_text(f"{text}origin: by-hand\n", encoding="utf-8")
    assert main(["new", "study", "--pmid", "1"]) == (2 if name is None else 0)
    if name is not None:
        # A title longer than a study's may be is left to the editor.
        assert value(corpus, f"records/studies/{name}.yaml")["title"] == "To be written"


def test_an_id_that_is_taken_is_asked_for(corpus: Path, capsys: Said) -> None:
    assert main(["new", "study", "horisawa-2019"]) == 0
    assert main(["new", "study", "--pmid", "30587520"]) == 2
    assert "Give the study an id" in capsys.readouterr().err
    assert len(list((corpus / "records/studies").iterdir())) == 1


def test_a_terminal_is_asked_for_all_that_is_needed(corpus: Path) -> None:
    terminal = Terminal(["new"], corpus)
    terminal.wait_for("Kind (procedure, study, condition, measure, reference): ")
    terminal.type("stdy\n")
    terminal.wait_for("Did you mean `study`?")
    terminal.type("study\n")
    terminal.wait_for("PMID of the paper (Enter where it has none): ")
    terminal.type("PMID 5\n")
    terminal.wait_for("A PMID is a number")
    terminal.type("30587520\n")
    terminal.wait_for("That is: Horisawa S et al.")
    terminal.wait_for("Id, such as horisawa-2019 [horisawa-2019]: ")
    terminal.type("\n")
    terminal.wait_for(f"created {STUDY}")
    assert terminal.end() == 0
    assert value(corpus)["pmid"] == 30587520


def test_a_paper_that_is_not_known_is_said_before_the_id_is_asked(corpus: Path) -> None:
    terminal = Terminal(["new", "study", "--pmid", "31567325"], corpus)
    terminal.wait_for("`curate refs fetch 31567325`")
    terminal.wait_for("Id, such as horisawa-2019: ")
    terminal.type("some-2020\n")
    terminal.wait_for("Title (Enter to write it later): ")
    terminal.type("In my words\n")
    assert terminal.end() == 0
    assert value(corpus, "records/studies/some-2020.yaml")["title"] == "In my words"


def test_an_id_that_cannot_be_is_asked_again(corpus: Path) -> None:
    assert main(["new", "condition", "tremor"]) == 0
    terminal = Terminal(["new", "condition"], corpus)
    terminal.wait_for("Id, such as ventro-oral-thalamotomy: ")
    terminal.type("Focal Dystonia\n")
    terminal.wait_for("cannot be an id")
    terminal.type("tremor\n")
    terminal.wait_for("There is a condition `tremor` already.")
    terminal.type("dystonia\n")
    terminal.wait_for("Title (Enter to write it later): ")
    terminal.type("\n")
    assert terminal.end() == 0
    found = value(corpus, "records/conditions/dystonia.yaml")
    assert found == {"id": "dystonia", "title": "To be written", "status": "draft"}


def test_a_study_without_a_paper_and_a_reference_are_asked_what_they_need(corpus: Path) -> None:
    terminal = Terminal(["new", "study"], corpus)
    terminal.wait_for("none): ")
    terminal.type("\n")
    terminal.wait_for("Id, such as horisawa-2019: ")
    terminal.type("talk-1998\n")
    terminal.wait_for("later): ")
    terminal.type("\n")
    assert terminal.end() == 0
    assert "pmid" not in value(corpus, "records/studies/talk-1998.yaml")
    terminal = Terminal(["new", "reference"], corpus)
    terminal.wait_for("PMID of the paper: ")
    terminal.type("31567325\n")
    terminal.wait_for("later): ")
    terminal.type("\n")
    assert terminal.end() == 0
    assert (corpus / "records/references/pmid-31567325.yaml").is_file()


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_whoever_stops_at_a_question_leaves_nothing(corpus: Path, key: str) -> None:
    before = sorted(corpus.rglob("*"))
    terminal = Terminal(["new", "condition"], corpus)
    terminal.wait_for("Id, such as ventro-oral-thalamotomy: ")
    terminal.type("dystonia\n")
    terminal.wait_for("Title (Enter to write it later): ")
    assert terminal.end(key) == 130
    assert "curate: interrupted" in terminal.said
    assert sorted(corpus.rglob("*")) == before


def test_a_call_that_lacks_nothing_asks_nothing(corpus: Path) -> None:
    for call in (["condition", "tremor"], ["study", "--pmid", "30587520"], ["reference", "pmid-1"]):
        terminal = Terminal(["new", *call], corpus)
        assert terminal.end() == 0
        assert terminal.said.lstrip().startswith("created ")


@pytest.mark.parametrize("call", [[], ["study"], ["reference"], ["condition"]])
def test_without_a_terminal_nothing_is_asked(corpus: Path, call: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "curate", "new", *call],
        cwd=corpus,
        input="study\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TERM": "xterm"},
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


class Typed(io.StringIO):
    """What somebody types, as a terminal gives it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("call", "typed", "path"),
    [
        ([], "stdy\nstudy\nPMID 5\n30587520\n\n", STUDY),
        (["study", "--pmid", "31567325"], "Some 2020\nsome-2020\nIn my words\n", "some-2020"),
        (["study"], "\ntalk-1998\n\n", "records/studies/talk-1998.yaml"),
        (["condition"], "dystonia\n\n", "records/conditions/dystonia.yaml"),
        (["reference"], "31567325\n\n", "records/references/pmid-31567325.yaml"),
    ],
)
def test_what_is_typed_becomes_a_record(
    corpus: Path, call: list[str], typed: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Typed(typed))
    monkeypatch.setattr("sys.stdout", Typed())
    assert main(["new", *call]) == 0
    full = path if path.endswith(".yaml") else f"records/studies/{path}.yaml"
    assert value(corpus, full)["status"] == "draft"


def test_an_id_that_is_taken_is_asked_again(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["new", "condition", "tremor"]) == 0
    monkeypatch.setattr("sys.stdin", Typed("tremor\nother\nMy title\n"))
    monkeypatch.setattr("sys.stdout", Typed())
    assert main(["new", "condition"]) == 0
    assert value(corpus, "records/conditions/other.yaml")["title"] == "My title"
