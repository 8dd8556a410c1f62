"""What the outcomes that a claim links to say in figures, and what follows from them."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from curate.corpus import Corpus
from curate.duration import days_in, in_days
from curate.evidence.behind import Behind
from curate.evidence.prose import Mention, mentions
from curate.kinds.measure import Measure
from curate.kinds.study import Study
from curate.parts.claim import Claim
from curate.parts.interval import Interval
from curate.parts.result import Outcome, Result
from curate.results import sizes
from curate.rounding import printed

Number = int | Decimal


class Facts:
    """What is known behind a claim besides its results, by what it is a figure of.

    Only those are gathered that numbers of the kinds asked for can be.
    """

    def __init__(self, kinds: set[str]) -> None:
        self.of_days = "time" in kinds
        self.of_days_alone = kinds == {"time"}
        self.counts: set[Number] = set()
        self.figures: set[Number] = set()
        self.percents: set[Number] = set()
        self.days: set[tuple[int, int]] = set()
        """Times in days, each as a fraction's two numbers."""
        self.p: set[tuple[str, Number]] = set()

    def hold(self, mention: Mention) -> bool:
        """Tell whether a number of a text stands here."""
        value = mention.value
        if mention.kind == "p":
            return (mention.comparator, value) in self.p
        if mention.kind == "percent":
            return _is_in(value, self.percents)
        if mention.kind == "time":
            return _days(value, mention.unit) in self.days
        if mention.kind == "people":
            return value in self.counts
        if mention.kind == "points":
            return _is_in(value, self.figures)
        return value in self.counts or _is_in(value, self.figures)


def not_held(
    claim: Claim, found: list[Mention], evidence: Sequence[Behind], corpus: Corpus
) -> list[Mention]:
    """Return which numbers of a claim stand in nothing that it links to.

    None do where it links to nothing that can be read. Most stand in the results themselves, so
    studies are looked at only for what does not, and texts only for what is in no figure.
    """
    linked = _linked(claim, evidence, corpus) if found else []
    if not linked:
        return []
    for _, result in linked:
        if result is not None:
            found = [mention for mention in found if not _is_of(result, mention)]
    if not found:
        return []
    known = Facts({mention.kind for mention in found})
    if not known.of_days_alone:
        known.counts.add(len({study.id for study, _ in linked}))
    for add in (_add_figures, _add_study, _add_texts):
        for study, result in linked:
            add(known, study, result, corpus)
        found = [mention for mention in found if not known.hold(mention)]
        if not found:
            break
    return found


def _linked(
    claim: Claim, evidence: Sequence[Behind], corpus: Corpus
) -> list[tuple[Study, Result | None]]:
    """Return the results that a claim links to, or else the studies that it cites.

    It is nothing where a link leads nowhere, or to a record that cannot be read.
    """
    if not evidence:
        return [(study, None) for pmid in claim.pmids for study in corpus.studies_of(pmid)]
    found: list[tuple[Study, Result | None]] = []
    for study, result in evidence:
        if study is None or result is None:
            return []
        found.append((study, result))
    return found


def _is_of(result: Result, mention: Mention) -> bool:
    """Tell whether a number says when a result was observed, or in how many or how often.

    What follows from a count and its denominator is known, too.
    """
    kind, value = mention.kind, mention.value
    if kind == "time":
        days = _days(value, mention.unit)
        return days in (_time(result.follow_up), _time(result.follow_up_from))
    if kind == "p":
        return result.p is not None and (mention.comparator, value) == _p(result.p)
    count, n = result.count, result.analysed
    if kind == "percent":
        return _is_in(value, {result.percent}) or _is_share(value, count, n)
    if kind == "points":
        return False
    left = None if count is None or not n else n - count
    return value in (count, n, result.available, left)


def _is_share(value: Number, count: int | None, n: int | None) -> bool:
    """Tell whether a percentage is what a count and its denominator give: 7/9 is 78 %."""
    if count is None or not n:
        return False
    band = printed(value)
    return band.holds(Fraction(100 * count, n)) or band.holds(Fraction(100 * (n - count), n))


def _add_study(found: Facts, study: Study, _result: Result | None, _corpus: Corpus) -> None:
    """Add how many entered and how long they were followed."""
    follow_up = study.follow_up
    if not found.of_days_alone:
        entered = [size.enrolled for size in sizes(study).values()]
        found.counts |= {n for n in (*entered, study.screened) if n is not None}
        if follow_up is not None and follow_up.followed is not None:
            found.counts.add(follow_up.followed)
    if follow_up is None or not found.of_days:
        return
    if follow_up.unit is not None:
        given = (follow_up.mean, follow_up.median, follow_up.min, follow_up.max)
        quartiles = (follow_up.q1, follow_up.q3, follow_up.sd)
        found.days |= {
            _days(number, follow_up.unit) for number in (*given, *quartiles) if number is not None
        }
    planned = _time(follow_up.planned)
    if planned is not None:
        found.days.add(planned)


def _add_figures(found: Facts, _study: Study, outcome: Result | None, corpus: Corpus) -> None:
    """Add what was measured, in its unit, and the ends of its scale."""
    if not isinstance(outcome, Outcome):
        return
    measure = corpus.get(Measure, outcome.measure) if outcome.measure is not None else None
    unit = outcome.unit or (measure.unit if measure is not None else None)
    in_per_cent = unit == "%" or (outcome.quantity or "").startswith("percent")
    for number in _figures(outcome):
        if in_per_cent:
            found.percents.add(number)
        elif unit in _TIMES:
            found.days.add(_days(number, unit))
        else:
            found.figures.add(number)
    if outcome.ci is not None and outcome.mean is None and outcome.median is None:
        found.percents |= {outcome.ci.low, outcome.ci.high}
    for ci in (outcome.ci, outcome.effect.ci if outcome.effect is not None else None):
        if ci is not None:
            found.percents.add(ci.level)
    if outcome.effect is not None and outcome.effect.p is not None:
        found.p.add(_p(outcome.effect.p))
    if measure is not None:
        change = measure.smallest_important_change
        ends = (measure.minimum, measure.maximum, change.value if change is not None else None)
        found.figures |= {end for end in ends if end is not None}


_TIMES = frozenset({"min", "h", "d", "wk", "mo", "a"})


def _figures(outcome: Outcome) -> Iterator[Number]:
    effect = outcome.effect
    given = (
        *(outcome.value, outcome.mean, outcome.median, outcome.sd, outcome.se),
        *(outcome.q1, outcome.q3, outcome.min, outcome.max),
        effect.value if effect is not None else None,
        *_ends(outcome.ci),
        *_ends(effect.ci if effect is not None else None),
    )
    return (number for number in given if number is not None)


def _ends(ci: Interval | None) -> tuple[Number, ...]:
    return () if ci is None else (ci.low, ci.high)


def _add_texts(found: Facts, study: Study, result: Result | None, corpus: Corpus) -> None:
    """Add what is said in words of a result, of its people and of its scale."""
    if result is None:
        return
    for text in _texts(study, result):
        _add_text(found, text)
    name = result.measure if isinstance(result, Outcome) else None
    measure = corpus.get(Measure, name) if name is not None else None
    if measure is not None and measure.description is not None:
        _add_text(found, measure.description)


def _texts(study: Study, result: Result) -> Iterator[str]:
    """Yield what the record says in words of a result and of the people it is of."""
    yield from (text for text in (result.title, result.threshold, result.note) if text)
    yield from (text for text in (study.population, study.design_note, study.note) if text)
    for group in study.groups:
        if result.group in {group.id, *(part.id for part in group.parts)}:
            yield from (text for text in (group.label, group.note) if text)
            yield from (treatment.name for treatment in group.treatments)


def _add_text(found: Facts, text: str) -> None:
    if "half" in text.lower():  # "half or more" is 50 to 100 per cent
        found.percents |= {50, 100}
    for mention in mentions(text):
        value = mention.value
        if mention.kind == "percent":
            found.percents.add(value)
        elif mention.kind == "time":
            found.days.add(_days(value, mention.unit))
        elif mention.kind == "p":
            found.p.add((mention.comparator, value))
        else:
            found.counts.add(value)
            found.figures.add(value)


@lru_cache(maxsize=4096)
def _days(number: Number, unit: str) -> tuple[int, int]:
    return (Fraction(number) * days_in(unit)).as_integer_ratio()


@lru_cache(maxsize=4096)
def _time(text: str | None) -> tuple[int, int] | None:
    """Return a time in days as `_days` does, or None where it is none."""
    days = None if text is None else in_days(text)
    return None if days is None else days.as_integer_ratio()


def _p(p: Number | str) -> tuple[str, Number]:
    if not isinstance(p, str):
        return "", p
    bound = p.lstrip("<=>")
    return p.removesuffix(bound), Decimal(bound)


def _is_in(value: Number, known: AbstractSet[Number | None]) -> bool:
    """Tell whether a figure is known, with its sign or, where a text leaves that out, without."""
    return value in known or (value > 0 and -value in known)
