"""Which way the results that a claim links to went: up or down, better or worse."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from curate.corpus import Corpus
from curate.evidence.behind import Behind
from curate.kinds.measure import Measure
from curate.kinds.study import Study
from curate.parts.result import Outcome

Number = int | Decimal


class Change(NamedTuple):
    """One change from baseline: its signs, where they are known, and the outcome it is from."""

    outcome: str
    """`study#outcome`"""
    rose: int | None
    """1 where the value rose, -1 where it fell."""
    better: int | None
    """1 where patients were better, -1 where worse."""


def changes(evidence: Iterable[Behind], corpus: Corpus) -> Iterator[Change]:
    """Yield the changes that a claim's links show: recorded ones, and those between two times."""
    linked = [
        (study, result)
        for study, result in evidence
        if study is not None and isinstance(result, Outcome)
    ]
    for study, outcome in linked:
        name = f"{study.id}#{outcome.id}"
        polarity = _polarity(outcome, corpus)
        figure = _figure(outcome)
        if outcome.quantity in {"improvement", "percent-improvement"} and figure is not None:
            better = _sign(figure)
            yield Change(name, better * polarity if polarity is not None else None, better)
        elif outcome.quantity in {"change", "percent-change"} and figure is not None:
            yield _raw(name, _sign(figure), polarity)
        elif outcome.quantity == "value" and outcome.follow_up != "baseline" and figure is not None:
            before = [
                _figure(one) for other, one in linked if _is_before(study, outcome, other, one)
            ]
            if len(before) == 1 and before[0] is not None:
                yield _raw(name, _sign(figure - before[0]), polarity)


def _raw(name: str, rose: int, polarity: int | None) -> Change:
    return Change(name, rose, rose * polarity if polarity is not None else None)


def _is_before(study: Study, outcome: Outcome, other: Study, one: Outcome) -> bool:
    return (
        other.id == study.id
        and one.follow_up == "baseline"
        and outcome.measure is not None
        and (one.group, one.measure, one.quantity, one.unit)
        == (outcome.group, outcome.measure, outcome.quantity, outcome.unit)
    )


def _polarity(outcome: Outcome, corpus: Corpus) -> int | None:
    measure = corpus.get(Measure, outcome.measure) if outcome.measure is not None else None
    if measure is None or measure.direction is None:
        return None
    return 1 if measure.direction == "higher-is-better" else -1


def _figure(outcome: Outcome) -> Number | None:
    given = (outcome.mean, outcome.median, outcome.value)
    return next((number for number in given if number is not None), None)


def _sign(number: Number) -> int:
    return (number > 0) - (number < 0)
