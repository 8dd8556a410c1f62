"""Means with the ends that their values lie between: printed ones, or those of the scale."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from curate.corpus import Corpus
from curate.document import number_text
from curate.evidence.last import last_kept
from curate.evidence.scale import scale_of
from curate.finding import Where
from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp
from curate.parts.result import Outcome
from curate.rounding import printed

Number = int | Decimal


class Ranged(NamedTuple):
    """A mean, what is printed of its spread, and the ends that its values lie between."""

    where: Where
    mean: Number
    sd: Number | None
    se: Number | None
    n: int | None
    scale: tuple[Fraction, Fraction] | None
    """The ends of the scale."""
    ends: tuple[Number, Number] | None
    """The minimum and the maximum as printed."""
    is_scored: bool
    """Whether the values are so few that they are listed; other rules then say more."""

    @property
    def is_attained(self) -> bool:
        """Whether somebody is at each end."""
        return self.ends is not None

    @property
    def widest(self) -> tuple[Fraction, Fraction]:
        """Return the widest ends that the values can have."""
        if self.ends is not None:
            return printed(self.ends[0]).low, printed(self.ends[1]).high
        assert self.scale is not None  # noqa: S101 - `ranged` yields no other
        return self.scale

    @property
    def inner(self) -> tuple[Fraction, Fraction]:
        """Return the narrowest ends that are printed so."""
        if self.ends is None:
            return self.widest
        return printed(self.ends[0]).high, printed(self.ends[1]).low

    def allows(self, spread: Number | float) -> bool:
        """Tell quickly of an SD far below the largest that it can be; False leaves it open.

        Half of the values this far below the mean and half as far above it are such values.
        """
        if self.ends is not None and not isinstance(spread, float):
            low, high = self.ends
            return 100 * spread < 99 * min(self.mean - low, high - self.mean)
        mean = float(self.mean)
        first, last = self.ends or self.widest
        return spread < _FAR_BELOW * min(mean - float(first), float(last) - mean)

    @property
    def said(self) -> str:
        """Name the ends in a message."""
        if self.ends is not None:
            return f"from {number_text(self.ends[0])} to {number_text(self.ends[1])}"
        return f"on a scale {_span(*self.widest)}"


_FAR_BELOW = 0.99


@last_kept
def ranged(study: Study, corpus: Corpus) -> Iterator[Ranged]:
    """Yield what has a mean and ends; silent where the mean is adjusted, hedged or derived."""
    follow_up = study.follow_up
    if follow_up is not None:
        found = _of(follow_up, ("follow_up",), follow_up.followed, None, None)
        if found is not None:
            yield found
    for index, outcome in enumerate(study.outcomes):
        if outcome.mean is None or (outcome.sd is None and outcome.se is None):
            continue
        if (
            outcome.adjusted
            or outcome.hedge is not None
            or not _DERIVED.isdisjoint(outcome.derived)
        ):
            continue
        scale = scale_of(outcome, corpus)
        bounds = None
        if scale is not None and scale.low is not None and scale.high is not None:
            bounds = scale.low, scale.high
        scored = scale is not None and scale.top is not None and outcome.analysed is not None
        n = outcome.analysed
        found = _of(outcome, ("outcomes", index), n, bounds, outcome.se, is_scored=scored)
        if found is not None:
            yield found


_DERIVED = frozenset({"mean", "sd", "se", "min", "max"})


def _of(  # noqa: PLR0913 - what the two kinds of figures differ in
    figures: FollowUp | Outcome,
    where: Where,
    n: int | None,
    scale: tuple[Fraction, Fraction] | None,
    se: Number | None,
    *,
    is_scored: bool = False,
) -> Ranged | None:
    mean, low, high = figures.mean, figures.min, figures.max
    if mean is None:
        return None
    ends = None if low is None or high is None or low > high else (low, high)
    if (ends is None and scale is None) or n == 0 or n == 1:  # noqa: PLR1714 - asked often
        return None
    return Ranged(where, mean, figures.sd, se, n, scale, ends, is_scored and ends is None)


def _span(low: Fraction, high: Fraction) -> str:
    return f"from {float(low):g} to {float(high):g}"
