"""The p-values that a printed statistic can have hold the one that scipy computes."""

from decimal import Decimal
from typing import Any

import pytest
from scipy import stats

from curate.construct import construct
from curate.evidence.probabilities import of_test
from curate.parts.significance_test import SignificanceTest


def ends(name: str, **fields: Any) -> Any:
    return of_test(construct(SignificanceTest, {"name": name, **fields}))


@pytest.mark.parametrize(
    ("said", "p"),
    [
        ({"name": "z", "statistic": Decimal("1.96"), "sides": "two"}, 2 * stats.norm.sf(1.96)),
        ({"name": "t", "statistic": Decimal("2.31"), "df": 8, "sides": "two"},
         2 * stats.t.sf(2.31, 8)),
        ({"name": "t", "statistic": Decimal("-2.31"), "df": 8, "sides": "one"},
         stats.t.sf(2.31, 8)),
        ({"name": "paired-t", "statistic": Decimal("0.02"), "df": 24, "sides": "two"},
         2 * stats.t.sf(0.02, 24)),
        ({"name": "chi-square", "statistic": Decimal("3.84"), "df": 1}, stats.chi2.sf(3.84, 1)),
        ({"name": "f", "statistic": Decimal("4.10"), "df": 2, "df2": 30}, stats.f.sf(4.1, 2, 30)),
        ({"name": "correlation", "statistic": Decimal("0.50"), "df": 18, "sides": "two"},
         2 * stats.t.sf(0.5 * (18 / 0.75) ** 0.5, 18)),
    ],
    ids=lambda said: said["name"] if isinstance(said, dict) else "",
)  # fmt: skip
def test_the_p_value_of_a_printed_statistic_is_among_those_it_can_have(
    said: dict[str, Any], p: float
) -> None:
    found = ends(**said)
    assert found.low <= p <= found.high
    assert found.high - found.low < 0.5 or said.get("sides") == "one"


def test_a_correlation_of_one_leaves_no_doubt() -> None:
    assert ends("correlation", statistic=1, df=9, sides="two").low == 0


@pytest.mark.parametrize(
    "said",
    [
        {"name": "t", "df": 8, "sides": "two"},
        {"name": "t", "statistic": 2, "sides": "two"},
        {"name": "t", "statistic": 2, "df": 8},
        {"name": "z", "statistic": 2},
        {"name": "chi-square", "statistic": 2},
        {"name": "f", "statistic": 2, "df": 3},
        {"name": "other", "statistic": 2, "df": 3, "sides": "two"},
        {"name": "t", "statistic": 2, "df": 8, "sides": "two", "corrected": True},
    ],
    ids=str,
)
def test_where_too_little_is_recorded_nothing_is_held_against_it(said: dict[str, Any]) -> None:
    assert ends(**said) is None
