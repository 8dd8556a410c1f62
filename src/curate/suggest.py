"""Guess what somebody meant: ids, keys, enum values, rule names, commands."""

import re
from collections.abc import Container, Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like `word`, or None where none is near enough to be meant."""
    if len(word) > _LONGEST:
        return None
    pool = sorted(choices)
    folded = {choice.casefold(): choice for choice in reversed(pool)}
    key = word.casefold()
    if key in folded:
        return folded[key]
    matches = get_close_matches(key, list(folded), n=1, cutoff=0.7)
    return folded[matches[0]] if matches else None


def only_one(word: str, choices: Iterable[str]) -> str | None:
    """Return the one choice that a word is a misspelling of: near, and no other as near.

    It has the word's figures: what differs in a figure is another thing, not a misspelling.
    """
    if len(word) > _LONGEST:
        return None
    key, figures = word.casefold(), _FIGURES.findall(word)
    pool = {
        choice.casefold(): choice
        for choice in choices
        if _FIGURES.findall(choice) == figures and abs(len(choice) - len(word)) <= _LONGER
    }
    near = get_close_matches(key, sorted(pool), n=2, cutoff=0.8)
    if len(near) > 1 and _likeness(key, near[0]) - _likeness(key, near[1]) < _APART:
        return None
    return pool[near[0]] if near else None


def _likeness(one: str, other: str) -> float:
    # As get_close_matches compares: the measure is not the same both ways.
    return SequenceMatcher(None, other, one).ratio()


_FIGURES = re.compile(r"[0-9]+")
_APART = 0.04
"""How much nearer the nearest must be than the next; both are shares of letters in common."""
_LONGER = 2
"""By how many letters a misspelling may be longer or shorter."""
_LONGEST = 100
"""Nobody means a name by more letters than this, and comparing them would take long."""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return "Did you mean …?", or the empty string where nothing is near."""
    guess = nearest(word, choices)
    return f"Did you mean `{guess}`?" if guess is not None else ""


def one_slip_away(word: str, choices: Container[str]) -> str | None:
    """Return the one choice that a single slip of the pen tells from an id, or None.

    A slip leaves a character out, doubles or changes one, or swaps two. Where several choices are
    as near, as among numbered ids, none is: a wrong guess is worse than none.
    """
    if len(word) > _LONGEST:
        return None
    found = {choice for choice in _slips(word) if choice != word and choice in choices}
    return found.pop() if len(found) == 1 else None


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            yield head + letter + tail[1:]


_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"
