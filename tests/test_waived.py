import csv
import io
import json
from typing import Any

import pytest

from curate.corpus import Corpus, place
from curate.explain import explain
from curate.finding import Where
from curate.formats.csv import render as render_csv
from curate.formats.json import render as render_json
from curate.pipeline import check
from curate.waived import find_place
from fhir_bundle import resources
from full_corpus import corpus_of, full_values

VALUE = {
    "outcomes": [
        {"id": "pain", "analysed": 3, "effect": {"p": "<0.001"}},
        {"title": "without an id"},
        {"id": "2", "derived": ["count", "mean"]},
    ]
}


@pytest.mark.parametrize(
    ("at", "where"),
    [
        ("outcomes", ("outcomes",)),
        ("outcomes.pain", ("outcomes", 0)),
        ("outcomes.pain.effect.p", ("outcomes", 0, "effect", "p")),
        ("outcomes.1.title", ("outcomes", 1, "title")),
        ("outcomes.2", ("outcomes", 2)),
        ("outcomes.2.derived.1", ("outcomes", 2, "derived", 1)),
        ("outcomes.pain.follow_up", ("outcomes", 0, "follow_up")),
        ("pmid", ("pmid",)),
        ("outcomes.pain.ci.low", None),
        ("outcomes.other", None),
        ("outcomes.0", None),
        ("outcomes.pain.analysed.more", None),
    ],
)
def test_a_waiver_finds_its_place_even_where_nothing_is_written(
    at: str, where: Where | None
) -> None:
    assert find_place(VALUE, at) == where


def test_every_place_is_found_by_the_name_that_findings_give_it() -> None:
    def check(value: object, where: Where) -> None:
        nonlocal seen
        if where:
            assert find_place(record, place(record, where)) == where
            seen += 1
        if isinstance(value, dict):
            for key, item in value.items():
                check(item, (*where, key))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                check(item, (*where, index))

    seen = 0
    for record in full_values().values():
        check(record, ())
    assert seen > 250


def several_places(at: Any, **more: str) -> Corpus:
    """Return a corpus with two outcomes without a denominator, and one waiver at these places."""
    values = full_values()
    study = values["records/studies/full-study.yaml"]
    outcome = study["outcomes"][0]
    for unknown in ("analysed", "available", "count", "percent", "derived"):
        outcome.pop(unknown)
    study["outcomes"] = [outcome, {**outcome, "id": "another"}]
    rule = {"rule": "outcome-without-denominator", "at": at}
    study["waivers"] = [study["waivers"][0] | rule | {"reason": "Not printed."} | more]
    return corpus_of(values)


BOTH = ["outcomes.the-outcome", "outcomes.another"]


def test_one_waiver_accepts_findings_at_each_of_its_places() -> None:
    def without_denominator(at: Any) -> list[tuple[str, str | None]]:
        return [
            (finding.pointer, finding.waived)
            for finding in check(several_places(at)).findings
            if finding.name == "outcome-without-denominator"
        ]

    assert without_denominator("title") == [("/outcomes/0", None), ("/outcomes/1", None)]
    accepted = [("/outcomes/0", "Not printed."), ("/outcomes/1", "Not printed.")]
    assert without_denominator(BOTH) == accepted
    assert without_denominator("outcomes") == accepted
    assert without_denominator(BOTH[1]) == [("/outcomes/0", None), accepted[1]]


def test_an_unused_place_of_a_waiver_is_said_and_the_used_ones_are_not() -> None:
    def unused(at: Any) -> list[tuple[str, str]]:
        return [
            (finding.pointer, finding.message.split(" breaks ")[0])
            for finding in check(several_places(at)).findings
            if finding.name == "unused-waiver" and finding.record == "study/full-study"
        ]

    assert unused(BOTH) == []
    assert unused([*BOTH, "title"]) == [("/waivers/0/at/2", "Nothing at `title`")]
    assert unused(["outcomes", *BOTH[:1]]) == [
        ("/waivers/0/at/1", "Nothing at `outcomes.the-outcome`")
    ]
    assert unused(["title", "note"]) == [("/waivers/0", "Nothing at `title` or `note`")]
    assert unused(["title"]) == [("/waivers/0", "Nothing at `title`")]


@pytest.mark.parametrize(
    ("until", "at", "said"),
    [
        ("2026-11-22", BOTH, []),
        ("2026-11-21", BOTH, [("expired-waiver", "/until", "that was 1 day ago.")]),
        ("2026-11-20", BOTH, [("expired-waiver", "/until", "that was 2 days ago.")]),
        ("2026-11-20", "title", [("unused-waiver", "", "outcome-without-denominator.")]),
        ("2026-02-30", BOTH, [("not-a-date", "/until", "2026-02 has no day 30; its last is 28.")]),
        ("2026-11-19", BOTH, [("dates-out-of-order", "/until", "and to be from 2026-11-20.")]),
    ],
)
def test_a_waiver_holds_through_its_last_day_and_one_thing_is_said_of_it(
    until: str, at: Any, said: list[tuple[str, str, str]]
) -> None:
    date = "2026-11-20" if until > "2026-11" else "2026-01-01"
    found = check(several_places(at, date=date, until=until)).findings
    at_waiver = [
        one for one in found if one.path.endswith("full-study.yaml") and "/waivers/0" in one.pointer
    ]
    assert [(one.name, one.pointer.removeprefix("/waivers/0")) for one in at_waiver] == [
        (name, pointer) for name, pointer, _ in said
    ]
    assert all(one.message.endswith(end) for one, (*_, end) in zip(at_waiver, said, strict=True))


def test_what_an_expired_waiver_accepts_stays_accepted_so_that_there_is_one_thing_to_do() -> None:
    found = check(several_places(BOTH, date="2026-01-01", until="2026-11-21")).findings
    accepted = [one.waived for one in found if one.name == "outcome-without-denominator"]
    assert accepted == ["Not printed.", "Not printed."]


def test_every_export_says_the_reason_at_each_place_of_a_waiver() -> None:
    corpus = several_places(BOTH)
    files = {artifact.path: b"".join(artifact.chunks) for artifact in render_json(corpus)}
    record = json.loads(files["json/studies/full-study.json"])
    assert record["waived"] == [
        {"rule": "outcome-without-denominator", "at": f"/outcomes/{n}", "waiver": "/waivers/0"}
        for n in (0, 1)
    ]
    tables = {artifact.path: b"".join(artifact.chunks) for artifact in render_csv(corpus)}
    text = io.StringIO(tables["csv/waivers.csv"].decode(), newline="")
    rows = [row for row in csv.DictReader(text) if row["study"]]
    assert [(row["at"], row["target"], row["pointer"]) for row in rows] == [
        (BOTH[0], "/outcomes/0", "/waivers/0/at/0"),
        (BOTH[1], "/outcomes/1", "/waivers/0/at/1"),
    ]
    assert {row["reason"] for row in rows} == {"Not printed."}
    for outcome, at in zip(("the-outcome", "another"), BOTH, strict=True):
        until = f"Accepted until {rows[0]['until']}"
        said = f"{until} (outcome-without-denominator at {at}): Not printed."
        evidence = resources(corpus)[f"Evidence/full-study.{outcome}"]
        assert [said] == [note["text"] for note in evidence["note"] if "Accepted" in note["text"]]


@pytest.mark.parametrize(
    ("at", "faults"), [([], ["empty-field"]), ([*BOTH], []), (BOTH[0], []), ([7], ["wrong-type"])]
)
def test_a_waiver_names_a_place_or_several(at: Any, faults: list[str]) -> None:
    study = full_values()["records/studies/full-study.yaml"]
    study["waivers"][0]["at"] = at
    assert [fault.name for fault in explain("study", study)] == faults
