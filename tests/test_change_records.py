"""`curate rename` and `curate remove` leave no mention behind, and nothing half done."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from curate.cli import main
from curate.disk import move_file, write_file, write_together
from curate.disk.write_together import Change
from curate.refusal import Refusal

SHIPPED = Path(__file__).parent.parent
OLD = "records/studies/horisawa-2019.yaml"
NEW = "records/studies/horisawa-2018.yaml"
RENAME = ["rename", "study", "horisawa-2019", "horisawa-2018"]


def texts(root: Path) -> dict[str, bytes]:
    files = (path for path in (root / "records").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


STUDY = """\
id: {id}  # kept
title: What {id} found
status: in_review
pmid: {pmid}
design: cohort
groups:
  - id: all
    label: All of horisawa-2019
    enrolled: 20
outcomes:
  - id: relief
    title: Relief
    group: all
    follow_up: 12 mo
    count: 7
adverse_events_reported: not-reported
overlaps:
  - {other}
waivers:
  - rule: outcome-without-denominator
    at: outcomes.relief
    reason: The abstract of horisawa-2019 does not print it.
    by: editors
    date: "2026-11-22"
"""
SEEDS = """\
[[document]]
id = "001"
[[document.claim]]
to = ["studies/horisawa-2019", "studies/horisawa-2019#relief"]
how = "As horisawa-2019 has it."
"""
IDS = ("horisawa-2019", "bond-2017", "cohen-2006", "elias-2016")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a corpus in which three studies and the companion speak of one."""
    root = tmp_path / "corpus"
    (root / "records/studies").mkdir(parents=True)
    (root / "curate.toml").write_text('[corpus]\nname = "test"\n', encoding="utf-8")
    (root / "records/seeds.toml").write_text(SEEDS, encoding="utf-8")
    for number, id_ in enumerate(IDS, 1):
        other = "bond-2017" if id_ == IDS[0] else IDS[0]
        text = STUDY.format(id=id_, pmid=number, other=other)
        (root / f"records/studies/{id_}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the corpus that is shipped."""
    root = tmp_path / "shipped"
    shutil.copytree(SHIPPED / "records", root / "records")
    shutil.copy(SHIPPED / "curate.toml", root)
    monkeypatch.chdir(root)
    return root


def git(*arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def saved(corpus: Path) -> Path:
    """Return a corpus that git holds."""
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "All of it")
    return corpus


def test_a_rename_changes_file_and_id_and_all_that_speaks_of_it_and_nothing_else(
    shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(shipped)
    assert main(RENAME) == 0
    said = capsys.readouterr().out
    after = texts(shipped)
    assert set(after) == set(before) - {OLD} | {NEW}
    renamed = {
        path: text
        if path.endswith(".md")
        else re.sub(rb"\bhorisawa-2019\b", b"horisawa-2018", text)
        for path, text in before.items()
    }
    assert after == {(NEW if path == OLD else path): text for path, text in renamed.items()}
    changed = sum(renamed[path] != before[path] for path in renamed) - len(["seeds.toml"])
    assert re.match(rf"renamed horisawa-2019 to horisawa-2018: [0-9]+ places in {changed} ", said)
    assert f"{OLD} is now {NEW}\n" in said
    assert main(["rename", "study", "horisawa-2018", "horisawa-2019"]) == 0
    assert texts(shipped) == before


def test_a_word_that_is_no_mention_stays(corpus: Path) -> None:
    assert main(RENAME) == 0
    for path, text in texts(corpus).items():
        left = [line for line in text.splitlines() if b"horisawa-2019" in line]
        if path == "records/seeds.toml":
            assert left == [b'how = "As horisawa-2019 has it."']
        else:
            assert all(re.match(rb" *(title|label|reason):", line) for line in left)


def test_a_part_of_a_record_is_renamed_in_waivers_and_claims_too(shipped: Path) -> None:
    before = texts(shipped)
    assert main(["rename", "study", "horisawa-2019#score-12-mo", "score-1-a"]) == 0
    after = texts(shipped)
    assert set(after) == set(before)
    left = [path for path, text in after.items() if b"horisawa-2019#score-12-mo" in text]
    assert left == ["records/README.md"]
    assert b"outcomes.score-1-a" in after[OLD]
    assert b'"studies/horisawa-2019#score-1-a"' in after["records/seeds.toml"]


def test_a_part_may_be_named_in_full_in_both_ids(corpus: Path) -> None:
    call = ["rename", "study", "horisawa-2019#relief", "horisawa-2019#better"]
    assert main(call) == 0
    text = (corpus / OLD).read_text(encoding="utf-8")
    assert "  - id: better\n" in text
    assert "    at: outcomes.better\n" in text
    assert "studies/horisawa-2019#better" in (corpus / "records/seeds.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["study", "horisawa-2019", "bond-2017"], "There is a study `bond-2017` already"),
        (["study", "horisawa-2019", "horisawa-2019"], "called `horisawa-2019` already"),
        (["study", "horisawa-2019", "Horisawa 2019"], "lower-case words"),
        (["study", "horisawa-2019", "con"], "Windows"),
        (["study", "horisawa-2091", "x"], "Did you mean `horisawa-2019`?"),
        (["stdy", "horisawa-2019", "x"], "Did you mean `study`?"),
        (["study", "horisawa-2019#relief", "Relief"], "lower-case words"),
        (["study", "horisawa-2019#releif", "x"], "Did you mean `relief`?"),
        (["reference", "pmid-1", "pmid-2"], "There is no reference `pmid-1`"),
    ],
)
def test_a_rename_that_would_lose_something_is_refused(
    corpus: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(corpus)
    assert main(["rename", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert texts(corpus) == before


def test_a_rename_is_refused_while_a_file_that_names_the_record_cannot_be_read(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = corpus / "records/studies/broken.yaml"
    path.write_bytes(b"id: broken\ntitle: [half of horisawa-2019\n")
    before = texts(corpus)
    assert main(RENAME) == 2
    assert "broken.yaml cannot be read" in capsys.readouterr().err
    assert texts(corpus) == before


def test_a_diff_shows_the_rename_and_writes_nothing(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(corpus)
    assert main([*RENAME, "--diff"]) == 1
    said = capsys.readouterr().out
    assert "-id: horisawa-2019  # kept\n+id: horisawa-2018  # kept\n" in said
    assert "--- a/records/seeds.toml" in said
    assert said.endswith(f"rename from {OLD}\nrename to {NEW}\n")
    assert texts(corpus) == before


def test_a_byte_order_mark_and_a_quoted_id_stay(corpus: Path) -> None:
    path = corpus / "records/studies/bond-2017.yaml"
    text = path.read_bytes().replace(b"- horisawa-2019", b"- 'horisawa-2019'")
    path.write_bytes(b"\xef\xbb\xbf" + text)
    assert main(RENAME) == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid: bond-2017")
    assert b"- 'horisawa-2018'" in path.read_bytes()


def test_a_corpus_that_began_from_nothing_is_renamed_too(corpus: Path) -> None:
    (corpus / "records/seeds.toml").unlink()
    assert main(RENAME) == 0
    assert (corpus / NEW).is_file()


def test_a_companion_that_cannot_be_read_is_not_passed_over(corpus: Path) -> None:
    (corpus / "records/seeds.toml").write_bytes(b"\xff")
    before = texts(corpus)
    assert main(RENAME) == 2
    assert texts(corpus) == before


def complete(root: Path, before: dict[str, bytes]) -> bool:
    """Tell whether all is as it was, or all renamed."""
    now = texts(root)
    spoken = re.compile(rb"(id: |- |studies/)horisawa-2019")
    return now == before or (
        OLD not in now and not any(spoken.search(text) for text in now.values())
    )


@pytest.mark.parametrize("number", range(1, 6))
def test_an_interrupt_leaves_all_as_it_was(
    corpus: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(corpus)
    monkeypatch.setattr(write_together, "replace_file", _after(number, _interrupt))
    assert main(RENAME) == 130
    monkeypatch.undo()
    monkeypatch.chdir(corpus)
    assert texts(corpus) == before
    assert main(RENAME) == 0
    assert complete(corpus, before)


def test_a_move_that_fails_leaves_all_as_it_was(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(corpus)

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(move_file, "sync_folder", full)
    monkeypatch.setattr(move_file.Path, "rename", lambda *_: full(corpus))
    assert main(RENAME) == 2
    assert texts(corpus) == before


@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_leaves_what_the_same_call_completes(
    corpus: Path, number: int, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(corpus)
    child = os.fork()
    if child == 0:  # pragma: no cover - killed before it could tell
        killing = _after(number, _kill, first=when == "after")
        monkeypatch.setattr(write_together, "replace_file", killing)
        main(RENAME)
        os._exit(0)
    os.waitpid(child, 0)
    for path, text in texts(corpus).items():
        assert text == before.get(path) or b"horisawa-2018" in text
    if (corpus / OLD).exists():
        assert main(RENAME) == 0
    assert complete(corpus, before)
    assert NEW in texts(corpus)


def test_a_kill_between_the_last_text_and_the_move_is_completed_by_the_same_call(
    corpus: Path,
) -> None:
    before = texts(corpus)
    assert main(RENAME) == 0
    (corpus / NEW).rename(corpus / OLD)
    assert main(RENAME) == 0
    assert complete(corpus, before)


def _after(number: int, end: Callable[[], None], *, first: bool = True) -> Callable[..., None]:
    """Return a `replace_file` that ends the process at its nth call, once it was done or before."""
    left = number

    def replace(path: Path, old: bytes, new: bytes) -> None:
        nonlocal left
        left -= 1
        if left == 0 and not first:
            end()
        write_file.replace_file(path, old, new)
        if left == 0 and first:
            end()

    return replace


def _interrupt() -> None:
    raise KeyboardInterrupt


def _kill() -> None:  # pragma: no cover - ends the process
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_somebody_changed_meanwhile_is_not_undone(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"old")
    other.write_bytes(b"changed since")

    def finish() -> None:
        raise AssertionError

    with pytest.raises(Refusal, match="was changed"):
        write_together.write_together(
            [Change(one, b"old", b"new"), Change(other, b"old", b"new")], finish
        )
    assert (one.read_bytes(), other.read_bytes()) == (b"old", b"changed since")


def test_a_file_is_never_moved_onto_another(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "new").write_bytes(b"new")
    with pytest.raises(Refusal, match="exists already"):
        move_file.move_file(tmp_path / "old", tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"new"


def test_a_record_that_others_speak_of_stays_and_the_places_are_listed(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(saved)
    assert main(["remove", "study", "horisawa-2019"]) == 1
    said = capsys.readouterr().out
    assert texts(saved) == before
    listed = re.findall(r"^  (\S+?):([0-9]+): (.*)$", said, re.MULTILINE)
    for path, line, text in listed:
        row = (saved / path).read_text(encoding="utf-8").split("\n")[int(line) - 1]
        assert row.strip() == text
        assert "horisawa-2019" in row
    assert {path for path, _, _ in listed} == set(before) - {OLD}
    assert "4 other records speak of study horisawa-2019\n" in said


def test_a_reference_that_is_cited_stays(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "reference", "--pmid", "1"]) == 0
    capsys.readouterr()
    assert main(["remove", "reference", "pmid-1"]) == 1
    said = capsys.readouterr().out
    assert f"another record speaks of reference pmid-1\n  {OLD}:4: pmid: 1\n" in said
    assert (saved / "records/references/pmid-1.yaml").is_file()


def test_that_a_notice_names_a_paper_keeps_no_reference(saved: Path) -> None:
    assert main(["new", "reference", "--pmid", "11"]) == 0
    assert main(["new", "reference", "--pmid", "12"]) == 0
    path = saved / "records/references/pmid-12.yaml"
    text = path.read_text("utf-8") + "notices:\n  - type: erratum\n    pmid: 11\n"
    path.write_text(text, encoding="utf-8")
    assert main(["remove", "reference", "pmid-11", "--force"]) == 0
    assert not (saved / "records/references/pmid-11.yaml").exists()


def test_a_record_that_nothing_speaks_of_is_deleted(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "condition", "unused"]) == 0
    git("add", ".")
    git("commit", "-q", "-m", "One more")
    before = texts(saved)
    capsys.readouterr()
    assert main(["remove", "condition", "unused"]) == 0
    assert capsys.readouterr().out == "deleted records/conditions/unused.yaml\n"
    assert set(before) - set(texts(saved)) == {"records/conditions/unused.yaml"}


@pytest.mark.parametrize("state", ["new", "changed"])
def test_the_only_copy_of_a_text_is_deleted_by_force_only(
    saved: Path, state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved / "records/conditions/unused.yaml"
    assert main(["new", "condition", "unused"]) == 0
    if state == "changed":
        git("add", ".")
        git("commit", "-q", "-m", "One more")
        path.write_bytes(path.read_bytes() + b"# more\n")
    capsys.readouterr()
    assert main(["remove", "condition", "unused"]) == 2
    assert "git does not hold" in capsys.readouterr().err
    assert path.is_file()
    assert main(["remove", "condition", "unused", "--force"]) == 0
    assert not path.exists()


def test_outside_git_a_record_is_deleted_by_force_only(corpus: Path) -> None:
    assert main(["new", "condition", "unused"]) == 0
    assert main(["remove", "condition", "unused"]) == 2
    assert main(["remove", "condition", "unused", "--force"]) == 0
    assert not (corpus / "records/conditions/unused.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["studi", "x"], "Did you mean `study`?"),
        (["study", "horisawa-2091"], "Did you mean `horisawa-2019`?"),
    ],
)
def test_what_is_not_there_is_not_deleted(
    corpus: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert corpus.is_dir()
    assert main(["remove", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_nothing_is_deleted_while_a_file_that_may_speak_of_it_cannot_be_read(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "condition", "unused"]) == 0
    path = saved / "records/studies/broken.yaml"
    path.write_bytes(b"id: broken\nconditions: [unused\n")
    assert main(["remove", "condition", "unused", "--force"]) == 2
    assert "broken.yaml cannot be read" in capsys.readouterr().err


def test_a_file_that_cannot_be_deleted_is_said(
    saved: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "condition", "unused"]) == 0

    def refuse(_: Path) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(move_file.Path, "unlink", refuse)
    assert main(["remove", "condition", "unused", "--force"]) == 2
    assert "Read-only file system" in capsys.readouterr().err
    assert (saved / "records/conditions/unused.yaml").is_file()
