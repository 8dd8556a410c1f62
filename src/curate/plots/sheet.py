"""Lay a picture out: title, rows of text and marks, the axis, and what the marks mean."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from curate.plots.axis import Axis, tick_text
from curate.plots.svg import Attributes, element, text, wrapped

_TITLE, _TEXT, _SMALL = 15.0, 12.5, 11.5
_LEADING = 1.32
_GAP = 10.0
_STRIP = 18.0
_AIR = 2.0
_AXIS = 20.0

Marks = Callable[[Axis, float], Iterator[str]]


class Line(NamedTuple):
    """One row of a picture."""

    name: str
    beside: str
    """Follow-up and denominator."""
    printed: str
    computed: str
    data: Mapping[str, str | int | None]
    marks: Marks


class Sheet(NamedTuple):
    """What a picture says and shows, whatever its width."""

    name: str
    title: str
    subtitle: str
    description: str
    lines: tuple[Line, ...]
    caption: tuple[str, ...]
    legend: tuple[str, ...]
    null: Fraction | None = None
    harm: bool = False


class Layout(NamedTuple):
    """How wide a picture is, and where its axis stands."""

    name: str
    width: float
    left: float
    right: float
    ticks: int
    beside: bool
    """Whether text stands beside the marks, or above them."""


WIDE = Layout("wide", 760, 250, 520, 7, beside=True)
NARROW = Layout("narrow", 320, 12, 308, 5, beside=False)
_EDGE = 2.0


def draw(sheet: Sheet, layout: Layout, axis: Axis) -> str:
    """Return a picture as one SVG element, which scales with the width that it is given."""
    paper = _Paper()
    paper.texts(wrapped(sheet.title, layout.width - 2 * _EDGE, _TITLE), _EDGE, _TITLE, bold=True)
    if sheet.subtitle:
        paper.texts(wrapped(sheet.subtitle, layout.width - 2 * _EDGE, _SMALL), _EDGE, _SMALL)
    paper.y += _GAP
    top = paper.y
    rows = [_row(line, layout, axis, paper) for line in sheet.lines]
    strips = [(top, paper.y)] if layout.beside else paper.strips
    grid = "".join(_grid(axis, *strip, sheet.null) for strip in strips)
    scale = _scale(axis, paper, sheet, layout)
    for said in sheet.legend:
        paper.texts(wrapped(said, layout.width - 2 * _EDGE, _SMALL), _EDGE, _SMALL, muted=True)
    height = round(paper.y + _GAP / 2, 2)
    names = {part: f"plot_{sheet.name}_{layout.name}_{part}" for part in ("title", "desc")}
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"plot plot-{layout.name}",
            "viewBox": f"0 0 {layout.width:g} {height:g}",
            "width": layout.width,
            "height": height,
            "role": "img",
            "aria_labelledby": names["title"],
            "aria_describedby": names["desc"],
        },
        element("title", {"id": names["title"]}, text(sheet.title)),
        element("desc", {"id": names["desc"]}, text(sheet.description)),
        grid,
        element("g", {"class": "plot-rows plot-harm" if sheet.harm else "plot-rows"}, *rows),
        scale,
        element("g", {"class": "plot-text"}, *paper.written),
    )


class _Paper:
    """Text that was set so far, and how far down it goes."""

    def __init__(self) -> None:
        self.y = _GAP / 2
        self.written: list[str] = []
        self.strips: list[tuple[float, float]] = []
        """Where marks stand below text, from and to which height: the grid is drawn there only."""

    def texts(
        self, lines: list[str], x: float, size: float, *, muted: bool = False, bold: bool = False
    ) -> None:
        """Set lines below each other, and go on below them."""
        weight = {"font_weight": "600"} if bold else {}
        for line in lines:
            self.y += size * _LEADING
            self.written.append(_text(line, (x, self.y - size * 0.3), size, muted=muted, **weight))


def _row(line: Line, layout: Layout, axis: Axis, paper: _Paper) -> str:
    """Set the text of a row, and return its marks."""
    top = paper.y
    if layout.beside:
        right = layout.right + 18
        paper.texts(*_fit(line.name, layout.left - 16, _TEXT), _TEXT)
        paper.texts(*_fit(line.beside, layout.left - 16, _SMALL), _SMALL, muted=True)
        below, paper.y = paper.y, top
        width = layout.width - right - _EDGE
        paper.texts(wrapped(line.printed, width, _TEXT), right, _TEXT)
        if line.computed:
            paper.texts(wrapped(line.computed, width, _SMALL), right, _SMALL, muted=True)
        paper.y = max(below, paper.y) + _GAP
        y = top + _TEXT * _LEADING * 0.62
    else:
        width = layout.width - 2 * _EDGE
        paper.texts(wrapped(line.name, width, _TEXT), _EDGE, _TEXT)
        beside = ", ".join(filter(None, (line.beside, line.printed)))
        paper.texts(wrapped(beside, width, _SMALL), _EDGE, _SMALL)
        if line.computed:
            paper.texts(wrapped(line.computed, width, _SMALL), _EDGE, _SMALL, muted=True)
        y = paper.y + _STRIP / 2 + _AIR
        paper.strips.append((paper.y + _AIR, paper.y + _AIR + _STRIP))
        paper.y += _STRIP + _GAP
    data = {key: value for key, value in line.data.items() if value is not None}
    return element(
        "g", {"class": "plot-row", "data_printed": line.printed, **data}, *line.marks(axis, y)
    )


def _fit(said: str, width: float, size: float) -> tuple[list[str], float]:
    return (wrapped(said, width, size) if said else []), _EDGE


def _grid(axis: Axis, top: float, bottom: float, null: Fraction | None) -> str:
    drawn = [
        _ruled("plot-grid", (axis.at(tick), top), (axis.at(tick), bottom), stroke="#d5dae0")
        for tick in axis.ticks
    ]
    if null is not None and axis.low <= null <= axis.high:
        x = axis.at(null)
        drawn.append(_ruled("plot-null", (x, top), (x, bottom), stroke_width="1.25"))
    return "".join(drawn)


def _ruled(class_: str, start: tuple[float, float], end: tuple[float, float], **more: str) -> str:
    ends: Attributes = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    return element("line", {"class": class_, "stroke": "#5b6570", **ends, **more})


def _scale(axis: Axis, paper: _Paper, sheet: Sheet, layout: Layout) -> str:
    """Draw the axis with its numbers, and set its caption below."""
    y = paper.y
    drawn = [_ruled("plot-axis", (axis.left, y), (axis.right, y))]
    for tick in axis.ticks:
        x = axis.at(tick)
        value = f"{float(tick):.12g}"
        drawn.append(_ruled("plot-axis plot-tick", (x, y), (x, y + 4), data_value=value))
        drawn.append(_text(tick_text(tick), (x, y + 16), _SMALL, muted=True, text_anchor="middle"))
    paper.y += _AXIS
    middle = (axis.left + axis.right) / 2
    room = 2 * min(middle, layout.width - middle) - 2 * _EDGE
    for said in filter(None, sheet.caption):
        for line in wrapped(said, room, _SMALL):
            paper.y += _SMALL * _LEADING
            drawn.append(
                _text(
                    line, (middle, paper.y - _SMALL * 0.3), _SMALL, muted=True, text_anchor="middle"
                )
            )
    paper.y += _GAP / 2
    return element("g", {"class": "plot-scale"}, *drawn)


def _text(
    said: str, at: tuple[float, float], size: float, *, muted: bool = False, **more: str
) -> str:
    x, y = at
    return element(
        "text",
        {"x": x, "y": y, "font_size": size, "class": "plot-muted" if muted else None, **more},
        text(said),
    )
