"""Ten thousand true data sets a check, rounded by each convention, raise no error."""

import os
from decimal import Decimal
from itertools import islice
from typing import Any

import pytest

import simulated
from curate.config import Config
from curate.construct import construct
from curate.corpus import Corpus
from curate.finding import Severity
from curate.kinds.study import Study
from curate.rules import all_rules
from full_corpus import corpus_of

pytestmark = pytest.mark.no_cover  # thousands of the same, of which tests of each rule show one

DATA_SETS = int(os.environ.get("CURATE_DATA_SETS", "500"))
"""A sample where somebody runs a test by hand; `nox -s tests` asks for ten thousand."""
A_STUDY = 50

_ERRORS = [
    rule
    for rule in all_rules()
    if rule.code[0] == "N" and rule.severity is Severity.ERROR and Study in rule.applies_to
]


def _measure(id_: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    value = {"id": id_, "title": "A scale", "status": "in_review", **fields}
    return f"records/measures/{id_}.yaml", value


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_of(
        dict(
            (
                _measure("score", data="integer-score", minimum=1, maximum=5),
                _measure("halves", data="score", step=Decimal("0.5"), minimum=0, maximum=20),
                _measure("line", data="continuous", minimum=-10, maximum=20),
            )
        ),
        Config(name="simulated", publish=("in_review",)),
    )


def _study(outcomes: list[dict[str, Any]], *, parts: list[dict[str, Any]] | None = None) -> Study:
    return construct(
        Study,
        {
            "id": "simulated",
            "title": "Simulated",
            "status": "in_review",
            "design": "not-stated",
            "adverse_events_reported": "not-reported",
            "groups": parts or [],
            "outcomes": [
                {"id": f"o-{number}", "title": "x", "group": "all", "follow_up": "1 mo", **outcome}
                for number, outcome in enumerate(outcomes)
            ],
        },
    )


def _errors(study: Study, corpus: Corpus) -> list[str]:
    return [
        f"{rule.name}: {problem.message} {study.outcomes[int(problem.where[1])]!r}"
        for rule in _ERRORS
        for problem in (rule.check(study, corpus) if rule.takes_corpus else rule.check(study))
    ]


@pytest.mark.parametrize("kind", simulated.KINDS)
def test_true_figures_raise_no_error(kind: str, corpus: Corpus) -> None:
    make = simulated.KINDS[kind]
    outcomes = iter(make(*how) for how in simulated.printings(kind, DATA_SETS))
    checked = 0
    while some := list(islice(outcomes, A_STUDY)):
        assert _errors(_study(some), corpus) == []
        checked += len(some)
    assert checked == DATA_SETS


def test_true_means_before_and_after_raise_no_error(corpus: Corpus) -> None:
    for number, how in enumerate(simulated.printings("paired", DATA_SETS)):
        assert _errors(_study([*simulated.paired(*how)]), corpus) == [], number


def test_true_parts_and_wholes_raise_no_error(corpus: Corpus) -> None:
    parts = {"id": "all", "label": "All", "parts": [{"id": "a"}, {"id": "b"}]}
    for number, how in enumerate(simulated.printings("pooled", DATA_SETS)):
        one, other, both = simulated.pooled(*how)
        study = _study(
            [both, {**one, "group": "a"}, {**other, "group": "b"}],
            parts=[{**parts, "parts_are": "exhaustive"}],
        )
        assert _errors(study, corpus) == [], number
