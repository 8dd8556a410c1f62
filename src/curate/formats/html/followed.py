"""When a result was observed, and how long a study followed its people, in words."""

from collections.abc import Iterator
from fractions import Fraction

from curate.duration import days_in, in_days
from curate.formats.html.site import Result
from curate.formats.html.words import number, time, time_unit
from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp


def follow_up_text(followed: FollowUp) -> str:
    """Return a study's own follow-up, every figure of it."""
    return "; ".join(_figures(followed))


def brief(followed: FollowUp) -> str | None:
    """Return the one figure of a study's follow-up that says most."""
    unit = f" {time_unit(followed.unit)}" if followed.unit is not None else ""
    for name in ("mean", "median"):
        value = getattr(followed, name)
        if value is not None:
            return f"{name} {number(value)}{unit}"
    if followed.planned is not None:
        return time(followed.planned)
    if followed.min is not None and followed.max is not None:
        return f"{number(followed.min)} to {number(followed.max)}{unit}"
    return None


def when(study: Study, result: Result) -> str | None:
    """Return when a result was observed; None where nobody knows."""
    at = result.follow_up
    if at is None:
        return None
    if at == "baseline":
        return "before treatment"
    if at == "study":
        known = brief(study.follow_up) if study.follow_up is not None else None
        return "whole follow-up" + (f" ({known})" if known else "")
    if result.follow_up_from is not None:
        return f"{time(result.follow_up_from)} to {time(at)}"
    return time(at)


def in_order(study: Study, result: Result) -> Fraction | None:
    """Return a number to sort a time by: days; the study's own follow-up by its middle."""
    at = result.follow_up
    if at is None:
        return None
    if at == "baseline":
        return Fraction(-1)
    followed = study.follow_up
    if at == "study":
        if followed is None:
            return None
        middle = followed.mean if followed.mean is not None else followed.median
        if middle is not None and followed.unit is not None:
            return Fraction(middle) * days_in(followed.unit)
        return in_days(followed.planned) if followed.planned is not None else None
    return in_days(at)


def _figures(followed: FollowUp) -> Iterator[str]:
    unit = f" {time_unit(followed.unit)}" if followed.unit is not None else ""
    if followed.planned is not None:
        yield f"planned for {time(followed.planned)}"
    for name, value in (
        ("mean", followed.mean),
        ("SD", followed.sd),
        ("median", followed.median),
        ("lower quartile", followed.q1),
        ("upper quartile", followed.q3),
        ("shortest", followed.min),
        ("longest", followed.max),
    ):
        if value is not None:
            yield f"{name} {number(value)}{unit}"
    if unit and all(
        value is None for value in (followed.mean, followed.median, followed.min, followed.max)
    ):
        yield f"in{unit}"
    if followed.followed is not None:
        yield f"of {number(followed.followed)} people"
