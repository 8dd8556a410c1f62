"""Break texts into lines and tables into columns, by what a terminal shows of them."""

from collections.abc import Iterator, Sequence

from curate.printable import columns

_GAP = 2
_NARROWEST = 6


def wrapped(text: str, width: int) -> list[str]:
    """Break a text between words; only a word that is too long for a line is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        together = f"{line} {word}" if line else word
        if columns(together) <= width:
            line = together
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, width)
        lines.extend(whole)
    return [*lines, line] if line else lines


def clipped(text: str, width: int) -> str:
    """Cut a text off where it is too long, and say so."""
    if columns(text) <= width:
        return text
    kept = ""
    for character in text:
        if columns(kept + character) > max(width - 1, 0):
            break
        kept += character
    return f"{kept.rstrip()}…"


def table(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Yield rows of cells in columns; what is too wide is broken into lines inside its column.

    A column that is empty in all rows but the first, which names the columns, is left out.
    """
    filled = [number for number in range(len(rows[0])) if any(row[number] for row in rows[1:])]
    shown = [[row[number] for number in filled] for row in rows]
    if not filled:
        return
    natural = [max(map(columns, cells)) for cells in zip(*shown, strict=True)]
    widths = _fitted(natural, width)
    for row in shown:
        cells = [wrapped(cell, wide) for cell, wide in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            line = (
                _padded(cell[number] if number < len(cell) else "", wide)
                for cell, wide in zip(cells, widths, strict=True)
            )
            yield (" " * _GAP).join(line).rstrip()


def _fitted(widths: list[int], width: int) -> list[int]:
    """Take from the widest columns until the row fits, or none can give more."""
    room = width - _GAP * (len(widths) - 1)
    fitted = list(widths)
    while sum(fitted) > room and max(fitted) > _NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _pieces(word: str, width: int) -> list[str]:
    """Cut a word into pieces that fit on a line."""
    pieces = [""]
    for character in word:
        if pieces[-1] and columns(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
