"""Draw the marks of one estimate on an axis, each with its figures as data- attributes."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from curate.plots.axis import Axis
from curate.plots.estimate import Estimate, Point, Stretch
from curate.plots.svg import Attributes, element

_HALF_CAP, _HALF_BAR, _RADIUS, _STROKE = 4.0, 5.0, 4.0, 1.75


def drawing(estimate: Estimate) -> Callable[[Axis, float], Iterator[str]]:
    """Return what draws an estimate once it is known on which axis and at which height."""
    return lambda axis, y: marks(estimate, axis, y)


def marks(estimate: Estimate, axis: Axis, y: float) -> Iterator[str]:
    """Yield the marks of an estimate at a height: the widest first, the estimate on top."""
    for stretch in estimate.stretches:
        yield _stretch(stretch, axis, y)
    if estimate.point is not None:
        yield _point(estimate.point, axis, y)


def number(value: Fraction) -> str:
    """Return a value for a data- attribute: exactly where it has few digits."""
    return f"{float(value):.12g}"


def _stretch(stretch: Stretch, axis: Axis, y: float) -> str:
    left, right = axis.at(stretch.low), axis.at(stretch.high)
    data: Attributes = {
        **_data(stretch.figure, computed=stretch.computed),
        "data_low": number(stretch.low),
        "data_high": number(stretch.high),
        "data_left": left,
        "data_right": right,
    }
    if stretch.figure in {"sd", "iqr"}:
        bar: Attributes = {
            "class": "plot-mark plot-spread",
            "x": min(left, right),
            "width": abs(right - left),
            "y": y - _HALF_BAR,
            "height": 2 * _HALF_BAR,
            "fill_opacity": 0.28,
        }
        return element("rect", {**bar, **data})
    thin = stretch.figure == "range"
    line: Attributes = {
        "class": "plot-mark plot-line",
        "fill": "none",
        "stroke_width": 1 if thin else _STROKE,
    }
    drawn = {"d": f"M{left:.2f} {y:.2f}H{right:.2f}", "stroke_dasharray": _dashes(stretch)}
    # The caps are solid even where the line is dashed: an end that is a gap would show nowhere.
    caps = [f"M{x:.2f} {y - _HALF_CAP:.2f}V{y + _HALF_CAP:.2f}" for x in (left, right)]
    inside = [element("path", drawn), *[element("path", {"d": "".join(caps)})] * (not thin)]
    return element("g", {**line, **data}, *inside)


def _point(point: Point, axis: Axis, y: float) -> str:
    circle: Attributes = {
        "class": "plot-mark plot-hollow" if point.computed else "plot-mark",
        "cx": axis.at(point.value),
        "cy": y,
        "r": _RADIUS,
        "stroke_width": _STROKE,
        "data_value": number(point.value),
    }
    return element("circle", {**circle, **_data(point.figure, computed=point.computed)})


def _dashes(stretch: Stretch) -> str | None:
    if stretch.figure == "range":
        return "1 3"
    return "4 3" if stretch.computed else None


def _data(figure: str, *, computed: bool) -> Attributes:
    return {"data_figure": figure, "data_computed": "computed" if computed else None}
