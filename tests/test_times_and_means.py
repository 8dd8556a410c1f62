"""A time that is said twice is said the same, and a mean lies where its values leave room."""

from decimal import Decimal
from typing import Any

import pytest

from curate.construct import construct
from curate.kinds.study import Study
from curate.rule import Rule
from curate.rules.mean_beyond_its_values import mean_beyond_its_values
from curate.rules.time_beyond_plan import time_beyond_plan
from curate.rules.time_contradicts_title import time_contradicts_title

TWO = Decimal("2.0")


def _study(*outcomes: dict[str, Any], **fields: Any) -> Study:
    return construct(
        Study,
        {
            "id": "a-study",
            "title": "A study",
            "status": "in_review",
            "design": "not-stated",
            "adverse_events_reported": "not-reported",
            "outcomes": [
                {"id": f"o-{number}", "title": "One", "group": "all", **outcome}
                for number, outcome in enumerate(outcomes)
            ],
            **fields,
        },
    )


def _messages(rule: Rule, study: Study) -> list[str]:
    return [problem.message for problem in rule.check(study)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("title", "times", "refused"),
    [
        ("Improved at 12 months", {"follow_up": "12 mo"}, False),
        ("Improved at twelve months", {"follow_up": "12 mo"}, False),
        ("Improved at 1 year", {"follow_up": "12 mo"}, False),
        ("Improved at 3 months", {"follow_up": "12 wk"}, True),
        ("Improved at 12 months", {"follow_up": "2 mo"}, True),
        ("Improved at 12 months", {"follow_up": "12 wk"}, True),
        ("Improved at 12 months", {"follow_up": "study"}, False),
        ("Improved at 12 months", {"follow_up": "baseline"}, False),
        ("Improved at 12 months", {}, False),
        ("Improved", {"follow_up": "2 mo"}, False),
        ("Attacks longer than 2 minutes at 6 months", {"follow_up": "6 mo"}, False),
        ("Attacks longer than 2 minutes at 6 months", {"follow_up": "5 mo"}, True),
        ("Score at 4 to 8 weeks", {"follow_up": "8 wk", "follow_up_from": "4 wk"}, False),
        ("Died within 30 days", {"follow_up": "12 mo", "time_frame": "within 30 days"}, False),
    ],
)
def test_the_time_of_a_result_is_one_that_its_title_names(
    title: str, times: dict[str, str], *, refused: bool
) -> None:
    found = _messages(time_contradicts_title, _study({"title": title, **times}))
    assert bool(found) is refused


def test_both_times_are_told() -> None:
    study = _study({"title": "Improved at 12 months", "follow_up": "2 mo"})
    assert _messages(time_contradicts_title, study) == [
        "The title says 12 mo, and `follow_up` 2 mo."
    ]


@pytest.mark.parametrize(
    ("follow_up", "time", "refused"),
    [
        ({"planned": "12 mo"}, "12 mo", False),
        ({"planned": "12 mo"}, "13 mo", False),
        ({"planned": "12 mo"}, "14 mo", True),
        ({"planned": "12 wk"}, "12 mo", True),
        ({"planned": "12 wk", "max": 12, "unit": "mo"}, "12 mo", False),
        ({"planned": "12 wk"}, "study", False),
        ({"mean": 12, "unit": "mo"}, "24 mo", False),
    ],
)
def test_no_result_is_later_than_was_planned(
    follow_up: dict[str, Any], time: str, *, refused: bool
) -> None:
    found = _messages(time_beyond_plan, _study({"follow_up": time}, follow_up=follow_up))
    assert bool(found) is refused


def test_without_a_follow_up_nothing_was_planned() -> None:
    assert _messages(time_beyond_plan, _study({"follow_up": "12 mo"})) == []


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"mean": 53, "median": 20, "min": 12, "max": 72}, "mean of at most 47.00, not 53."),
        ({"mean": 13, "median": 20, "min": 12, "max": 72}, "mean of at least 15.50, not 13."),
        ({"mean": 20, "min": 0, "max": 9, "analysed": 3}, ""),  # quartiles-out-of-order says it
        ({"mean": TWO, "min": 1, "max": 9, "analysed": 3}, "of 3 from 1 to 9 have a mean of at l"),
        ({"mean": 3, "min": 0, "max": 9, "analysed": 3}, ""),
        ({"mean": 8, "min": 0, "max": 9, "analysed": 3}, "have a mean of at most 7.00"),
        ({"mean": 2, "min": 0, "max": 9, "analysed": 2}, ""),
        ({"mean": 1, "median": 1, "min": 0, "max": 9, "analysed": 4}, "and a median of 1 have a"),
        ({"mean": TWO, "median": 2, "min": 1, "max": 90, "analysed": 9}, "of 9 from 1 to 90 and"),
        ({"mean": TWO, "median": 2, "min": 1, "max": 90}, ""),
        ({"mean": Decimal("1.5"), "median": 1, "min": 0, "max": 9, "analysed": 9}, ""),
        ({"mean": 2, "min": 0, "max": 9, "analysed": 3, "adjusted": True}, ""),
        ({"mean": 2, "min": 0, "max": 9, "analysed": 3, "hedge": "about"}, ""),
        ({"mean": 2, "min": 0, "max": 9, "analysed": 3, "derived": ("mean",)}, ""),
        ({"mean": 2, "median": 10, "min": 0, "max": 9, "analysed": 3}, ""),
        ({"mean": 2, "median": 1, "max": 9, "analysed": 3}, ""),
        ({"mean": 2, "min": 0, "max": 9}, ""),
    ],
)
def test_a_mean_has_room_between_its_ends(figures: dict[str, Any], said: str) -> None:
    found = _messages(mean_beyond_its_values, _study({"unit": "cm", **figures}))
    assert len(found) == bool(said)
    assert said in "".join(found)


def test_the_mean_of_the_follow_up_has_room_as_well() -> None:
    follow_up = {"mean": 3, "min": 2, "max": 90, "followed": 9, "unit": "mo"}
    (found,) = _messages(mean_beyond_its_values, _study(follow_up=follow_up))
    assert found.startswith("Values of 9 from 2 to 90 have a mean of at least 1")
