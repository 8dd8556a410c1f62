"""The figures of one result in a line of text, for readers."""

from collections.abc import Iterator

from curate.document import number_text
from curate.formats.fhir.quantity import unit_name
from curate.parts.follow_up import FollowUp
from curate.parts.interval import Effect, Interval
from curate.parts.result import AdverseEvent, Outcome


def figures_text(figures: Outcome | AdverseEvent, unit: str | None, against: str | None) -> str:
    """Return the figures of a result: `7 of 9 (77.8 %); p <0.001`."""
    parts = [*_counted(figures)]
    if isinstance(figures, Outcome):
        parts += _measured(figures, unit)
        if figures.ci is not None:
            parts.append(_interval(figures.ci))
    if figures.p is not None:
        parts.append(_p(figures.p))
    if isinstance(figures, Outcome) and figures.effect is not None:
        parts.append(_effect(figures.effect, against))
    hedge = f"{figures.hedge.replace('-', ' ')} " if figures.hedge else ""
    return f"{hedge}{'; '.join(parts)}" if parts else ""


def follow_up_text(follow_up: FollowUp) -> str:
    """Return how long people were followed: `mean 25.4, SD 32.1, range 3 to 165 months`."""
    parts = [*_measured(follow_up, follow_up.unit)]
    if follow_up.followed is not None:
        parts.append(f"of {follow_up.followed} people")
    return "; ".join(parts)


def _counted(figures: Outcome | AdverseEvent) -> Iterator[str]:
    percent = f"{number_text(figures.percent)} %" if figures.percent is not None else ""
    of = f" of {figures.analysed}" if figures.analysed is not None else ""
    units = f" {figures.counted}" if figures.counted else ""
    if figures.count is not None:
        yield f"{figures.count}{of}{units}" + (f" ({percent})" if percent else "")
    elif percent:
        yield f"{percent}{of}{units}"
    elif of:
        yield f"{figures.analysed}{units or ' people'} analysed"


def _measured(figures: Outcome | FollowUp, unit: str | None) -> Iterator[str]:
    values = {
        "value": figures.value if isinstance(figures, Outcome) else None,
        "mean": figures.mean,
        "SD": figures.sd,
        "SE": figures.se if isinstance(figures, Outcome) else None,
        "median": figures.median,
        "lower quartile": figures.q1,
        "upper quartile": figures.q3,
        "lowest": figures.min,
        "highest": figures.max,
    }
    said = [f"{name} {number_text(value)}" for name, value in values.items() if value is not None]
    if said:
        yield ", ".join(said) + (f" {unit_name(unit)}" if unit else "")


def _effect(effect: Effect, against: str | None) -> str:
    value = f"{effect.type.replace('-', ' ')} {number_text(effect.value)} against {against}"
    ci = f", {_interval(effect.ci)}" if effect.ci is not None else ""
    p = f", {_p(effect.p)}" if effect.p is not None else ""
    return f"{value}{ci}{p}"


def _interval(ci: Interval) -> str:
    return f"{number_text(ci.level)} % CI {number_text(ci.low)} to {number_text(ci.high)}"


def _p(p: object) -> str:
    return f"p {p}" if isinstance(p, str) else f"p = {p:f}"
