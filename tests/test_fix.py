"""`curate validate --fix` mends what can only be meant in one way, and touches nothing else."""

import os
import signal
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import curate.fix
import curate.mending
from curate.canonical.comments import comments
from curate.cli import main
from curate.corpus import kind_of
from curate.disk import write_file
from curate.document import Document, Fault
from curate.edits import replaced
from curate.finding import Span
from curate.fix import fix, text_edits
from curate.interpret import interpret
from curate.kinds import FOLDERS, KINDS
from curate.rules import all_rules
from examples import fixed_pairs
from full_corpus import to_yaml
from generated import spoilt
from untidy import records

many = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
STUDY = "records/studies/horisawa-2019.yaml"
CONDITION = "records/conditions/dystonia.yaml"
WRONG = b"# first\nid:   dystonia\nTitle:  dystonia # not [x]\n\n\nstatus: In Review\n"
RIGHT = b"# first\nid:   dystonia\ntitle:  dystonia # not [x]\n\n\nstatus: in_review\n"
FIXABLE = {rule.name for rule in all_rules() if fixed_pairs(rule.doc)}


def faults(path: str, data: bytes) -> tuple[Fault, ...]:
    kind = kind_of(path)
    assert kind is not None
    return interpret(kind, Document(path, data))[1]


def leaves(value: Any) -> Counter[str]:
    """Count what a record says: its values, whatever the fields are called."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return sum(map(leaves, inner), Counter())
    return Counter([repr(value)])


def mended(path: str, text: str) -> str:
    return fix(path, text.encode()).data.decode()


@pytest.mark.parametrize(
    "written",
    [
        *("PMID 30587520", "PMID:30587520", "pmid: 30587520", "'30587520'", "030587520"),
        *("https://pubmed.ncbi.nlm.nih.gov/30587520/", "pubmed.ncbi.nlm.nih.gov/30587520"),
        *("http://www.ncbi.nlm.nih.gov/pubmed/30587520", '"0030587520"'),
    ],
)
def test_a_pmid_becomes_its_number(written: str) -> None:
    text = "id: a\npmid: {}  # the paper\n"
    value = f'"{written}"' if ": " in written else written
    assert mended(STUDY, text.format(value)) == text.format("30587520")


@pytest.mark.parametrize(
    "written",
    [
        *("PMC6345121", "30587520 and 1", "PMID", "0", "https://example.org/30587520", "3058 7520"),
        *("https://pubmed.ncbi.nlm.nih.gov/?term=30587520", "305875201", "٣٠"),
    ],
)
def test_what_may_be_no_pmid_is_left_to_the_person(written: str) -> None:
    text = f'id: a\npmid: "{written}"\n'
    assert mended(STUDY, text) == text


@pytest.mark.parametrize(
    "written",
    [
        *("https://doi.org/10.1212/x(1)", "doi:10.1212/x(1)", "DOI: 10.1212/x(1)"),
        *("http://dx.doi.org/10.1212/x(1)", "doi.org/10.1212/x(1)"),
    ],
)
def test_a_doi_loses_what_stands_before_it(written: str) -> None:
    assert mended(STUDY, f'id: a\ndoi: "{written}"\n') == "id: a\ndoi: 10.1212/x(1)\n"


@pytest.mark.parametrize(
    "written",
    ["https://doi.org/10.1212/x%281%29", "https://doi.org/10.1212/x?a=b", "see 10.1212/x", "10/x"],
)
def test_an_address_that_may_hold_another_doi_is_left_to_the_person(written: str) -> None:
    text = f'id: a\ndoi: "{written}"\n'
    assert mended(STUDY, text) == text


@pytest.mark.parametrize(
    ("field", "written", "fixed"),
    [
        ("follow_up", "12 months", "12 mo"),
        ("follow_up", "12mo", "12 mo"),
        ("follow_up", "1-year", "1 a"),
        ("follow_up", "2.5 Weeks", "2.5 wk"),
        ("percent", "67%", "67"),
        ("percent", "4.30 %", "4.30"),
        ("percent", "67 per cent", "67"),
        ("p", "p<0.001", '"<0.001"'),
        ("p", '"< .05"', '"<0.05"'),
        ("p", "P = .036", "0.036"),
        ("unit", "mm Hg", '"mm[Hg]"'),
        ("derived", "percent", "\n      - percent"),
        ("hedge", "Up To", "up-to"),
        ("title", "2003", '"2003"'),
        ("title", "4.30", '"4.30"'),
    ],
)
def test_the_same_thing_gets_its_one_spelling(field: str, written: str, fixed: str) -> None:
    text = "id: a\noutcomes:\n  - id: b\n    {}: {} # as is\n"
    expected = text.format(field, fixed).replace(": \n", ":\n")
    assert mended(STUDY, text.format(field, written)) == expected


@pytest.mark.parametrize(
    ("field", "written", "fixed"),
    [
        ("published", "2026/11/21", '"2026-11-21"'),
        ("published", "20261121", '"2026-11-21"'),
        ("published", "2026-1-5", '"2026-01-05"'),
        ("published", "21 November 2026", '"2026-11-21"'),
        ("published", "Nov. 21, 2026", '"2026-11-21"'),
        ("published", "November 2026", '"2026-11"'),
        ("pmcid", "pmc 6345121", "PMC6345121"),
        ("pmcid", "https://pmc.ncbi.nlm.nih.gov/articles/PMC6345121/", "PMC6345121"),
        ("review:\n  orcid", "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("authors", "Horisawa S", "\n  - Horisawa S"),
        ("authors", '"Horisawa S" # alone', '\n  - "Horisawa S" # alone'),
    ],
)
def test_dates_and_identifiers_get_their_one_form(field: str, written: str, fixed: str) -> None:
    text = "id: a\n{}: {}\n"
    expected = text.format(field, fixed).replace(": \n", ":\n")
    assert mended("records/references/a.yaml", text.format(field, written)) == expected


@pytest.mark.parametrize(
    ("written", "fixed"),
    [("nct00196911", "NCT00196911"), ("https://clinicaltrials.gov/study/NCT00196911",) * 2],
)
def test_a_registration_gets_its_one_form(written: str, fixed: str) -> None:
    fixed = fixed.rpartition("/")[2]
    text = "id: a\nregistrations:\n  - {}  # of the trial\n"
    # Bare, it would look as if the comment cut the text off.
    assert mended(STUDY, text.format(written)) == text.format(f'"{fixed}"')


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("references", 'id: a\npublished: "03/04/2026"\n'),
        ("references", 'id: a\npublished: "21.11.2026"\n'),
        ("references", "id: a\npublished: 3 marathon 2020\n"),
        ("references", "id: a\npublished: 31 February 2020\n"),
        ("references", "id: a\npmcid: 6345121\n"),
        ("references", "id: a\nauthors: Horisawa S, Ochiai T\n"),
        ("references", "id: a\nauthors:\n  Horisawa S\n"),
        ("references", "{id: a, authors: Horisawa S}\n"),
        ("studies", "id: a\nregistrations:\n  - NCTO0196911\n"),
        ("conditions", "id: a\ntitle: |\n  12 months\n"),
        ("conditions", "id: a\ntitle: |\n  2026/11/21\n"),
    ],
)
def test_what_another_may_have_meant_otherwise_is_left(kind: str, text: str) -> None:
    assert mended(f"records/{kind}/a.yaml", text) == text


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("follow_up", "6 m"),
        ("follow_up", "six months"),
        ("follow_up", "12"),
        ("follow_up", "about 12 months"),
        ("percent", "0,5%"),
        ("percent", "about 67%"),
        ("percent", "120%"),
        ("percent", "67"),
        ("mean", "67%"),
        ("count", "12"),
        ("hedge", "upto-ish"),
    ],
)
def test_what_needs_a_decision_is_left_to_the_person(field: str, written: str) -> None:
    text = f'id: a\noutcomes:\n  - id: b\n    {field}: "{written}"\n'
    assert mended(STUDY, text) == text


@pytest.mark.parametrize(
    "text",
    [
        "id: a\nTitle: x\ntitle: z\n",
        "id: a\nTitle: x\nTITLE: y\n",
        "id: a\nTitel: x\n",
        "id: a\nname: x\n",
        "id: a\ntitle: x\nstatus: done\n",
        "id: a\ntitle: [half\nstatus: In-Review\n",
        "id: a\n{id: a, Title:1}\n",
    ],
)
def test_a_name_that_may_be_another_and_a_file_that_cannot_be_read_are_left(text: str) -> None:
    assert mended(CONDITION, text) == text


def test_a_name_is_not_mended_where_that_would_bring_a_fault_to_light() -> None:
    text = "id: a\ntitle: x\nStatus: finished\n"
    assert mended(CONDITION, text) == text


def test_what_lies_in_a_field_is_mended_once_the_field_has_its_name() -> None:
    outcome = "  - id: b\n    title: x\n    group: all\n    {}\n"
    before = "id: a\nOutcomes:\n" + outcome.format("Follow-Up: 12 months")
    assert mended(STUDY, before) == "id: a\noutcomes:\n" + outcome.format("follow_up: 12 mo")


def test_line_ends_and_accents_are_mended_and_a_byte_order_mark_is_not_ours() -> None:
    data = "\ufeffid: a\r\ntitle: Be\u0301zard\r\n# e\u0301\r\nstatus: draft".encode()
    fixed = fix(CONDITION, data)
    assert fixed.data == "\ufeffid: a\ntitle: Bézard\n# é\nstatus: draft\n".encode()
    assert set(fixed.names) == {"line-ending", "not-nfc"}


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        (r'"Be\u0301zard"', "Bézard"),
        (r'"Be\u0301zard: \"he\""  # kept', "'Bézard: \"he\"'  # kept"),
    ],
)
def test_an_accent_that_is_escaped_is_joined_too(written: str, fixed: str) -> None:
    text = "id: a\ntitle: {}\nstatus: draft\n"
    assert mended(CONDITION, text.format(written)) == text.format(fixed)


def test_a_text_that_would_become_longer_by_its_line_end_keeps_it_off() -> None:
    text = "id: a\ntitle: x\nstatus: draft\nnote: |\n  one"
    fixed = mended(CONDITION, text)
    assert Document(CONDITION, fixed.encode()).value == Document(CONDITION, text.encode()).value


@pytest.mark.parametrize("kind", KINDS)
def test_fixing_a_spoilt_record_loses_nothing_and_adds_no_fault(kind: str) -> None:
    @many
    @given(spoilt(kind))
    def run(value: Any) -> None:
        path = f"records/{KINDS[kind].folder}/a.yaml"
        lines = to_yaml(value).decode().splitlines()
        _judge(path, "".join(f"{line}\n" for line in ["# above", *lines, "# below"]).encode())

    run()


@many
@given(records(), st.sampled_from(sorted(FOLDERS)), st.sampled_from(["\n", "\r\n"]))
def test_fixing_an_untidy_file_loses_nothing_and_adds_no_fault(
    text: str, folder: str, end: str
) -> None:
    _judge(f"records/{folder}/a.yaml", text.replace("\n", end).encode("utf-8", "replace"))


def _judge(path: str, data: bytes) -> None:
    fixed = fix(path, data)
    before, after = Document(path, data), Document(path, fixed.data)
    assert set(fixed.names) <= FIXABLE
    assert (fixed.data == data) is (not fixed.names)
    assert fix(path, fixed.data) == (fixed.data, ())
    if before.value is None:
        assert fixed.data == data
        return
    assert [one.text for one in comments(after)] == [one.text for one in comments(before)]
    changed = sum((leaves(before.value) - leaves(after.value)).values())
    assert changed <= len(fixed.names)
    assert sum(leaves(before.value).values()) == sum(leaves(after.value).values())
    old = {fault.name for fault in faults(path, data)}
    assert {fault.name for fault in faults(path, fixed.data)} <= old
    if "line-ending" not in fixed.names:
        _assert_few_lines_change(data, fixed.data, fixed.names)


def _assert_few_lines_change(old: bytes, new: bytes, names: tuple[str, ...]) -> None:
    before, after = Counter(old.split(b"\n")), Counter(new.split(b"\n"))
    if "not-nfc" not in names and len(old.split(b"\n")) == len(new.split(b"\n")):
        assert sum((before - after).values()) <= len(names)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("id: a\nTitle: x\nstatus: draft\n", "id: a\ntitle: x\nstatus: draft\n"),
        ("id: a\ntitel: x\nstatus: draft\n", "id: a\ntitle: x\nstatus: draft\n"),
        ("id: a\ntitle: x\r\nstatus: draft", "id: a\ntitle: x\nstatus: draft\n"),
        ("id: a\ntitle: x\nstatus: draft\nname: y\nlabel: z\n", None),
    ],
)
def test_an_editor_is_told_what_to_write_where(text: str, fixed: str | None) -> None:
    document = Document(CONDITION, text.encode())
    found = faults(CONDITION, text.encode())
    edits = [edit for fault in found for edit in text_edits(document, fault)]
    assert replaced(text, edits) == (fixed or text)
    assert bool(edits) is (fixed is not None)


def test_a_fault_says_where_its_edit_goes() -> None:
    found = [fault for fault in faults(CONDITION, WRONG) if fault.edit is not None]
    assert len(found) == 2
    assert not any(isinstance(fault.where, Span) for fault in found)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # What is mended is told from what is tidied by its layout.
    settings = '[corpus]\nname = "test"\ntidy = false\n'
    (tmp_path / "curate.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "records/conditions").mkdir(parents=True)
    (tmp_path / CONDITION).write_bytes(WRONG)
    right = RIGHT.replace(b"id:   dystonia", b"id: tremor")
    (tmp_path / "records/conditions/tremor.yaml").write_bytes(right)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_fix_writes_and_reports_what_is_left(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = corpus / "records/conditions/tremor.yaml"
    before = other.stat()
    assert main(["validate", "--fix"]) == 0
    assert (corpus / CONDITION).read_bytes() == RIGHT
    assert capsys.readouterr().out == "checked 2 records, 0 errors\nfixed 2\n"
    assert (other.stat().st_mtime_ns, other.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    done = (corpus / CONDITION).stat()
    assert main(["validate", "--fix"]) == 0
    assert capsys.readouterr().out == "checked 2 records, 0 errors\nfixed 0\n"
    assert (corpus / CONDITION).stat().st_mtime_ns == done.st_mtime_ns


def test_what_cannot_be_fixed_is_still_an_error(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / CONDITION).write_bytes(WRONG + b"colour: red\n")
    assert main(["validate", "--fix", "--output-format", "concise"]) == 1
    assert (corpus / CONDITION).read_bytes() == RIGHT + b"colour: red\n"
    said = capsys.readouterr()
    assert said.out.count("\n") == 1
    assert "unknown-field" in said.out
    assert said.err == "checked 2 records, 1 error, fixed 2\n"


def test_diff_writes_nothing_and_ends_as_the_findings_do(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--diff"]) == 1
    assert (corpus / CONDITION).read_bytes() == WRONG
    said = capsys.readouterr()
    assert said.out.startswith(f"--- a/{CONDITION}\n+++ b/{CONDITION}\n")
    assert [line for line in said.out.splitlines()[2:] if line[0] in "-+"] == [
        "-Title:  dystonia # not [x]",
        "+title:  dystonia # not [x]",
        "-status: In Review",
        "+status: in_review",
    ]
    assert said.err.endswith(", 2 can be fixed with --fix\n")
    (corpus / CONDITION).write_bytes(RIGHT.removesuffix(b"\n"))
    assert main(["validate", "--diff"]) == 0
    assert capsys.readouterr().out


def test_a_report_says_how_much_can_be_fixed_and_changes_nothing(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate"]) == 1
    assert capsys.readouterr().out.endswith("\n2 can be fixed with --fix\n")
    assert (corpus / CONDITION).read_bytes() == WRONG
    (corpus / CONDITION).write_bytes(RIGHT)
    assert main(["validate"]) == 0
    assert "fix" not in capsys.readouterr().out


def test_only_the_files_that_are_named_are_fixed(corpus: Path) -> None:
    tremor = corpus / "records/conditions/tremor.yaml"
    tremor.write_bytes(WRONG)
    assert main(["validate", "--fix", CONDITION]) == 0
    assert (corpus / CONDITION).read_bytes() == RIGHT
    assert tremor.read_bytes() == WRONG


@pytest.mark.parametrize(
    "options", [["--fix", "--staged"], ["--diff", "--staged"], ["--fix", "--diff"]]
)
def test_options_that_leave_open_what_to_do_are_refused(
    corpus: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", *options]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (corpus / CONDITION).read_bytes() == WRONG


def test_a_link_is_not_followed(corpus: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    (corpus / CONDITION).rename(elsewhere)
    (corpus / CONDITION).symlink_to(elsewhere)
    assert main(["validate", "--fix"]) == 1
    assert (corpus / CONDITION).is_symlink()
    assert elsewhere.read_bytes() == WRONG


def test_a_file_that_somebody_changed_meanwhile_is_not_overwritten(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def slow(path: str, data: bytes, also: list[Fault]) -> curate.fix.Fixed:
        (corpus / CONDITION).write_bytes(b"id: dystonia\n")
        return fix(path, data, also)

    monkeypatch.setattr(curate.mending, "fix", slow)
    assert main(["validate", "--fix"]) == 2
    assert (corpus / CONDITION).read_bytes() == b"id: dystonia\n"
    assert "was changed while it was worked on" in capsys.readouterr().err


@pytest.mark.parametrize("call", ["fsync", "chmod", "replace"])
def test_a_kill_leaves_the_old_text_or_the_new_one(
    corpus: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = os.fork()
    if child == 0:  # pragma: no cover - killed before it could tell
        target = os if call == "fsync" else write_file.Path
        monkeypatch.setattr(target, call, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        main(["validate", "--fix"])
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    assert (corpus / CONDITION).read_bytes() in {WRONG, RIGHT}
    assert main(["validate", "--fix"]) == 0
    assert (corpus / CONDITION).read_bytes() == RIGHT


def test_a_number_keeps_its_printed_text() -> None:
    text = mended(STUDY, "id: a\noutcomes:\n  - id: b\n    percent: 4.30%\n")
    value = Document(STUDY, text.encode()).value
    assert value is not None
    assert str(value["outcomes"][0]["percent"]) == str(Decimal("4.30"))


def test_a_file_with_more_to_mend_than_a_bound_is_mended_in_part_and_stays_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = "".join(f"  - {number:04}\n" for number in range(100))
    text = f"id: a\ntitle: why\nstatus: draft\nsynonyms:\n{names}"
    monkeypatch.setattr(curate.fix, "MOST_BYTES", 4 * len(text))
    first = fix(CONDITION, text.encode())
    assert 0 < len(first.names) < 100
    value = Document(CONDITION, text.encode()).value
    assert Document(CONDITION, first.data).value == value
    monkeypatch.undo()
    assert len(fix(CONDITION, first.data).names) == 100 - len(first.names)
