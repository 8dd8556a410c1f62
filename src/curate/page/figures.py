"""Write the figures of a result in one line, each as it is printed."""

from collections.abc import Iterator, Mapping
from typing import Any

from curate.page.lines import said

_HEDGES = {"up-to": "up to ", "at-least": "at least ", "about": "about "}
_SPREADS = {"sd": "SD", "se": "SE"}


def figures(result: Mapping[str, Any]) -> str:
    """Return what a result found: `7 of 9 (78 %)`, `mean 4.30 (SD 0.5)`, an effect, a p-value."""
    found = [*_counted(result), *_measured(result), *_effect(result.get("effect"))]
    if "p" in result:
        found.append(_p(result["p"]))
    text = "; ".join(filter(None, found))
    return _HEDGES.get(str(result.get("hedge")), "") + text if text else ""


def _counted(result: Mapping[str, Any]) -> Iterator[str]:
    has_count, has_percent = "count" in result, "percent" in result
    counted = result.get("counted")
    noun = f" {said(counted)}" if counted else ""
    percent = f"{said(result['percent'])} %" if has_percent else ""
    if has_count:
        of = f" of {said(result['analysed'])}" if "analysed" in result else ""
        yield f"{said(result['count'])}{of}{noun}" + (f" ({percent})" if percent else "")
    elif has_percent:
        yield percent


def _measured(result: Mapping[str, Any]) -> Iterator[str]:
    unit = f" {said(result['unit'])}" if "unit" in result else ""
    spread = [f"{name} {said(result[key])}" for key, name in _SPREADS.items() if key in result]
    spread += _range("IQR", result, "q1", "q3") + _range("range", result, "min", "max")
    spread += _interval(result.get("ci"))
    behind = f" ({', '.join(spread)})" if spread else ""
    central = [key for key in ("value", "mean", "median") if key in result]
    for number, key in enumerate(central):
        name = "" if key == "value" else f"{key} "
        last = number == len(central) - 1
        yield f"{name}{said(result[key])}{unit}{behind if last else ''}"
    if spread and not central:
        yield ", ".join(spread) + unit


def _range(name: str, result: Mapping[str, Any], low: str, high: str) -> list[str]:
    if low not in result and high not in result:
        return []
    return [f"{name} {said(result.get(low, '?'))} to {said(result.get(high, '?'))}"]


def _interval(ci: Any) -> list[str]:
    if not isinstance(ci, dict):
        return []
    low, high = said(ci.get("low", "?")), said(ci.get("high", "?"))
    return [f"{said(ci.get('level', '?'))} % CI {low} to {high}"]


def _effect(effect: Any) -> Iterator[str]:
    if isinstance(effect, dict):
        kind = said(effect.get("type", "effect")).replace("-", " ")
        text = f"{kind} {said(effect.get('value', '?'))} against {said(effect.get('against', '?'))}"
        interval = _interval(effect.get("ci"))
        yield text + (f" ({interval[0]})" if interval else "")
        yield _p(effect["p"]) if "p" in effect else ""


def _p(value: Any) -> str:
    text = said(value)
    return f"p {text}" if text[:1] in {"<", ">"} else f"p {text}".replace("p ", "p = ", 1)
