"""`curate validate --fix` leaves records in order and laid out, and saying what they said."""

import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import curate.canonical
import curate.mending
from curate.canonical import canonical, hindrances
from curate.canonical.already import is_laid_out
from curate.canonical.comments import comments
from curate.canonical.layout import lay_out
from curate.cli import main
from curate.config import Config
from curate.document import Document
from curate.field_order import in_order
from curate.kinds import FOLDERS, KINDS
from curate.mending import Mending, mend
from curate.source import Source
from curate.tidy import tidied
from curate.workspace import Workspace
from full_corpus import full_values, to_yaml
from generated import spoilt
from untidy import records

many = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
CONFIG = Config(name="test", publish=("in_review",))
CONDITION = "records/conditions/dystonia.yaml"
UNTIDY = """\
# yaml-language-server: $schema=../../schemas/condition.schema.json
title:   'Dystonia'   # as printed

# what it is also called
synonyms: [FHD,
  "Writer's cramp"]


status: In Review
Id: dystonia
"""
TIDY = """\
# yaml-language-server: $schema=../../schemas/condition.schema.json
id: dystonia
title: "Dystonia" # as printed

status: in_review

# what it is also called
synonyms:
  - FHD
  - Writer's cramp
"""


def mended(path: str, data: bytes, *, tidy: bool = True, guesses: bool = False) -> Mending:
    workspace = Workspace([Source(path, data)], CONFIG)
    return mend(workspace, {path: data}, guesses=guesses, tidy=tidy)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "curate.toml").write_text('[corpus]\nname = "test"\n', encoding="utf-8")
    (tmp_path / CONDITION).parent.mkdir(parents=True)
    (tmp_path / CONDITION).write_text(UNTIDY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_record_is_mended_sorted_and_laid_out_in_one_call(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--fix"]) == 0
    assert (corpus / CONDITION).read_text(encoding="utf-8") == TIDY
    assert capsys.readouterr().out.endswith("fixed 2, tidied 1 record\n")
    assert main(["format", "--sort", "--check"]) == 0
    capsys.readouterr()
    assert main(["validate", "--fix"]) == 0
    assert capsys.readouterr().out.endswith("\nfixed 0\n")
    assert (corpus / CONDITION).read_text(encoding="utf-8") == TIDY


def test_a_record_is_looked_at_once_for_its_layout(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bytes] = []

    def look(path: str, data: bytes) -> bytes:
        looked.append(data)
        return tidied(path, data)

    monkeypatch.setattr(curate.mending, "tidied", look)
    assert main(["validate", "--fix"]) == 0
    assert len(looked) == len(set(looked)) == 1
    assert (corpus / CONDITION).read_text(encoding="utf-8") == TIDY


def test_a_diff_shows_what_would_be_tidied_and_writes_nothing(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / CONDITION).write_text(TIDY.replace(": in", ":   in"), encoding="utf-8")
    assert main(["validate", "--diff"]) == 0
    said = capsys.readouterr()
    assert "-status:   in_review\n+status: in_review\n" in said.out
    assert said.err.endswith(", 0 can be fixed with --fix, 1 record would be tidied\n")
    assert ":   in" in (corpus / CONDITION).read_text(encoding="utf-8")


def test_order_and_layout_are_no_finding(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = UNTIDY.replace("Id", "id").replace("In Review", "in_review")
    (corpus / CONDITION).write_text(text, encoding="utf-8")
    assert main(["validate"]) == 0
    assert capsys.readouterr().out == "checked 1 record, 0 errors\n"


def test_a_corpus_may_keep_its_own_order_and_layout(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (corpus / "curate.toml").open("a", encoding="utf-8") as file:
        file.write("tidy = false\n")
    assert main(["validate", "--fix"]) == 0
    text = UNTIDY.replace("Id", "id").replace("In Review", "in_review")
    assert (corpus / CONDITION).read_text(encoding="utf-8") == text
    assert capsys.readouterr().out.endswith("\nfixed 2\n")


def test_only_what_is_named_is_tidied(corpus: Path) -> None:
    other = corpus / "records/conditions/tremor.yaml"
    other.write_text("title:  Tremor\nid: tremor\nstatus: in_review\n", encoding="utf-8")
    assert main(["validate", "--fix", CONDITION]) == 0
    assert other.read_text(encoding="utf-8").startswith("title:  Tremor\n")
    assert (corpus / CONDITION).read_text(encoding="utf-8") == TIDY


def test_what_laying_out_brings_to_light_is_mended_too(corpus: Path) -> None:
    text = TIDY.replace("synonyms:\n  - FHD\n  - Writer's cramp", "synonyms:\n  FHD")
    (corpus / CONDITION).write_text(text, encoding="utf-8")
    assert main(["validate", "--fix"]) == 0
    assert (corpus / CONDITION).read_text(encoding="utf-8") == (
        TIDY.replace("  - Writer's cramp\n", "")
    )


@pytest.mark.parametrize("path", [CONDITION, "records/stray.yaml", "records/notes.txt"])
@pytest.mark.parametrize(
    "text",
    ["title: [half\nid: a\n", "a: &x 1\nid: *x\n", "- id\n", "", "id: a\nid: a\n", "a: \x00"],
)
def test_what_cannot_be_read_right_is_left_as_it_is(path: str, text: str) -> None:
    assert tidied(path, text.encode()) == text.encode()


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"title: \xff\nid: a\n", "title: \ud800".encode("utf-8", "surrogatepass")]
)
def test_bytes_that_are_no_text_are_left_as_they_are(data: bytes) -> None:
    assert tidied(CONDITION, data) == data


def test_a_draft_is_tidied_as_far_as_it_is_written(corpus: Path) -> None:
    (corpus / CONDITION).write_text("status: draft\ntitle:\nid: dystonia\n", encoding="utf-8")
    assert main(["validate", "--fix"]) == 1
    text = (corpus / CONDITION).read_text(encoding="utf-8")
    assert text == "id: dystonia\ntitle:\nstatus: draft\n"


def test_a_layout_that_would_change_the_record_is_not_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(curate.canonical, "lay_out", lambda _: "id: another\n")
    assert tidied(CONDITION, UNTIDY.encode()) == UNTIDY.encode()


@many
@given(records(), st.sampled_from(sorted(FOLDERS)))
@example('pmids: "e\u0301"\n', "studies")
def test_tidying_any_text_loses_nothing_and_is_done_once(text: str, folder: str) -> None:
    _judge(f"records/{folder}/a.yaml", text.encode("utf-8", "replace"))


@pytest.mark.parametrize("kind", KINDS)
def test_after_mending_a_spoilt_record_nothing_more_is_fixable(kind: str) -> None:
    @many
    @given(spoilt(kind), st.randoms(use_true_random=False))
    def run(value: Any, random: Any) -> None:
        lines = to_yaml(_shuffled(value, random)).decode().splitlines()
        text = "".join(f"{line}\n" for line in ["# above", *lines, "# below"])
        _judge(f"records/{KINDS[kind].folder}/a.yaml", text.encode())

    run()


def _shuffled(value: Any, random: Any) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: _shuffled(value[key], random) for key in keys}
    return [_shuffled(item, random) for item in value] if isinstance(value, list) else value


def _judge(path: str, data: bytes) -> None:
    kind = FOLDERS[path.split("/")[1]]
    # What is said once all is mended, whatever the layout.
    plain = mended(path, data, tidy=False)
    mending = mended(path, data)
    new = mending.files[0].new if mending.files else data
    assert mended(path, new).files == ()
    untidied = Document(path, plain.files[0].new if plain.files else data)
    document = Document(path, new)
    if mending.fixes == plain.fixes:
        assert _composed(document.value) == _composed(untidied.value)
    said = [Counter(one.text for one in comments(each)) for each in (document, untidied)]
    assert said[0] == said[1]
    assert mending.fixes >= plain.fixes
    fixable = {found.name for found in mending.report.findings if found.fix == "safe"}
    assert fixable <= {found.name for found in plain.report.findings if found.fix == "safe"}
    if not hindrances(document):
        assert in_order(kind, document) == document.text


def _composed(value: Any) -> Any:
    """Return a value with each accent and its letter as one: so a layout writes them."""
    if isinstance(value, dict):
        return {key: _composed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_composed(item) for item in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


@many
@given(records())
def test_what_is_taken_for_laid_out_at_a_glance_is(text: str) -> None:
    for each in (text, _laid_out(text)):
        document = Document("x", each.encode("utf-8", "surrogatepass"))
        if not hindrances(document) and is_laid_out(document):
            assert lay_out(document) == document.text


def _laid_out(text: str) -> str:
    document = Document("x", text.encode("utf-8", "surrogatepass"))
    return text if hindrances(document) else canonical(document)


@pytest.mark.parametrize("path", full_values())
def test_a_record_that_is_laid_out_is_known_at_a_glance(path: str) -> None:
    text = f"# a line\n\n# another\n{canonical(Document(path, to_yaml(full_values()[path])))}"
    assert is_laid_out(Document(path, text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        *("id:  a\n", "id: a \n", "id: a", "\nid: a\n", "id: a\n\n", "id: a\n\n\ntitle: b\n"),
        *("id: 'a'\n", "id: a # b\n", "# a \nid: a\n", "# a\n\n\nid: a\n", "id: a\r\n"),
        *("a:\n- b\n", "a:\n\n  - b\n", "a: [b]\n", "a: |\n  b\n", "a:\n", "a: null\n", "a: no\n"),
        *("id: A\u0301\n", "# A\u0301\nid: a\n", "id: a\n# end\n", "a: |\n  b\n  c\n"),
    ],
)
def test_a_glance_does_not_overlook_what_is_laid_out_otherwise(text: str) -> None:
    assert not is_laid_out(Document("x", text.encode()))


def test_a_text_that_is_no_record_is_not_laid_out() -> None:
    assert not is_laid_out(Document("x", b""))


def test_the_shipped_records_are_tidy() -> None:
    root = Path(__file__).parent.parent
    for path in sorted((root / "records").rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        assert tidied(name, path.read_bytes()) == path.read_bytes()


def test_a_new_corpus_is_tidy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "new")]) == 0
    monkeypatch.chdir(tmp_path / "new")
    capsys.readouterr()
    assert main(["validate", "--diff"]) == 0
    assert capsys.readouterr().out == ""
