"""Look a quotation up in a text: exactly, but for what printing and wrapping do to words.

Figures, signs, decimal points, `< > ≤ ≥ ± %` and the edges of words must be the same. The same are:
a Greek letter and its name, `+/-` and ±, `>/=` and ≥, straight and typographic quotation marks,
ligatures, kinds of dashes, and a word with or without the hyphen that a line end put into it.
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_LIGATURES: Final = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}
_SIGNS: Final = {
    **dict.fromkeys("‘’‚‛′´`", "'"),  # noqa: RUF001 - these are the ones that are meant
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001 - likewise
    **dict.fromkeys("⩾≧", "≥"),
    **dict.fromkeys("⩽≦", "≤"),
    "％": "%",  # noqa: RUF001 - likewise
    "＜": "<",  # noqa: RUF001 - likewise
    "＞": ">",  # noqa: RUF001 - likewise
}
_GREEK: Final = {
    chr(code): unicodedata.name(chr(code)).rsplit(" ", 1)[-1].lower()
    for code in range(ord("α"), ord("ω") + 1)
} | {"ς": "sigma", "λ": "lambda", "µ": "mu"}
_ONE_BY_ONE: Final = str.maketrans(
    _LIGATURES
    | _SIGNS
    | _GREEK
    | {letter.upper(): name.capitalize() for letter, name in _GREEK.items() if letter not in "ςµ"}
)
_UNITS: Final = "g|l|L|m|M|mol|A|V|s|U"
_WRITTEN_OUT: Final = (
    (re.compile(r"\+\s?/\s?-|\+-(?=\s?[0-9.])"), "±"),
    (re.compile(r">\s?/\s?=|>="), "≥"),
    (re.compile(r"<\s?/\s?=|<="), "≤"),
    (re.compile(rf"\bmicro(?=(?:{_UNITS})\b)"), "mu"),
    # A line end within a range or a long number puts nothing in.
    (re.compile(r"(?<=[0-9])-[ \t]*\n\s*(?=[0-9])"), "-"),
    (re.compile(r"(?<=[0-9])·(?=[0-9])"), "."),
    (re.compile(r"\s+"), " "),
    (re.compile(r" ?([<>≤≥±=]) ?"), r"\1"),
    (re.compile(r"(?<=[0-9]) %"), "%"),
)
_WRAP: Final = "\u00ad"
"""Stands for a hyphen that a line end may have put into a word: the word may be without it."""
_WRAPPED: Final = re.compile(r"(?<=[^\W\d_])-\s+(?=[^\W\d_])")
_LETTER: Final = re.compile(r"[^\W\d_]")

_NEGATIONS: Final = frozenset(
    {
        "no",
        "not",
        "never",
        "neither",
        "nor",
        "none",
        "without",
        "cannot",
        "lack",
        "lacked",
        "failed",
        "fails",
        "fail",
        "unable",
        "absent",
        "didn't",
        "doesn't",
        "wasn't",
        "weren't",
        "isn't",
        "aren't",
        "don't",
        "hasn't",
        "haven't",
        "couldn't",
    }
)
_NEGATION_REACH: Final = 5
_CLAUSE_END: Final = re.compile(r"[.;:,]\s|[.;:]$|\bbut\b|\bhowever\b")
_NEAR: Final = 0.5
_TOKEN: Final = re.compile(rf"[^\W_]+(?:[.,'{_WRAP}][^\W_]+)*|[.][0-9]+|[^\w\s]")


class Found(NamedTuple):
    """What came of looking: whether the words stand there, and if not, what does."""

    found: bool
    said: str = ""
    """For the editor: what is different; nothing where the words were found."""


def look_up(quote: str, text: str) -> Found:
    """Look a quotation up in the text of its source."""
    wanted, where = _canonical(quote), _canonical(text)
    if not any(one.isalnum() for one in wanted):
        return Found(found=False, said="The quotation holds no words.")
    negated = ""
    for match in _pattern(wanted).finditer(where):
        if not _whole(where, match.start(), match.end()):
            continue
        negated = _negation(where, match.start(), match.end())
        if not negated:
            return Found(found=True)
    if negated:
        said = f"The words stand there, but beside “{negated}”; quote that word, too."
        return Found(found=False, said=said)
    return Found(found=False, said=_near_miss(wanted, where))


def _canonical(text: str) -> str:
    """Return text with one way of writing for what may be written in several."""
    text = unicodedata.normalize("NFC", text).replace(_WRAP, "").translate(_ONE_BY_ONE)
    text = _WRITTEN_OUT[4][0].sub("-", text)
    text = _WRAPPED.sub(_WRAP, text)
    for written, meant in _WRITTEN_OUT:
        text = written.sub(meant, text)
    return text.strip()


def _pattern(wanted: str) -> re.Pattern[str]:
    """Return what finds a quotation: a wrap may stand between any two letters of a word."""
    out: list[str] = []
    for index, one in enumerate(wanted):
        if one == _WRAP:
            out.append(f"[-{_WRAP}]?")
            continue
        between = index and _LETTER.match(one) and _LETTER.match(wanted[index - 1])
        if between:
            out.append(f"{_WRAP}?")
        if one == "-":
            out.append(f"[-{_WRAP}]")
        elif index == 0 and one.isalpha():
            # A quotation may begin in the middle of a sentence, or at its beginning.
            out.append(f"[{re.escape(one.lower())}{re.escape(one.upper())}]")
        else:
            out.append(re.escape(one))
    # What only looks ahead lets the next place overlap the last one.
    return re.compile("".join(out))


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch cuts no word, no figure, and no sign off its figure."""
    first, last = text[start], text[end - 1]
    before, after = text[:start], text[end:]
    if first.isalnum() and re.search(r"[\w'\u00ad-]$", before):
        return False
    if (first.isdigit() or first == ".") and re.search(r"[<>≤≥±=+/^-]$|[0-9][.,]$|[0-9]$", before):
        return False
    if first in "<>≤≥±=+-%" and re.search(r"[<>≤≥±=+-]$", before):
        return False
    if last.isalnum() and re.match(r"[\w\u00ad]|-\w|'\w", after):
        return False
    if last.isdigit() and re.match(r"[.,·][0-9]|%|±|[/^-][0-9]", after):
        return False
    return last not in "<>≤≥±=+"


def _negation(text: str, start: int, end: int) -> str:
    """Return a negation just before or after a stretch, in the same clause, or nothing."""
    before = _CLAUSE_END.split(text[:start])[-1].split()[-_NEGATION_REACH:]
    after = _CLAUSE_END.split(text[end:])[0].split()[:_NEGATION_REACH]
    near = (word.strip("()[]\"'").casefold() for word in (*reversed(before), *after))
    return next((word for word in near if word in _NEGATIONS), "")


def _near_miss(wanted: str, text: str) -> str:
    """Show the stretch of the text that is most like the quotation, if any is."""
    ours, theirs = _tokens(wanted), _tokens(text)
    words = [token for token, _ in theirs]
    mine = [token for token, _ in ours]
    best, place = (0.0, False), (0, 0)
    for start, end in _windows(mine, words):
        likeness = SequenceMatcher(None, mine, words[start:end], autojunk=False).ratio()
        # Of two that are as like, the one that begins as the quotation does is meant.
        rank = (likeness, words[start] == mine[0])
        if rank > best:
            best, place = rank, (start, end)
    if best[0] < _NEAR:
        return "Nothing like it stands there."
    there = theirs[slice(*place)]
    said = f"The source has “{_shown(text, there)}”."
    changes = SequenceMatcher(None, mine, words[slice(*place)], autojunk=False).get_opcodes()
    return " ".join(
        [
            said,
            *(
                _difference(_shown(wanted, ours[a:b]), _shown(text, there[c:d]))
                for kind, a, b, c, d in changes
                if kind != "equal"
            ),
        ]
    )


def _tokens(text: str) -> list[tuple[str, int]]:
    """Return words, figures and signs, each with its place."""
    return [(found.group(), found.start()) for found in _TOKEN.finditer(text)]


def _windows(ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches to compare: those of the quotation's length that share a word with it."""
    shared = set(ours)
    for start in range(max(1, len(theirs) - len(ours) + 1)):
        end = start + len(ours)
        if shared.intersection(theirs[start:end]):
            yield start, end


def _difference(ours: str, theirs: str) -> str:
    if not theirs:
        return f"It lacks `{ours}`."
    if not ours:
        return f"It also has `{theirs}`."
    return f"It has `{theirs}` where the quotation has `{ours}`."


def _shown(text: str, tokens: list[tuple[str, int]]) -> str:
    """Return the stretch of text that tokens span."""
    if not tokens:
        return ""
    (_, start), (last, end) = tokens[0], tokens[-1]
    return text[start : end + len(last)].replace(_WRAP, "")
