"""Pictures of what the records say: forest plots and timelines, as SVG with the table beside it.

`of_study`, `across` and `timeline` return `Picture`s: pure functions of a corpus. A picture shows
printed figures; what is computed from them (Wilson's interval, the percentage of a count) is drawn
hollow or dashed and called computed. Nothing is pooled. What may share an axis is decided in
`comparable`.

The drawing is a template of our own. Beside matplotlib's picture of the same rows ours has two
layouts, one of them for a telephone, takes its colours from the page, has no inline style (which a
strict Content-Security-Policy forbids), says its figures in data- attributes, and is a third of
the size without an import of two seconds.
"""

from curate.plots.forest import across, of_study
from curate.plots.picture import Picture, Row, style
from curate.plots.timeline import timeline

__all__ = ["Picture", "Row", "across", "of_study", "style", "timeline"]
