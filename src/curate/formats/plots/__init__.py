"""Plots: forest plots and timelines as SVG and PNG for slides, with the extra `plots`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from curate.artifact import Artifact
from curate.formats.plots.left_out import LEFT_OUT

if TYPE_CHECKING:  # what readers can rely on is asked for without any picture
    from curate.corpus import Corpus
    from curate.pieces import Pieces

EXTRA = "plots"
"""What must be installed beside curate; a format that needs more is written only on request."""

_CONTRACT = """\
`curate export --format plots` writes it, once `pip install 'curate[plots]'` has brought resvg.

| file | shows |
|---|---|
| `plots/studies/<study>/shares-<result>.svg`, `values-<result>.svg`, `effects-<result>.svg` | \
the results of one study that can share an axis; `<result>` is the id of the first |
| `plots/studies/<study>/follow-up.svg` | how long the study followed its people, and when it \
measured |
| `plots/procedures/<id>/shares-….svg` and so on, `plots/conditions/<id>/…` | the same outcome at \
the same time in several studies |
| `plots/procedures/<id>/follow-up.svg`, `plots/conditions/<id>/follow-up.svg` | the follow-up of \
its studies |

Each is there as `.png` too, 1,584 pixels wide, on white.

- Filled circles and solid lines are printed figures; hollow circles, dashed lines and the ends of
  bars are computed from them, and the text beside calls them computed. Nothing is pooled.
- A 95 % interval (Wilson) is computed for a count of people without an interval of its own; not
  where the count is hedged, or is of procedures, sides, levels or events, of which one person can
  have several.
- Results share an axis where they are of the same thing: in one study the same measure, quantity,
  unit and statistic, or the same title but for group and time, and the same threshold. Between
  studies the time is the same too, and is a length of time: not baseline, not each study's own
  follow-up. Other shares of a study are in one picture that says that they do not compare.
- In the SVG each row has `data-study`, `data-result`, `data-pmid`, `data-printed`, and each mark
  `data-value`, or `data-low` and `data-high`, with `data-computed` where that is so.
- An SVG is light or dark as its reader's system is. A PNG has Latin, Greek and Cyrillic letters.
"""


def contract() -> str:
    """Return what readers can rely on, as Markdown."""
    return _CONTRACT


def render(corpus: "Corpus", _: "Pieces | None" = None) -> Iterator[Artifact]:
    """Yield every picture, as SVG and as PNG; each is drawn when it is asked for."""
    # An export of other formats asks for this one's contract, and draws nothing.
    from curate.formats.plots.png import painter  # noqa: PLC0415
    from curate.formats.plots.subjects import pictures  # noqa: PLC0415

    paint = painter()
    for folder, picture in pictures(corpus):
        name = f"plots/{folder}/{picture.name}"
        yield Artifact(f"{name}.svg", "image/svg+xml", iter([picture.file()]))
        yield Artifact(f"{name}.png", "image/png", map(paint, [picture.file()]))


__all__ = ["EXTRA", "LEFT_OUT", "contract", "render"]
