"""The rules on figures say what is impossible, and nothing else."""

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.config import Config
from curate.construct import construct
from curate.corpus import Corpus
from curate.kinds.study import Study
from curate.rule import Rule
from curate.rules.all_analysed_before_last import all_analysed_before_last
from curate.rules.count_exceeds_denominator import count_exceeds_denominator
from curate.rules.denominator_exceeds_enrolled import denominator_exceeds_enrolled
from curate.rules.interval_excludes_estimate import interval_excludes_estimate
from curate.rules.parts_exceed_whole import parts_exceed_whole
from curate.rules.percent_is_not_count import percent_is_not_count
from curate.rules.percent_truncated import percent_truncated
from curate.rules.percentage_without_count import percentage_without_count
from curate.rules.quartiles_out_of_order import quartiles_out_of_order
from curate.rules.sd_above_range import sd_above_range
from curate.rules.sd_below_range import sd_below_range
from curate.rules.sd_fits_no_share import sd_fits_no_share
from curate.rules.se_above_range import se_above_range
from curate.rules.time_beyond_follow_up import time_beyond_follow_up

ALL = {"id": "all", "label": "All treated patients", "enrolled": 171}


def _study(*outcomes: dict[str, Any], **fields: Any) -> Study:
    return construct(
        Study,
        {
            "id": "horisawa-2019",
            "title": "Thalamotomy for hand dystonia in 171 people",
            "status": "in_review",
            "design": "retrospective-cohort",
            "adverse_events_reported": "not-reported",
            "groups": [ALL],
            "outcomes": [
                {"id": f"outcome-{n}", "title": "An outcome", "group": "all", **outcome}
                for n, outcome in enumerate(outcomes)
            ],
            **fields,
        },
    )


def _found(rule: Rule, study: Study) -> list[tuple[str | int, ...]]:
    return [problem.where for problem in rule.check(study)]


def _one(rule: Rule, **outcome: Any) -> bool:
    """Tell whether a rule objects to a single outcome."""
    return bool(_found(rule, _study(outcome)))


WAYS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)


def _printings(count: int, n: int, decimals: int, ways: tuple[str, ...]) -> set[Decimal]:
    """Return how a percentage can be printed: by long division, not by intervals."""
    scale = 10**decimals
    exact = Fraction(100 * count * scale, n)
    below = exact.numerator // exact.denominator
    rest = exact - below
    whole = set()
    for way in ways:
        up = {
            ROUND_DOWN: False,
            ROUND_HALF_UP: rest >= Fraction(1, 2),
            ROUND_HALF_DOWN: rest > Fraction(1, 2),
            ROUND_HALF_EVEN: rest > Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2 == 1),
        }[way]
        whole.add(below + up)
    return {Decimal(number).scaleb(-decimals) for number in whole}


def _as_written(percent: Decimal, decimals: int) -> int | Decimal:
    return int(percent) if decimals == 0 else percent


numbers = st.integers(1, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
decimals = st.integers(0, 2)


@given(numbers, decimals, st.integers(0, 10_000))
def test_a_percentage_is_refused_exactly_where_no_convention_prints_it(
    pair: tuple[int, int], places: int, raw: int
) -> None:
    n, count = pair
    percent = Decimal(raw % (100 * 10**places + 1)).scaleb(-places)
    possible = percent in _printings(count, n, places, (*WAYS, ROUND_DOWN))
    written = _as_written(percent, places)
    assert _one(percent_is_not_count, analysed=n, count=count, percent=written) is not possible


@given(numbers, decimals)
def test_what_is_rounded_passes_in_silence(pair: tuple[int, int], places: int) -> None:
    n, count = pair
    for percent in _printings(count, n, places, WAYS):
        figures = {"analysed": n, "count": count, "percent": _as_written(percent, places)}
        assert not _one(percent_is_not_count, **figures)
        assert not _one(percent_truncated, **figures)


@given(numbers, decimals)
def test_what_is_cut_off_is_a_warning_where_no_rounding_prints_it(
    pair: tuple[int, int], places: int
) -> None:
    n, count = pair
    (cut,) = _printings(count, n, places, (ROUND_DOWN,))
    figures = {"analysed": n, "count": count, "percent": _as_written(cut, places)}
    assert not _one(percent_is_not_count, **figures)
    assert _one(percent_truncated, **figures) is (cut not in _printings(count, n, places, WAYS))


@given(st.integers(1, 120), decimals, st.integers(0, 10_000))
def test_a_percentage_without_a_count_is_refused_exactly_where_no_count_gives_it(
    n: int, places: int, raw: int
) -> None:
    percent = Decimal(raw % (100 * 10**places + 1)).scaleb(-places)
    possible = any(
        percent in _printings(count, n, places, (*WAYS, ROUND_DOWN)) for count in range(n + 1)
    )
    written = _as_written(percent, places)
    assert _one(percent_is_not_count, analysed=n, percent=written) is not possible


@pytest.mark.parametrize(
    ("figures", "refused"),
    [
        ({"analysed": 171, "count": 28, "percent": Decimal("16.4")}, False),
        ({"analysed": 171, "count": 6, "percent": Decimal("3.5")}, False),
        ({"analysed": 84, "count": 77, "percent": 91}, False),
        ({"analysed": 49, "percent": Decimal("19.9")}, True),
        ({"analysed": 27, "count": 15, "percent": Decimal("57.7")}, True),
        ({"analysed": 26, "count": 15, "percent": Decimal("57.7")}, False),
        ({"analysed": 69, "percent": 67}, False),
        ({"analysed": 171, "count": 28, "percent": 60, "hedge": "about"}, False),
        ({"analysed": 20, "count": 30, "percent": 60, "counted": "events"}, False),
        ({"analysed": 0, "count": 0, "percent": 0}, False),
        ({"count": 28, "percent": 60}, False),
    ],
)
def test_percentages_that_were_met(figures: dict[str, Any], *, refused: bool) -> None:
    assert _one(percent_is_not_count, **figures) is refused


def test_the_help_names_the_one_count_that_fits_a_percentage() -> None:
    (problem,) = percentage_without_count.check(_study({"analysed": 69, "percent": 67}))
    assert "count: 46" in problem.help


def test_the_help_names_no_count_where_several_fit() -> None:
    (problem,) = percentage_without_count.check(_study({"analysed": 900, "percent": 67}))
    assert "count: " not in problem.help.removeprefix("Add `count:`")


def test_pairs_are_not_held_against_people() -> None:
    pairs = {"analysed": 312, "count": 50, "counted": "pairs"}
    assert not _one(denominator_exceeds_enrolled, **pairs)
    assert _one(denominator_exceeds_enrolled, **{**pairs, "counted": "participants"})


def test_pairs_are_held_against_pairs() -> None:
    groups = [{**ALL, "counted": "pairs"}]
    study = _study({"analysed": 312, "counted": "pairs"}, groups=groups)
    assert _found(denominator_exceeds_enrolled, study) == [("outcomes", 0, "analysed")]


def test_a_part_of_a_group_limits_its_own_denominators() -> None:
    groups = [{**ALL, "parts": [{"id": "writers-cramp", "enrolled": 92}]}]
    study = _study({"group": "writers-cramp", "analysed": 93}, groups=groups)
    assert _found(denominator_exceeds_enrolled, study) == [("outcomes", 0, "analysed")]


def test_several_events_can_befall_one_person() -> None:
    assert not _one(count_exceeds_denominator, analysed=9, count=12, counted="events")
    assert _one(count_exceeds_denominator, analysed=9, count=12)


def test_a_count_without_a_denominator_is_held_against_those_enrolled() -> None:
    assert _one(count_exceeds_denominator, count=172)
    assert not _one(count_exceeds_denominator, count=171)
    assert not _one(count_exceeds_denominator, count=172, counted="sides")


@pytest.mark.parametrize(
    ("figures", "at"),
    [
        ({"median": 2, "q1": Decimal("3.0"), "q3": Decimal("6.0")}, "median"),
        ({"median": 7, "q1": Decimal("3.5"), "q3": Decimal("14.0")}, None),
        ({"min": 3, "max": 165, "mean": Decimal("25.4")}, None),
        ({"min": 3, "max": 165, "mean": 254}, "mean"),
        ({"min": 165, "max": 3}, "max"),
        ({"median": 25, "max": Decimal("24.6")}, None),
        ({"median": 3, "q1": 3, "q3": 3}, None),
        ({"q1": Decimal("-2.4"), "q3": Decimal("11.9")}, None),
        ({"q1": -11, "median": 22, "q3": 29}, None),
    ],
)
def test_figures_stand_in_order_unless_rounding_explains_it(
    figures: dict[str, Any], at: str | None
) -> None:
    found = _found(quartiles_out_of_order, _study(figures))
    assert found == ([] if at is None else [("outcomes", 0, at)])


def test_the_follow_up_of_a_study_stands_in_order() -> None:
    study = _study(follow_up={"min": 165, "max": 3, "unit": "mo"})
    assert _found(quartiles_out_of_order, study) == [("follow_up", "max")]


def _effect(value: str, low: str, high: str) -> dict[str, Any]:
    ci = {"level": 95, "low": Decimal(low), "high": Decimal(high)}
    effect = {"type": "mean-difference", "value": Decimal(value), "against": "all", "ci": ci}
    return {"effect": effect}


@pytest.mark.parametrize(
    ("value", "low", "high", "refused"),
    [
        ("4.4", "1.1", "7.7", False),
        ("3.3", "-0.03", "6.6", False),
        ("3.3", "3.6", "6.6", True),
        ("-0.18", "0.05", "0.40", True),
        ("1.0", "1.01", "1.20", False),
        ("0.9", "1.01", "1.20", True),
        ("2.0", "3.0", "1.0", False),  # bounds-out-of-order says that
    ],
)
def test_an_interval_holds_its_estimate_unless_rounding_explains_it(
    value: str, low: str, high: str, *, refused: bool
) -> None:
    assert _one(interval_excludes_estimate, **_effect(value, low, high)) is refused


def test_an_interval_that_holds_one_of_two_figures_is_the_interval_of_that_one() -> None:
    ci = {"level": 95, "low": 20, "high": 40}
    assert not _one(interval_excludes_estimate, ci=ci, percent=30, mean=4)
    assert _one(interval_excludes_estimate, ci=ci, percent=50, mean=4)


def _parts(*enrolled: int | None, **fields: Any) -> list[tuple[str | int, ...]]:
    parts = [{"id": f"part-{n}", "enrolled": number} for n, number in enumerate(enrolled)]
    return _found(parts_exceed_whole, _study(groups=[{**ALL, "parts": parts, **fields}]))


def test_exhaustive_parts_add_up() -> None:
    assert _parts(92, 58, 21, parts_are="exhaustive") == []
    assert _parts(92, 58, 20, parts_are="exhaustive") == [("groups", 0, "parts")]
    assert _parts(92, 58, 22, parts_are="exhaustive") == [("groups", 0, "parts")]
    assert _parts(92, 58, None, parts_are="exhaustive") == []


def test_other_parts_need_not_add_up() -> None:
    assert _parts(92, 58) == []
    assert _parts(92, 58, parts_are="incomplete") == []
    assert _parts(120, 100, parts_are="overlapping") == []
    assert _parts(120, 100) == [("groups", 0, "parts")]


def test_a_part_larger_than_its_group_is_said_once() -> None:
    assert _parts(192, 58, 21, parts_are="exhaustive") == [("groups", 0, "parts", 0, "enrolled")]
    assert _parts(192, parts_are="overlapping") == [("groups", 0, "parts", 0, "enrolled")]


def _measured_at(time: str, minimum: Any, **fields: Any) -> bool:
    outcome = {"follow_up": time, "analysed": 171, "mean": Decimal("4.30")}
    outcome.update(fields.pop("outcome", {}))
    follow_up = {"min": minimum, "unit": "mo"}
    return bool(_found(all_analysed_before_last, _study(outcome, follow_up=follow_up, **fields)))


def test_not_all_can_be_measured_after_the_first_has_left() -> None:
    assert _measured_at("12 mo", 3)
    assert _measured_at("1 a", 3)
    assert _measured_at("5 a", Decimal("11.5"))


def test_all_can_be_measured_while_all_are_there() -> None:
    assert not _measured_at("3 mo", 3)
    assert not _measured_at("1 wk", 3)
    assert not _measured_at("baseline", 3)
    assert not _measured_at("study", 3)
    assert not _measured_at("12 mo", 12)
    assert not _measured_at("52 wk", 12)


def test_a_visit_may_be_a_tenth_early() -> None:
    assert not _measured_at("12 mo", 11)
    assert _measured_at("12 mo", 10)


def test_fewer_than_all_can_be_measured_later() -> None:
    assert not _measured_at("12 mo", 3, outcome={"analysed": 170})


def test_what_is_counted_up_to_a_time_needs_nobody_to_be_there() -> None:
    assert not _measured_at("12 mo", 3, outcome={"mean": None, "count": 18})


def test_in_a_trial_of_two_arms_the_first_to_leave_may_be_in_the_other() -> None:
    arms = [ALL, {"id": "sham", "label": "Sham", "enrolled": 20}]
    assert not _measured_at("12 mo", 3, groups=arms)
    subgroup = {"id": "recurred", "label": "Recurred", "enrolled": 18, "within": "all"}
    assert _measured_at("12 mo", 3, groups=[ALL, subgroup])


@pytest.mark.parametrize(
    ("time", "refused"),
    [("12 mo", False), ("37 mo", False), ("3 a", False), ("40 mo", False), ("12 a", True)],
)
def test_no_result_is_later_than_the_longest_follow_up(time: str, *, refused: bool) -> None:
    follow_up = {"min": 12, "max": 37, "unit": "mo"}
    study = _study({"follow_up": time, "count": 8}, follow_up=follow_up)
    assert bool(_found(time_beyond_follow_up, study)) is refused


def test_figures_of_nobody_are_held_against_no_range() -> None:
    nobody = {"analysed": 0, "unit": "mo", "mean": 3, "sd": 5, "min": 1, "max": 4}
    corpus = Corpus([], Config(name="none", publish=()))
    for rule in (sd_above_range, sd_below_range, se_above_range):
        assert list(rule.check(_study(nobody), corpus)) == []


@pytest.mark.parametrize("mean", ["1.00", "1.25", "-0.25"])
def test_a_share_at_the_end_of_its_scale_or_beyond_is_held_against_all_or_none(mean: str) -> None:
    outcome = {"analysed": 171, "values": "yes-no", "mean": Decimal(mean), "sd": Decimal("0.44")}
    corpus = Corpus([], Config(name="none", publish=()))
    found = [one.message for one in sd_fits_no_share.check(_study(outcome), corpus)]
    # What is no share at all is said by mean-fits-no-total or mean-outside-scale.
    assert all("a standard deviation of 0.000, not 0.44" in message for message in found)
    assert found or mean != "1.00"
