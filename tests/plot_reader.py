"""Read a plot as a reader's eye does: from where a mark stands, by the axis, back to its value."""

import re
from collections.abc import Iterator
from math import exp, log
from typing import NamedTuple
from xml.etree.ElementTree import Element  # only the type

from defusedxml.ElementTree import fromstring

SVG = "{http://www.w3.org/2000/svg}"


class Mark(NamedTuple):
    """A mark, the row that it is in, and the values that its place on the axis stands for."""

    row: dict[str, str]
    figure: str
    computed: bool
    values: tuple[float, ...]
    said: tuple[float, ...]
    """What its data- attributes say."""


def read(svg: str) -> Element:
    root: Element = fromstring(svg)
    return root


def texts(root: Element) -> list[str]:
    return ["".join(found.itertext()) for found in root.iter(f"{SVG}text")]


def marks(root: Element, *, ratio: bool = False) -> Iterator[Mark]:
    value_at = _reader(root, ratio=ratio)
    for row in root.iter(f"{SVG}g"):
        if row.get("class") != "plot-row":
            continue
        data = {key.removeprefix("data-"): value for key, value in row.attrib.items()}
        for mark in row:
            said = [mark.get(f"data-{name}") for name in ("low", "high", "value")]
            yield Mark(
                data,
                mark.get("data-figure", ""),
                mark.get("data-computed") is not None,
                tuple(map(value_at, _places(mark))),
                tuple(float(one) for one in said if one is not None),
            )


def _places(mark: Element) -> list[float]:
    if mark.tag == f"{SVG}circle":
        return [float(mark.attrib["cx"])]
    if mark.tag == f"{SVG}rect":
        left = float(mark.attrib["x"])
        return [left, left + float(mark.attrib["width"])]
    found = re.fullmatch(r"M([\d.]+) [\d.]+H([\d.]+)", mark[0].attrib["d"])
    assert found
    return [float(found[1]), float(found[2])]


def _reader(root: Element, *, ratio: bool):  # type: ignore[no-untyped-def]  # noqa: ANN202
    ticks = [line for line in root.iter(f"{SVG}line") if "plot-tick" in line.attrib["class"]]
    first, last = ticks[0], ticks[-1]
    x0, x1 = float(first.attrib["x1"]), float(last.attrib["x1"])
    v0, v1 = float(first.attrib["data-value"]), float(last.attrib["data-value"])
    if ratio:
        return lambda x: exp(log(v0) + (x - x0) / (x1 - x0) * (log(v1) - log(v0)))
    return lambda x: v0 + (x - x0) / (x1 - x0) * (v1 - v0)
