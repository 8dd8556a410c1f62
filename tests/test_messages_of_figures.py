"""What a finding on a figure says helps to find the one that was meant."""

from decimal import Decimal
from typing import Any

import pytest

from curate.construct import construct
from curate.corpus import Corpus
from curate.kinds.study import Study
from curate.rule import Problem, Rule
from curate.rules.interval_excludes_estimate import interval_excludes_estimate
from curate.rules.interval_not_of_count import interval_not_of_count
from curate.rules.percent_is_not_count import percent_is_not_count
from curate.rules.sd_above_range import sd_above_range
from curate.rules.sd_fits_no_scores import sd_fits_no_scores
from curate.rules.sd_fits_no_values import sd_fits_no_values
from full_corpus import CONFIG, corpus_of

SCALE = {
    "id": "scale",
    "title": "A scale",
    "status": "in_review",
    "data": "integer-score",
    "minimum": 1,
    "maximum": 5,
}


def _problem(rule: Rule, **outcome: Any) -> Problem:
    study = construct(
        Study,
        {
            "id": "a-study",
            "title": "A study",
            "status": "in_review",
            "design": "not-stated",
            "adverse_events_reported": "not-reported",
            "outcomes": [{"id": "one", "title": "One", "group": "all", **outcome}],
        },
    )
    corpus: Corpus = corpus_of({"records/measures/scale.yaml": SCALE}, CONFIG)
    (problem,) = rule.check(study, corpus) if rule.takes_corpus else rule.check(study)
    assert isinstance(problem, Problem)
    return problem


@pytest.mark.parametrize(
    ("percent", "n", "count", "said"),
    [
        ("20.58", 209, 43, "20.57 %, not 20.58 %: no count of 209 is 20.58 %, and 43 comes near"),
        ("14.6", 171, 28, "16.37 %, not 14.6 %: 25 of 171 would fit."),
        ("57.7", 27, 15, "no count of 27 is 57.7 %; 16 comes nearest, with 59.26 %."),
        ("20", 1000, 300, "30.00 %, not 20 %: 195 to 209 of 1000 would fit."),
        ("0", 10, 3, "not 0 %: 0 of 10 would fit."),
        ("100", 9, 8, "not 100 %: 9 of 9 would fit."),
        ("33.3333", 7, 2, "28.5714 %, not 33.3333 %"),
        ("0.30", 331, 0, "0 of 331 are 0.00 %, not 0.30 %: 1 of 331 would fit."),
        ("99.99", 3, 2, "no count of 3 is 99.99 %; 3 comes nearest, with 100.00 %."),
    ],
)
def test_a_percentage_is_told_which_counts_would_fit(
    percent: str, n: int, count: int, said: str
) -> None:
    figures = {"percent": _number(percent), "analysed": n, "count": count}
    assert said in _problem(percent_is_not_count, **figures).message


@pytest.mark.parametrize(
    ("percent", "n", "count", "said"),
    [
        ("14.6", 171, 28, " 28 would be 14.6 % of 191 to 192."),
        ("57.7", 27, 15, " 15 would be 57.7 % of 26."),
        ("2", 100, 50, "that says it."),  # of 2,500: nobody meant that
        ("0", 100, 50, "that says it."),
        ("0.30", 331, 0, "that says it."),
    ],
)
def test_a_percentage_is_told_of_which_denominator_it_would_be(
    percent: str, n: int, count: int, said: str
) -> None:
    figures = {"percent": _number(percent), "analysed": n, "count": count}
    assert _problem(percent_is_not_count, **figures).help.endswith(said)


@pytest.mark.parametrize(
    ("type_", "value", "low", "high", "said"),
    [
        ("mean-difference", "3.3", "3.6", "6.6", "-3.6 to 6.6 would hold it."),
        ("mean-difference", "-1.5", "0.3", "2.6", "-2.6 to -0.3 would hold it."),
        ("mean-difference", "4.5", "-6.6", "-3.6", "it would hold -4.5."),
        ("mean-difference", "-7.5", "-3.6", "9", "-9 to -3.6 would hold it."),
        ("mean-difference", "-2.0", "-8.0", "-3.0", "about -2.0 would be -8.0 to 4.0."),
        ("mean-difference", "-9.0", "2.0", "12.5", "-12.5 to -2.0 would hold it."),
        ("mean-difference", "-5.0", "3.0", "7.0", "-7.0 to -3.0 would hold it."),
        ("mean-difference", "7.5", "3.6", "6.6", "even about 7.5 would be 3.6 to 11.4."),
        ("odds-ratio", "0.71", "0.82", "0.95", "even about 0.71 would be 0.53 to 0.95."),
        ("odds-ratio", "0.71", "-3", "-1", "no ratio is below 0."),
    ],
)
def test_an_interval_is_told_what_would_hold_the_estimate(
    type_: str, value: str, low: str, high: str, said: str
) -> None:
    ci = {"level": 95, "low": _number(low), "high": _number(high)}
    effect = {"type": type_, "value": _number(value), "against": "other", "ci": ci}
    assert _problem(interval_excludes_estimate, effect=effect).message.endswith(said)


def test_the_largest_standard_deviation_of_a_scale_is_told() -> None:
    scored = {"analysed": 20, "measure": "scale", "quantity": "value", "mean": Decimal("4.35")}
    message = _problem(sd_fits_no_scores, **scored, sd=Decimal("2.13")).message
    assert message.endswith("the nearest is 1.460. The largest is 1.46.")
    between = _problem(sd_fits_no_scores, **(scored | {"mean": 3}), sd=Decimal("0.10")).message
    assert "standard deviation of 0.10; the nearest are 0.000 and 0.223." in between
    ranged = {"analysed": 20, "mean": Decimal("4.3"), "min": 1, "max": 9}
    assert _problem(sd_above_range, **ranged, sd=Decimal("5.8")).message.endswith(" at most.")


def test_the_nearest_standard_deviations_of_whole_numbers_are_told() -> None:
    counted = {"analysed": 10, "values": "whole-numbers", "mean": Decimal("2.5")}
    message = _problem(sd_fits_no_values, **counted, sd=Decimal("1.21")).message
    assert message.endswith("a standard deviation of 1.21; the nearest are 1.178 and 1.269.")
    far = _problem(sd_fits_no_values, **(counted | {"mean": Decimal("0.1")}), sd=9).message
    assert far.endswith("this mean have a standard deviation of 9.")


@pytest.mark.parametrize(
    ("method", "said"),
    [("Wilson", "which gives 45.3 to 93.7."), ("Clopper-Pearson", "which gives 40.0 to 97.2.")],
)
def test_the_interval_that_a_method_gives_is_told(method: str, said: str) -> None:
    ci = {"level": 95, "low": Decimal("1.0"), "high": Decimal("99.0"), "method": method}
    figures = {"analysed": 9, "count": 7, "percent": Decimal("77.8"), "ci": ci}
    assert _problem(interval_not_of_count, **figures).message.endswith(said)


def _number(text: str) -> int | Decimal:
    return Decimal(text) if "." in text else int(text)
