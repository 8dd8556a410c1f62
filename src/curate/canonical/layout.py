"""Lay a document out: each value on its line, each comment where it belongs."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator

from curate.canonical.block_text import block, stays_block
from curate.canonical.comments import Comment, comments, rows_of
from curate.canonical.line import STEP, Line, lines_of
from curate.document import Document, number_text
from curate.finding import Span
from curate.quoting import is_plain, quoted, scalar


def lay_out(document: Document) -> str:
    """Return the text of a document in the canonical layout."""
    return "".join(f"{row}\n" for row in _Layout(document).rows())


class _Layout:
    """The lines of one document, and the comments that stand among them."""

    def __init__(self, document: Document) -> None:
        self._read = rows_of(document)
        self._lines = lines_of(document)
        self._starts = [line.start for line in self._lines]
        self._after: list[tuple[int, Comment]] = []
        for comment in comments(document):
            self._attach(comment)

    def rows(self) -> Iterator[str]:
        """Yield the lines to write."""
        # An empty line is kept between two lines, not at the top, below a key that opens a block,
        # or below a block of text that would take it for its own.
        before: Line | None = None
        may_part = False
        for line in self._lines:
            for indent, comment in line.above:
                yield from self._gap(comment.line) if may_part else ()
                may_part = True
                yield " " * indent + comment.text
            same_row = before is not None and before.start[0] == line.start[0]
            yield from self._gap(line.start[0]) if may_part and not same_row else ()
            yield from (" " * line.indent + comment.text for comment in line.lifted)
            yield from self._written(line)
            before, may_part = line, not (line.opens or line.keeps)
        yield from self._end(before, may_part=may_part)

    def _end(self, last: Line | None, *, may_part: bool) -> Iterator[str]:
        """Yield the comments below the last line, parted from it as Prettier parts them."""
        in_block = may_part and last is not None and last.is_block
        beside = last is not None and last.beside is not None
        for indent, comment in self._after:
            if in_block and indent == 0:
                yield ""
            elif may_part and not (beside and indent > 0):
                yield from self._gap(comment.line)
            may_part, beside = True, False
            in_block = in_block and indent > 0
            yield " " * indent + comment.text

    def _gap(self, number: int) -> Iterator[str]:
        """Yield an empty line if one stands before a line that was read."""
        if number > 1 and not self._read[number - 2].strip(" \t"):
            yield ""

    def _attach(self, comment: Comment) -> None:
        """Give a comment to the line that it stands beside, in, or above."""
        at = (comment.line, comment.column)
        index = bisect_left(self._starts, at)
        before = self._lines[index - 1] if index else None
        if before is not None and at < before.end:
            before.lifted.append(comment)
            return
        beside = None if comment.alone else self._beside(comment, before)
        if beside is not None and beside.beside is None:
            beside.beside = comment
            return
        after = self._lines[index] if index < len(self._lines) else None
        above = self._after if after is None else after.above
        indent = _indent(comment, before, after)
        # Once a comment has closed a level, the next one cannot open it again.
        above.append((min(indent, above[-1][0]) if above else indent, comment))

    def _beside(self, comment: Comment, before: Line | None) -> Line | None:
        """Return the line that a comment behind something is about, if there is one.

        Behind a list in brackets it is about the whole; inside the brackets, about the last entry.
        """
        first = bisect_left(self._starts, (comment.line, 0))
        starts_here = first < len(self._starts) and self._starts[first][0] == comment.line
        if before is None or (starts_here and not before.is_open_at(comment)):
            return self._lines[first] if starts_here else None
        return before if comment.line in {before.start[0], before.end[0]} else None

    def _style(self, span: Span) -> str:
        """Return the first character of a value as it was written."""
        return self._read[span.line - 1][span.column - 1 : span.column]

    def _written(self, line: Line) -> Iterator[str]:
        head = line.lead + (f"{line.key}: " if line.key is not None else "")
        header, *content = [""] if line.opens else self._text(line)
        line.is_block = bool(content)
        line.keeps = line.is_block and header.endswith("+")
        has_room = not content and (header or line.key)
        if line.beside is not None and not has_room:
            yield " " * line.indent + line.beside.text
        tail = f" {line.beside.text}" if line.beside is not None and has_room else ""
        yield (head + header).rstrip(" ") + tail
        yield from content

    def _text(self, line: Line) -> Iterator[str]:
        """Yield a value as it is written behind its key, and the lines of a block of text."""
        value, span = line.value, line.place
        if value is None:
            yield "null" if span[:2] != span[2:] else ""
        elif isinstance(value, bool):
            yield "true" if value else "false"
        elif isinstance(value, dict | list):
            yield "{}" if isinstance(value, dict) else "[]"
        elif not isinstance(value, str):
            yield number_text(value)
        else:
            yield from self._string(unicodedata.normalize("NFC", value), line)

    def _string(self, text: str, line: Line) -> Iterator[str]:
        style = self._style(line.place)
        if stays_block(text, style):
            indent = len(line.lead) + (STEP if line.key is not None else 0)
            outer = line.levels[-1].span.column - 1
            source = self._read[line.place.line - 1 :]
            source[0] = source[0][line.place.column - 1 :]
            yield from block(text, source, outer, indent)
        elif style in {'"', "'"} and line.beside is not None and is_plain(text):
            # Bare, it would look as if the comment cut the text off.
            yield quoted(text)
        else:
            yield scalar(text)


def _indent(comment: Comment, before: Line | None, after: Line | None) -> int:
    """Return how far to indent a comment that ends a block, or leads the next line."""
    if before is None:
        return 0
    if after is None:
        shared, indent = before.levels[:1], 0
    else:
        pairs = zip(before.levels, after.levels, strict=False)
        shared = tuple(one for one, other in pairs if one is other)
        indent = after.indent
    if not shared:
        return indent
    chosen = shared[-1]
    for level in before.levels[len(shared) :]:
        if level.holds(comment, chosen):
            chosen, indent = level, level.indent
    return indent
