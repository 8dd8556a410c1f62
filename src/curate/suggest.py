"""Guess what somebody meant: ids, keys, enum values, rule names, commands."""

from collections.abc import Iterable
from difflib import get_close_matches


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


_LONGEST = 100
"""Nobody means a name by more letters than this, and comparing them would take long."""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return "Did you mean …?", or the empty string where nothing is near."""
    guess = nearest(word, choices)
    return f"Did you mean `{guess}`?" if guess is not None else ""
