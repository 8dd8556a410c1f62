"""Say what a forest plot shows: its title, what its marks mean, and what its axis measures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from curate.corpus import Corpus
from curate.counted import counted
from curate.kinds.study import Study
from curate.parts.result import Outcome
from curate.plots import words
from curate.plots.comparable import Comparison, Shown
from curate.plots.estimate import RATIOS, minus
from curate.plots.reach import ends_of, measure_of

_WHAT = {
    "mean": "mean",
    "median": "median",
    "value": "single value",
    "range": "range",
    "mean-difference": "difference of means",
    "median-difference": "difference of medians",
    "standardized-mean-difference": "standardised difference of means",
    "risk-difference": "difference of risks",
    "risk-ratio": "risk ratio",
    "odds-ratio": "odds ratio",
    "hazard-ratio": "hazard ratio",
}
_QUANTITIES = {
    "change": ", change from baseline",
    "percent-change": ", change in per cent of baseline",
    "improvement": ", improvement from baseline",
    "percent-improvement": ", improvement in per cent",
}
_STANDING = {
    "draft": "From a draft",
    "in_review": "From records in review, which no clinician has approved",
    "approved": "From approved records",
    "retired": "From retired records, no longer held to be right",
}
_SIGNS = {
    "change": "minus: the value fell",
    "percent-change": "minus: the value fell",
    "improvement": "plus: better",
    "percent-improvement": "plus: better",
}
_DIRECTIONS = {"higher-is-better": "higher is better", "higher-is-worse": "higher is worse"}
_DRAWN = {
    "ci": "Solid line: confidence interval as printed.",
    "wilson": "Dashed line: Wilson's 95 % interval, computed from the printed count.",
    "sd": "Bar: mean ± standard deviation, the spread of people and no confidence interval; its "
    "ends are computed.",
    "iqr": "Bar: from the lower to the upper quartile.",
    "range": "Dotted line: from the smallest to the largest value.",
}


def title(corpus: Corpus, found: Comparison) -> str:
    """Return what the rows have in common."""
    first = found.rows[0]
    result, kind = first.result, first.estimate.kind
    if kind == "proportion":
        said = found.stem or ("Adverse events" if first.harm else "Single outcomes")
        if found.stem and result.threshold is not None:
            said = f"{said} ({result.threshold})"
    else:
        measure = measure_of(corpus, result)
        quantity = result.quantity if isinstance(result, Outcome) else None
        about = found.stem if measure is None else measure.title
        if measure is not None and found.one_of_several:
            about = f"{found.stem} ({about})"
        said = f"{about}: {_WHAT[kind]}{_QUANTITIES.get(quantity or '', '')}"
    if len({shown.study.id for shown in found.rows}) > 1 and result.follow_up is not None:
        return f"{said}, at {words.time(result.follow_up)}"
    return said


def description(corpus: Corpus, found: Comparison, said: str) -> str:
    """Return what is drawn and how to read it, in sentences."""
    studies = len({shown.study.id for shown in found.rows})
    number = len(found.rows)
    results = counted(number, "result")
    of = "one study" if studies == 1 else f"{studies} studies"
    sentences = (
        f"Forest plot of {results} from {of}: {said}.",
        "Nothing is pooled.",
        *legend(found.rows),
        *_overlaps(corpus, found.rows),
        "The table that belongs to it says the same in words.",
    )
    return " ".join(sentences)


def legend(rows: Sequence[Shown]) -> tuple[str, ...]:
    """Say what the marks mean, those that there are."""
    points = [shown.estimate.point for shown in rows if shown.estimate.point is not None]
    figures = {stretch.figure for shown in rows for stretch in shown.estimate.stretches}
    said: list[str] = []
    if any(not point.computed for point in points):
        said.append("Filled circle: figure as printed.")
    if any(point.computed for point in points):
        said.append("Hollow circle: computed from printed figures, or derived from them.")
    return (*said, *(text for figure, text in _DRAWN.items() if figure in figures))


def below(corpus: Corpus, found: Comparison) -> tuple[str, ...]:
    """Say below the axis what it measures, and which way is better."""
    result, kind = found.rows[0].result, found.rows[0].estimate.kind
    if not isinstance(result, Outcome) or kind == "proportion":
        return ("per cent", *_overlaps(corpus, found.rows))
    if kind in RATIOS:
        said = ["equal distances are equal ratios", "1 is no difference"]
        return (", ".join(said), *_overlaps(corpus, found.rows))
    measure = measure_of(corpus, result)
    unit = result.unit or (measure.unit if measure is not None else None)
    if result.quantity in {"percent-change", "percent-improvement"}:
        unit = "%"
    said = [] if unit is None else [words.unit(unit)]
    ends = ends_of(corpus, found)
    if len(ends) > 1:
        said.append(f"scale from {minus(ends[0])} to {minus(ends[1])}")
    if result.quantity in _SIGNS:
        said.append(_SIGNS[result.quantity])
    if measure is not None and measure.direction and result.quantity in {"value", "change"}:
        said.append(_DIRECTIONS[measure.direction])
    if found.rows[0].against is not None:
        said.append("0 is no difference")
    return (", ".join(said), *_overlaps(corpus, found.rows))


def sources(corpus: Corpus, studies: Iterable[Study]) -> str:
    """Say which papers the figures are from, and how far their records are."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for study in dict.fromkeys(studies):
        paper = f" (PMID {study.pmid})" if study.pmid is not None else ""
        said[study.status].append(f"{words.named(corpus, study)}{paper}")
    return " ".join(f"{_STANDING[status]}: {', '.join(names)}." for status, names in said.items())


def _overlaps(corpus: Corpus, rows: Sequence[Shown]) -> Iterator[str]:
    """Say which of the studies report some of the same people."""
    studies = {shown.study.id: shown.study for shown in rows}
    pairs = {
        tuple(sorted((shown.study.id, other)))
        for shown in rows
        for other in shown.study.overlaps
        if other in studies
    }
    for pair in sorted(pairs):
        one, other = (words.named(corpus, studies[id_]) for id_ in pair)
        yield f"{one} and {other} report some of the same people."
