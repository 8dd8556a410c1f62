"""What an unquoted YAML scalar means: to us, and to programs that read YAML 1.1 or 1.2."""

import re
from typing import Final

NUMBER: Final = re.compile(r"(?!-0\Z)-?(0|[1-9][0-9]*)(\.[0-9]+)?")
"""A plain number: JSON's notation, without exponent. `-0` is left out; no source prints it."""

PLAIN_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}

_BOOLEAN = frozenset(
    "y Y yes Yes YES n N no No NO True TRUE False FALSE on On ON off Off OFF".split()  # noqa: SIM905 - words
)
_NULL = frozenset(("~", "Null", "NULL"))
_NUMERIC = re.compile(
    r"""
      [-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?       # 0171, 1_71, +5, 5., 1e3
    | [-+]?\.[0-9_]+([eE][-+]?[0-9]+)?                      # .5
    | [-+]?0[bxo][0-9a-fA-F_]+                              # 0x1F, 0o17, 0b1
    | [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?          # 2:51, which YAML 1.1 counts in sixties
    | [-+]?\.(inf|Inf|INF) | \.(nan|NaN|NAN)
    """,
    re.VERBOSE,
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?")
_COULD_BE = re.compile(r"[-+.0-9~=<]|[yYnNtTfFoO]")


def ambiguity(text: str) -> str | None:
    """Return what a plain scalar that is text to us is to other readers, or None if text."""
    if not _COULD_BE.match(text):
        return None
    if text in _BOOLEAN:
        return "yes or no"
    if text in _NULL:
        return "nothing"
    if _DATE.fullmatch(text):
        return "a date"
    if NUMBER.fullmatch(text) is None and _NUMERIC.fullmatch(text):
        return "a number"
    return "a special value" if text in {"=", "<<"} else None
