"""A new id is written wherever the old one stood, and nowhere else."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import config
from curate.config import Config
from curate.corpus import Corpus
from curate.edits import replaced
from curate.mentions import declared, mentions, named_at, parts
from curate.pipeline import check, load
from curate.refusal import Refusal
from curate.rename import Renaming, rename, rename_part, rename_record
from curate.source import Source, find
from full_corpus import corpus_of, full_values

RECORDS = Path(__file__).parent.parent / "records"
CONFIG = Config(name="test", publish=("in_review",))
STUDY = b"""\
id: "horisawa-2019"  # the first
title: Thalamotomy
status: in_review
pmid: 30587520
design: retrospective-cohort
groups:
  - id: all
    label: All of horisawa-2019
    enrolled: 20
    parts:
      - id: cramp
        enrolled: 9
  - id: 'again'
    label: Operated on again
    within: all
    enrolled: 9
outcomes:
  - id: relief
    title: Relief
    group: all
    follow_up: 12 mo
    count: 7
    effect:
      type: mean-difference
      value: 3
      against: baseline
  - id: later
    title: Later
    group: again
    effect:
      type: mean-difference
      value: 3
      against: all
adverse_events_reported: not-reported
waivers:
  - rule: outcome-without-denominator
    at: outcomes.relief
    reason: Not printed.
    by: editors
    date: "2026-11-22"
  - rule: parts-exceed-whole
    at:
      - groups.all.parts.cramp
      - groups.again
    reason: As printed.
    by: editors
    date: "2026-11-22"
"""
PROCEDURE = b"""\
id: thalamotomy
title: Thalamotomy
status: in_review
note: What horisawa-2019 found.
claims:
  - id: relief
    about: comparison
    text: Most had relief.
    pmids: [30587520]
    evidence:
      - horisawa-2019#relief
      - "horisawa-2019#relief"
"""
LATER = b"""\
id: later-2020
title: Later
status: in_review
pmid: 30587521
design: case-series
procedures:
  - thalamotomy
adverse_events_reported: not-reported
overlaps:
  - horisawa-2019
"""
FILES = {
    "records/studies/horisawa-2019.yaml": STUDY,
    "records/studies/later-2020.yaml": LATER,
    "records/procedures/thalamotomy.yaml": PROCEDURE,
}


def corpus(files: dict[str, bytes] = FILES) -> Corpus:
    return load([Source(*item) for item in files.items()], CONFIG)


def applied(before: Corpus, renaming: Renaming) -> dict[str, bytes]:
    """Return the files once renamed."""
    files = {entry.path: entry.document.text for entry in before.entries}
    for path, edits in renaming.edits.items():
        files[path] = replaced(files[path], edits)
    if renaming.move is not None:
        files[renaming.move.new] = files.pop(renaming.move.old)
    return {path: text.encode() for path, text in files.items()}


def test_a_record_is_renamed_with_its_file_and_wherever_it_is_named() -> None:
    found = rename_record(corpus(), "study", "horisawa-2019", "horisawa-2019a")
    files = applied(corpus(), found)
    assert found.places == 4
    assert "records/studies/horisawa-2019.yaml" not in files
    study = files["records/studies/horisawa-2019a.yaml"]
    assert study == STUDY.replace(b'id: "horisawa-2019"', b'id: "horisawa-2019a"')
    assert files["records/procedures/thalamotomy.yaml"] == PROCEDURE.replace(
        b"horisawa-2019#", b"horisawa-2019a#"
    )
    assert b"- horisawa-2019a\n" in files["records/studies/later-2020.yaml"]


def test_prose_that_names_a_record_is_left_alone() -> None:
    files = applied(corpus(), rename_record(corpus(), "study", "horisawa-2019", "other"))
    assert b"label: All of horisawa-2019\n" in files["records/studies/other.yaml"]
    assert b"note: What horisawa-2019 found.\n" in files["records/procedures/thalamotomy.yaml"]


def test_an_outcome_is_renamed_in_its_study_its_waivers_and_in_claims() -> None:
    found = rename_part(corpus(), "study", "horisawa-2019", "relief", "relief-12-mo")
    files = applied(corpus(), found)
    assert found.move is None
    study = files["records/studies/horisawa-2019.yaml"]
    assert study == STUDY.replace(b"id: relief", b"id: relief-12-mo").replace(
        b"outcomes.relief", b"outcomes.relief-12-mo"
    )
    procedure = files["records/procedures/thalamotomy.yaml"]
    assert procedure == PROCEDURE.replace(b"#relief", b"#relief-12-mo")


def test_a_claim_of_the_same_id_as_an_outcome_is_another_thing() -> None:
    files = applied(corpus(), rename_part(corpus(), "procedure", "thalamotomy", "relief", "ease"))
    procedure = files["records/procedures/thalamotomy.yaml"]
    assert procedure == PROCEDURE.replace(b"id: relief", b"id: ease")
    assert files["records/studies/horisawa-2019.yaml"] == STUDY


def test_groups_and_their_parts_are_renamed_within_their_study() -> None:
    files = applied(corpus(), rename_part(corpus(), "study", "horisawa-2019", "all", "everybody"))
    study = files["records/studies/horisawa-2019.yaml"]
    assert study == (
        STUDY.replace(b"id: all", b"id: everybody")
        .replace(b"within: all", b"within: everybody")
        .replace(b"group: all", b"group: everybody")
        .replace(b"against: all", b"against: everybody")
        .replace(b"groups.all.", b"groups.everybody.")
    )
    files = applied(corpus(), rename_part(corpus(), "study", "horisawa-2019", "cramp", "writers"))
    study = files["records/studies/horisawa-2019.yaml"]
    assert study == STUDY.replace(b"id: cramp", b"id: writers").replace(
        b"parts.cramp", b"parts.writers"
    )
    files = applied(corpus(), rename_part(corpus(), "study", "horisawa-2019", "again", "twice"))
    study = files["records/studies/horisawa-2019.yaml"]
    assert study == (
        STUDY.replace(b"'again'", b"'twice'")
        .replace(b"groups.again", b"groups.twice")
        .replace(b"group: again", b"group: twice")
    )


@pytest.mark.parametrize(
    ("kind", "old", "new", "reason"),
    [
        ("study", "horisawa-2091", "x", "Did you mean `horisawa-2019`?"),
        ("study", "horisawa-2019", "later-2020", "already: records/studies/later-2020.yaml"),
        ("study", "horisawa-2019", "horisawa-2019", "already"),
        ("study", "horisawa-2019", "Horisawa 2019", "lower-case words"),
        ("study", "horisawa-2019", "x\n", "lower-case words"),
        ("study", "horisawa-2019", "x" * 49, "at most 48"),
        ("reference", "pmid-1", "pmid-2", "There is no reference"),
    ],
)
def test_what_cannot_be_renamed_is_refused_with_the_reason(
    kind: str, old: str, new: str, reason: str
) -> None:
    with pytest.raises(Refusal, match=reason.replace("?", r"\?")):
        rename_record(corpus(), kind, old, new)


@pytest.mark.parametrize(
    ("record", "old", "new", "reason"),
    [
        ("nobody", "all", "x", "There is no study `nobody`"),
        ("horisawa-2019", "al", "x", "Did you mean `all`?"),
        ("horisawa-2019", "again", "cramp", "something else already"),
        ("horisawa-2019", "again", "baseline", "time before treatment"),
    ],
)
def test_a_part_that_cannot_be_renamed_is_refused_with_the_reason(
    record: str, old: str, new: str, reason: str
) -> None:
    with pytest.raises(Refusal, match=reason.replace("?", r"\?")):
        rename_part(corpus(), "study", record, old, new)


def test_an_id_that_two_parts_have_is_left_to_a_person() -> None:
    twice = {**FILES, "records/studies/horisawa-2019.yaml": STUDY.replace(b"'again'", b"all")}
    with pytest.raises(Refusal, match="2 times"):
        rename_part(corpus(twice), "study", "horisawa-2019", "all", "x")
    mixed = {**FILES, "records/studies/horisawa-2019.yaml": STUDY.replace(b"'again'", b"relief")}
    with pytest.raises(Refusal, match="a group and a result"):
        rename_part(corpus(mixed), "study", "horisawa-2019", "relief", "x")


def test_a_reference_keeps_the_name_that_its_pmid_gives_it() -> None:
    before = corpus_of(full_values())
    with pytest.raises(Refusal, match="called after its PMID"):
        rename_record(before, "reference", "pmid-30587520", "pmid-1")


def test_a_file_that_cannot_be_read_stops_a_rename_only_if_it_may_name_the_record() -> None:
    broken = {**FILES, "records/studies/broken.yaml": b"id: 'x\noverlaps: [horisawa-2019"}
    with pytest.raises(Refusal, match=r"studies/broken\.yaml cannot be read and may speak of"):
        rename_record(corpus(broken), "study", "horisawa-2019", "x")
    assert rename_record(corpus(broken), "study", "later-2020", "x").places == 1
    with pytest.raises(Refusal, match="mend it first"):
        rename_record(corpus(broken), "study", "broken", "x")


def test_many_files_that_cannot_be_read_are_counted() -> None:
    broken = {f"records/studies/b{n}.yaml": b"horisawa-2019: '" for n in range(5)}
    with pytest.raises(Refusal, match=r"b2\.yaml and 2 more cannot"):
        rename_record(corpus(FILES | broken), "study", "horisawa-2019", "x")


def test_a_record_without_an_id_inside_only_moves() -> None:
    bare = {"records/studies/bare.yaml": b"title: Bare\n"}
    found = rename_record(corpus(bare), "study", "bare", "clothed")
    assert found.edits == {}
    assert found.move == ("records/studies/bare.yaml", "records/studies/clothed.yaml")


def test_a_record_that_fails_its_schema_is_renamed_all_the_same() -> None:
    odd = {
        **FILES,
        "records/studies/later-2020.yaml": LATER + b"odd: 1\ngroups: all\noutcomes: 3\n",
    }
    found = rename_record(corpus(odd), "study", "horisawa-2019", "x")
    assert b"- x\n" in applied(corpus(odd), found)["records/studies/later-2020.yaml"]


def test_every_record_of_this_corpus_can_be_renamed_and_nothing_else_is_found() -> None:
    root = RECORDS.parent
    before = load(find(root), config.load(root))
    wanted = Counter(found.name for found in check(before).findings)
    for kind, old in (
        ("procedure", "ventro-oral-thalamotomy"),
        ("condition", "focal-hand-dystonia"),
        ("measure", "tsfd-scale"),
        ("study", "horisawa-2019"),
    ):
        files = applied(before, rename_record(before, kind, old, "quite-another-name"))
        after = load([Source(*item) for item in sorted(files.items())], before.config)
        assert Counter(found.name for found in check(after).findings) == wanted


def test_every_part_of_a_record_can_be_renamed_and_back() -> None:
    root = RECORDS.parent
    before = load(find(root), config.load(root))
    entry = before.entry("study", "horisawa-2019")
    assert entry is not None
    for _, thing in parts(entry):
        files = applied(before, rename(before, thing, "quite-another"))
        after = load([Source(*item) for item in files.items()], before.config)
        again = applied(after, rename(after, thing._replace(id="quite-another"), thing.id))
        assert again[entry.path] == entry.document.text.encode()


def test_every_mention_leads_back_to_what_it_names() -> None:
    root = RECORDS.parent
    before = load(find(root), config.load(root))
    things = {thing for entry in before.entries for _, thing in parts(entry)}
    seen = 0
    for thing in sorted(things)[::7]:
        assert declared(before, thing) is not None
        for mention in mentions(before, thing):
            seen += 1
            assert named_at(mention.entry, mention.where, mention.start) == thing
    assert seen > 20


@given(st.text(max_size=60))
def test_any_new_name_is_taken_or_refused(new: str) -> None:
    try:
        found = rename_record(corpus(), "study", "horisawa-2019", new)
    except Refusal:
        return
    assert found.move is not None
    assert f"records/studies/{new}.yaml" == found.move.new
