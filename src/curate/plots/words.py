"""Say times, units and groups in words, as a reader of a picture needs them."""

from curate.corpus import Corpus
from curate.document import number_text
from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp
from curate.parts.result import AdverseEvent, Outcome

_TIMES = {
    "min": "minute",
    "h": "hour",
    "d": "day",
    "wk": "week",
    "mo": "month",
    "a": "year",
}
_UNITS = {"{score}": "points", "%": "per cent"}


def time(said: str) -> str:
    """Return a time in words: `12 mo` is "12 months"."""
    number, _, unit = said.partition(" ")
    return f"{number} {_TIMES[unit]}{'' if number == '1' else 's'}"


def unit_of_time(unit: str) -> str:
    """Return a unit of time in words: `mo` is "months"."""
    return f"{_TIMES[unit]}s"


def unit(ucum: str) -> str:
    """Return a unit in words where it has some: `{score}` is "points"."""
    return unit_of_time(ucum) if ucum in _TIMES else _UNITS.get(ucum, ucum)


def when(study: Study, result: Outcome | AdverseEvent) -> str:
    """Say when a result was observed."""
    said = [_followed(study, result), result.time_frame or ""]
    return ", ".join(filter(None, said)) or "time not reported"


def _followed(study: Study, result: Outcome | AdverseEvent) -> str:
    at = result.follow_up
    if at is None or at == "baseline":
        return at or ""
    if at == "study":
        own = brief(study.follow_up) if study.follow_up is not None else ""
        return f"study follow-up ({own})" if own else "study follow-up"
    since = f"{time(result.follow_up_from)} to " if result.follow_up_from is not None else ""
    return f"{since}{time(at)}"


def brief(follow_up: FollowUp) -> str:
    """Say a study's follow-up by its first figure: mean 25.4 months."""
    unit = f" {unit_of_time(follow_up.unit)}" if follow_up.unit is not None else ""
    for name in ("median", "mean", "max"):
        value = getattr(follow_up, name)
        if value is not None:
            return f"{'up to' if name == 'max' else name} {number_text(value)}{unit}"
    return f"planned {time(follow_up.planned)}" if follow_up.planned is not None else ""


def named(corpus: Corpus, study: Study) -> str:
    """Name a study by its paper: `Horisawa S et al. 2019`; by its id where no author is known."""
    reference = corpus.references_by_pmid.get(study.pmid) if study.pmid is not None else None
    if reference is None or not reference.authors:
        return study.id
    more = len(reference.authors) > 1 or reference.authors_complete is False
    year = "" if reference.year is None else f" {reference.year}"
    return f"{reference.authors[0]}{' et al.' if more else ''}{year}"


def group(study: Study, id_: str) -> str:
    """Return who a group or a part of one is."""
    for found in study.groups:
        if found.id == id_:
            return found.label
        for part in found.parts:
            if part.id == id_:
                return part.label or part.id
    return id_
