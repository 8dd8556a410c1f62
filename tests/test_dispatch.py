"""Rules that are not asked about a record would have found nothing in it."""

import random
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, get_type_hints

import msgspec
import pytest

from curate.corpus import Corpus, Entry
from curate.dispatch import Dispatch
from curate.fields import Marks, _inside
from curate.kinds import KINDS
from curate.marks import CheckDigit, Day, OutcomeOf, RefTo, SameKind, UcumUnit
from curate.needs import _MOST_KEPT, Meeting, need
from curate.part import Part
from curate.pipeline import load
from curate.rule import Rule, WaiverUse
from curate.rules import all_rules
from curate.source import Obstacle, Source, find
from examples import CONFIG, blocks, corpus_of, files_in, files_of

ROOT = Path(__file__).parents[1]
CASES = sorted(found.parent for found in (ROOT / "tests" / "cases").rglob("records"))
ON_FILES = [rule for rule in all_rules() if WaiverUse not in rule.applies_to and rule.needs]
DISPATCH = Dispatch(all_rules())
OF_OTHERS = RefTo, OutcomeOf, SameKind


def _missed(corpus: Corpus) -> Iterator[str]:
    """Yield what rules find in records that they are not asked about."""
    for entry in corpus.entries:
        asked = {one.rule.name for calls in DISPATCH.rules(entry) for one in calls}
        for rule in ON_FILES:
            on_entry = Entry in rule.applies_to
            if rule.name in asked or not (on_entry or isinstance(entry.record, rule.applies_to)):
                continue
            subject = entry if on_entry else entry.record
            found = rule.check(subject, corpus) if rule.takes_corpus else rule.check(subject)
            yield from (f"{rule.name} in {entry.path}: {problem.message}" for problem in found)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_no_rule_is_left_out_of_the_examples_of_any(rule: Rule) -> None:
    for example in (*blocks(rule.doc, "Bad:"), *blocks(rule.doc, "Good:")):
        assert [*_missed(corpus_of(files_of(example)))] == []


def test_no_rule_is_left_out_of_the_cases() -> None:
    for folder in CASES:
        assert [*_missed(corpus_of(files_in(folder)))] == []


@cache
def _shipped() -> tuple[tuple[str, dict[str, Any]], ...]:
    entries = load(find(ROOT), CONFIG).entries
    return tuple((entry.path, entry.document.value) for entry in entries if entry.document.value)


@pytest.mark.parametrize("seed", range(20))
def test_no_rule_is_left_out_of_records_with_fields_missing_and_figures_changed(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - which fields go is no secret
    changed = [Source(path, _written(_spoilt(value, chance))) for path, value in _shipped()]
    mixed: list[Source | Obstacle] = [*changed]
    assert [*_missed(load(mixed, CONFIG))] == []


def _spoilt(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        return {
            key: _spoilt(item, chance)
            for key, item in value.items()
            if key in {"id", "title", "status", "group"} or chance.random() < 0.97
        }
    if isinstance(value, list):
        return [_spoilt(item, chance) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and chance.random() < 0.2:
        return value + chance.choice((-7, -1, 1, 30))
    return deepcopy(value)


def _written(value: Any) -> bytes:
    """Write a record as JSON, which is YAML too."""
    return msgspec.json.Encoder(decimal_format="number").encode(value) + b"\n"


def test_the_spoilt_records_raise_much() -> None:
    chance = random.Random(0)  # noqa: S311 - likewise
    corpus = load((Source(path, _written(_spoilt(v, chance))) for path, v in _shipped()), CONFIG)
    readable = [entry for entry in corpus.entries if entry.record is not None]
    assert len(readable) > len(corpus.entries) / 3


def test_what_rules_need_are_fields_that_a_record_can_have() -> None:
    known = {name for kind in KINDS.values() for name in _fields(kind)} | {"fault"}
    for rule in ON_FILES:
        for way in (way for one in rule.needs for way in one):
            named = way.lacks.union(*way.has)
            before = [f"{field}." if field else "" for field in way.within] or [""]
            for name in named:
                assert any(f"{one}{name}" in known for one in before), f"{rule.name}: {name}"


def _fields(model: type[Part]) -> Iterator[str]:
    for field, hint in get_type_hints(model, include_extras=True).items():
        if field not in model.fields:
            continue
        yield field
        for part in _inside(hint):
            if isinstance(part, type) and issubclass(part, Part):
                for inner in _fields(part):
                    yield inner.rsplit(".", 1)[-1]
                    yield f"{field}.{inner.rsplit('.', 1)[-1]}"


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("not-a-date", Day),
        ("wrong-check-digit", CheckDigit),
        ("dangling-reference", OF_OTHERS),
        ("leans-on-retired", OF_OTHERS),
        ("leans-on-unpublished", OF_OTHERS),
    ],
)
def test_a_rule_on_marked_fields_needs_each_field_that_is_marked(name: str, mark: Marks) -> None:
    (rule,) = (rule for rule in ON_FILES if rule.name == name)
    marked = {field for kind in KINDS.values() for field in _marked(kind, mark)}
    assert rule.needs == (need(" or ".join(marked)),)


def test_units_are_looked_for_where_they_are_of_ucum_and_not_a_choice() -> None:
    (rule,) = (rule for rule in ON_FILES if rule.name == "not-a-ucum-unit")
    ways = {way for kind in KINDS.values() for way in _ways(kind, UcumUnit)}
    assert rule.needs == (need(" | ".join(sorted(ways))),)


def _ways(kind: type[Part], mark: Marks) -> Iterator[str]:
    for field, hint in kind.fields.items():
        for item in _inside(hint):
            if isinstance(item, mark):
                yield f": {field}"
            else:
                yield from (f"{field}: {inner}" for inner in _marked_in(item, mark))


def _marked_in(item: Any, mark: Marks) -> Iterator[str]:
    if isinstance(item, type) and issubclass(item, Part):
        yield from _marked(item, mark)


def _marked(model: type[Part], mark: Marks) -> Iterator[str]:
    for field, hint in get_type_hints(model, include_extras=True).items():
        for item in _inside(hint) if field in model.fields else ():
            if isinstance(item, mark):
                yield field
            else:
                yield from _marked_in(item, mark)


def test_what_lists_are_looked_at_for_being_listed_twice_are_all_that_hold_no_parts() -> None:
    (rule,) = (rule for rule in ON_FILES if rule.name == "listed-twice")
    lists = {name for kind in KINDS.values() for name in _lists(kind)}
    assert rule.needs == (need(" or ".join(lists)),)


def _lists(model: type[Part]) -> Iterator[str]:
    for field, hint in get_type_hints(model, include_extras=True).items():
        inside = list(_inside(hint)) if field in model.fields else []
        parts = [one for one in inside if isinstance(one, type) and issubclass(one, Part)]
        if tuple in inside and not parts:
            yield field
        for part in parts:
            yield from _lists(part)


RECORD = {
    "id": "a",
    "outcomes": [{"count": 3}, {"mean": 1, "effect": {"ci": {"low": 1}}, "derived": ["mean"]}],
    "follow_up": {"mean": 1, "sd": 2},
    "conditions": [],
}


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("id", True),
        ("count or percent", True),
        ("percent", False),
        ("low", True),
        ("no follow_up", False),
        ("no pmid", True),
        ("outcomes: mean, low", True),
        ("outcomes: count, mean", False),
        ("outcomes: mean, sd", False),
        ("outcomes, follow_up: mean, sd", True),
        ("outcomes: no count", True),
        ("outcomes: no count, no mean", False),
        ("outcomes: no low", True),
        ("adverse_events: no count", False),
        ("outcomes: percent | follow_up: sd", True),
        (": id", True),
        (": count", False),
        ("outcomes: percent | no id", False),
    ],
)
def test_a_need_is_met_by_one_part_that_has_all(text: str, *, met: bool) -> None:
    meeting = Meeting(need(text))
    for _ in range(2):  # found, and known
        assert bool(meeting.met(RECORD)) is met


def test_two_fields_of_the_record_itself_are_two_needs() -> None:
    with pytest.raises(ValueError, match="one field a need"):
        need("mean, sd")


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_holds_parts_always_or_never(kind: str) -> None:
    for part in {KINDS[kind], *_parts(KINDS[kind])}:
        for field, hint in part.fields.items():
            leaves = {one for one in _inside(hint) if isinstance(one, type)} - {tuple, NoneType}
            assert len({issubclass(leaf, Part) for leaf in leaves}) <= 1, f"{part}.{field}"


def _parts(model: type[Part]) -> Iterator[type[Part]]:
    for hint in model.fields.values():
        for part in _inside(hint):
            if isinstance(part, type) and issubclass(part, Part):
                yield part
                yield from _parts(part)


def test_a_list_that_was_empty_may_hold_parts_next_time() -> None:
    meeting = Meeting(need("outcomes: low"))
    assert not meeting.met({"outcomes": [{"cis": []}]})
    assert meeting.met({"outcomes": [{"cis": [{"low": 1}]}]})


def test_what_is_kept_of_sorts_of_parts_is_bounded() -> None:
    meeting = Meeting(need("outcomes: count"))
    for number in range(3 * _MOST_KEPT):
        assert meeting.met({"outcomes": [{"count": 1, str(number): 1}]})
    assert len(meeting._known["outcomes"]) <= _MOST_KEPT  # noqa: SLF001 - what is kept shows nowhere else


def test_a_record_without_findings_in_reading_is_asked_no_rule_about_such() -> None:
    (entry, *_) = load(find(ROOT), CONFIG).entries
    assert not entry.faults
    assert not any(one.rule.of_faults for calls in DISPATCH.rules(entry) for one in calls)
