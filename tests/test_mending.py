"""What was likely meant is written on request only, and only where nothing is worse for it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.canonical.comments import comments
from curate.cli import main
from curate.config import Config
from curate.document import Document
from curate.finding import Severity
from curate.kinds import FOLDERS, KINDS
from curate.mending import Mending, mend
from curate.rules import all_rules
from curate.source import Source
from curate.workspace import Workspace
from examples import guessed_pairs
from full_corpus import to_yaml
from generated import spoilt
from untidy import records

many = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
CONFIG = Config(name="test", publish=("in_review",))
STUDY = "records/studies/a-2019.yaml"
CONDITION = "records/conditions/dystonia.yaml"
PROCEDURE = "records/procedures/thalamotomy.yaml"
DYSTONIA = "id: dystonia\ntitle: Dystonia\nstatus: in_review\n"
MENTION = "id: thalamotomy\ntitle: Thalamotomy\nstatus: in_review\nconditions:\n  - {}  # why\n"


def made(*, guesses: bool = True, **files: str) -> Mending:
    """Mend files, named by the last word of their path."""
    paths = {path.rsplit("/", 1)[1].split(".")[0].split("-")[0]: path for path in ALL}
    texts = {paths[name]: text.encode() for name, text in files.items()}
    sources = [Source(path, data) for path, data in sorted(texts.items())]
    return mend(Workspace(sources, CONFIG), texts, guesses=guesses)


GUESSABLE = {rule.name for rule in all_rules() if guessed_pairs(rule.doc)}
ALL = (STUDY, CONDITION, PROCEDURE)


def text_of(mending: Mending, path: str) -> str | None:
    found = [file.new.decode() for file in mending.files if file.path == path]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("field", "written", "guessed"),
    [
        ("follow_up", "six months", "6 mo"),
        ("follow_up", "6 m", "6 mo"),
        ("follow_up", "at last follow-up", "study"),
        ("count", "seven", "7"),
        ("count", '"7"', "7"),
        ("count", "7 patients", "7"),
        ("count", "7.0", "7"),
        ("mean", '"0,5"', "0.5"),
        ("quantity", "valeu", "value"),
        ("unit", "points", None),
    ],
)
def test_the_one_thing_that_was_likely_meant_is_written(
    field: str, written: str, guessed: str | None
) -> None:
    text = "id: a-2019\noutcomes:\n  - id: b\n    {}: {}  # as is\n"
    mending = made(a=text.format(field, written))
    expected = None if guessed is None else text.format(field, guessed)
    assert text_of(mending, STUDY) == expected
    assert made(a=text.format(field, written), guesses=False).files == ()


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("mean", '"1,234"'),
        ("count", "7/9"),
        ("count", "5-7"),
        ("mean", "25.4 mo"),
        ("count", "some"),
        ("follow_up", "soon"),
        ("quantity", "percentage"),
        ("hedge", "<"),
        ("count", "[7]"),
        ("derived", "percent, count"),
    ],
)
def test_what_could_be_several_things_is_not_guessed(field: str, written: str) -> None:
    text = "id: a-2019\noutcomes:\n  - id: b\n    {}: {}\n"
    assert made(a=text.format(field, written)).files == ()


@pytest.mark.parametrize("written", ["21.11.2026", "21/11/2026", "11/21/2026"])
def test_a_date_in_another_order_is_a_guess(written: str) -> None:
    text = "id: a-2019\nconduct:\n  start: {}\n"
    mending = made(a=text.format(written))
    assert text_of(mending, STUDY) == text.format('"2026-11-21"')


def test_a_date_that_two_orders_fit_is_not_guessed() -> None:
    assert made(a="id: a-2019\nconduct:\n  start: 03/04/2026\n").files == ()


@pytest.mark.parametrize("written", ["distonia", "Dystonia", "dystonai"])
def test_a_misspelt_id_becomes_the_one_record_that_it_is_near(written: str) -> None:
    mending = made(dystonia=DYSTONIA, thalamotomy=MENTION.format(written))
    assert text_of(mending, PROCEDURE) == MENTION.format("dystonia")
    assert mending.guesses == 1


def test_an_id_that_names_nothing_once_mended_is_left() -> None:
    text = MENTION.format("Focal hand dystonia")
    assert made(dystonia=DYSTONIA, thalamotomy=text).files == ()


def test_a_figure_in_an_id_is_never_guessed() -> None:
    study = "id: a-2019\ntitle: x\nstatus: in_review\npmid: 1\ndesign: cohort\n"
    study += "adverse_events_reported: not-reported\noverlaps:\n  - {}\n"
    other = study.format("a-2018").replace("overlaps:\n  - a-2018\n", "")
    assert made(a=other).files == ()
    assert made(a=study.format("a-2018")).files == ()


def test_of_several_guesses_those_that_are_sound_are_kept() -> None:
    text = "id: thalamotomy\ntitle: Thalamotomy\nstatus: in_review\nconditions:\n"
    before = f"{text}  - distonia\n  - dystonai\n  - tremr\n"
    mending = made(dystonia=DYSTONIA, thalamotomy=before)
    # Both are the same condition: the second would be listed twice.
    assert text_of(mending, PROCEDURE) == f"{text}  - dystonia\n  - dystonai\n  - tremr\n"
    assert mending.guesses == 1


def test_a_fix_that_would_leave_a_readable_record_with_a_new_finding_is_taken_back() -> None:
    text = "id: dystonia\ntitle: Dystonia\nstatus: in_review\nsynonyms:\n  - FHD\n  - ' FHD'\n"
    mending = made(dystonia=text)
    assert mending.files == ()
    assert mending.fixes == 0
    assert [found.name for found in mending.report.findings] == ["padded-text"]


def test_a_guess_shows_what_is_safe_behind_it() -> None:
    before = "id: dystonia\ntitel: Dystonia\nStatus: In Review\n"
    mending = made(dystonia=before)
    assert text_of(mending, CONDITION) == DYSTONIA
    assert (mending.fixes, mending.guesses) == (2, 1)


def test_a_guess_in_a_file_that_cannot_be_read_is_left() -> None:
    assert made(dystonia="id: dystonia\ntitel: [half\n").files == ()


@pytest.mark.parametrize("kind", KINDS)
def test_mending_a_spoilt_record_loses_no_value_and_ends(kind: str) -> None:
    @many
    @given(spoilt(kind))
    def run(value: Any) -> None:
        path = f"records/{KINDS[kind].folder}/a.yaml"
        lines = to_yaml(value).decode().splitlines()
        _judge(path, "".join(f"{line}\n" for line in ["# above", *lines, "# below"]).encode())

    run()


@many
@given(records(), st.sampled_from(sorted(FOLDERS)))
def test_mending_an_untidy_file_loses_no_comment_and_ends(text: str, folder: str) -> None:
    _judge(f"records/{folder}/a.yaml", text.encode("utf-8", "replace"))


def _judge(path: str, data: bytes) -> None:
    for guesses in (False, True):
        mending = mend(Workspace([Source(path, data)], CONFIG), {path: data}, guesses=guesses)
        new = mending.files[0].new if mending.files else data
        again = mend(Workspace([Source(path, new)], CONFIG), {path: new}, guesses=guesses)
        assert again.files == ()
        assert bool(mending.files) is bool(mending.fixes + mending.guesses)
        old, after = Document(path, data), Document(path, new)
        assert [one.text for one in comments(after)] == [one.text for one in comments(old)]
        assert count(after.value) == count(old.value)
        errors = [one.name for one in mending.report.findings if one.severity is Severity.ERROR]
        assert again.report.findings == mending.report.findings
        assert errors or after.value is not None
        offered = {found.name for found in mending.report.findings if found.fix == "unsafe"}
        assert offered <= GUESSABLE


def count(value: Any) -> int:
    """Count the values that a record holds."""
    if isinstance(value, dict | list):
        return sum(map(count, value.values() if isinstance(value, dict) else value))
    return 1


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # What is mended is told from what is tidied by its layout.
    settings = '[corpus]\nname = "test"\ntidy = false\n'
    (tmp_path / "curate.toml").write_text(settings, encoding="utf-8")
    for path, text in ((CONDITION, DYSTONIA), (PROCEDURE, MENTION.format("distonia"))):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_guess_is_written_on_request_only(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate"]) == 1
    assert capsys.readouterr().out.endswith(
        "\n1 can be fixed by a guess, with --fix --unsafe-fixes\n"
    )
    assert main(["validate", "--fix"]) == 1
    assert (corpus / PROCEDURE).read_text(encoding="utf-8") == MENTION.format("distonia")
    capsys.readouterr()
    assert main(["validate", "--fix", "--unsafe-fixes"]) == 0
    assert (corpus / PROCEDURE).read_text(encoding="utf-8") == MENTION.format("dystonia")
    assert "fixed 0, and 1 by a guess: read what changed\n" in capsys.readouterr().out


def test_a_diff_shows_guesses_on_request(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--diff"]) == 1
    assert capsys.readouterr().out == ""
    assert main(["validate", "--diff", "--unsafe-fixes"]) == 1
    said = capsys.readouterr()
    assert "-  - distonia  # why\n+  - dystonia  # why\n" in said.out
    assert said.err.endswith("0 can be fixed with --fix, 1 more with --fix --unsafe-fixes\n")
    assert (corpus / PROCEDURE).read_text(encoding="utf-8") == MENTION.format("distonia")


@pytest.mark.usefixtures("corpus")
def test_guesses_alone_leave_open_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--unsafe-fixes"]) == 2
    assert "goes with --fix" in capsys.readouterr().err
