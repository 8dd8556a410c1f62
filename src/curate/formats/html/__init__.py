"""HTML: a site for people to read, without a server, on request."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from curate.artifact import Artifact

if TYPE_CHECKING:  # what readers can rely on is asked for without any page
    from curate.corpus import Corpus
    from curate.pieces import Pieces

LEFT_OUT: Mapping[str, str] = {}
ON_REQUEST: Final = True
"""The site is for people, and apps build on the other formats: who does not ask is not slowed."""

_CONTRACT = """\
`curate export --format html` writes it. Open `html/index.html`, or put the folder on any web
server; nothing is loaded from elsewhere, and only search and sorting need a script.

| address below `html/` | shows |
|---|---|
| `index.html`, `about.html`, `search.html` | what is here and of what standing; how to read it |
| `<folder>/index.html` | the records of one kind, with `index.list.csv` |
| `procedures/<id>.html`, `conditions/<id>.html` | what it is, the claims with certainty and \
citations, a summary of findings, adverse events, what was not reported |
| `studies/<id>.html` | who was studied, every outcome and adverse event |
| `measures/<id>.html` | a scale, and what was measured with it |
| `references/<id>.html` | a paper, what became of it, and what leans on it |

- Addresses are made of ids, so they stay. `studies/<id>.html#<outcome>` is an outcome or an
  adverse event, `procedures/<id>.html#<claim>` a claim.
- Every table is a CSV file beside its page, `<id>.<table>.csv`, with guarded cells as in the CSV
  format; every picture is an SVG file, `<id>.<picture>.svg`, and has such a table, too.
- Numbers have the digits that the source prints. A percentage or an interval that was computed has
  the class `computed`, and columns of its own in the files.
- What is not reported is said to be, with the waiver's reason. Retracted and doubtful sources are
  marked wherever they are cited.
- Rows and claims say where they come from in attributes, `data-source` (file and line),
  `data-pointer` (JSON Pointer), `data-status` and `data-pmids`; rows of the files have the columns
  of the CSV format for it. Every page names the version of the corpus and the git commit.
- Each page has schema.org data as JSON-LD; it has `lastReviewed` only where the record is approved.
"""


def contract() -> str:
    """Return what readers can rely on, as Markdown."""
    return _CONTRACT


def render(corpus: "Corpus", _: "Pieces | None" = None) -> Iterator[Artifact]:
    """Yield every page, and the files that pages need; each is made when it is asked for."""
    # An export of other formats asks for this one's contract, and needs none of its pages.
    from curate.formats.html.files import files  # noqa: PLC0415

    return files(corpus)


__all__ = ["LEFT_OUT", "ON_REQUEST", "contract", "render"]
