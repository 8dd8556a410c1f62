"""Regular expressions that are compiled when they are first used.

Compiling is slow, every start would wait for it, and hardly any record meets most of them.
"""

import re
from typing import Any, cast


class _Later:
    """Stands for a compiled pattern until something is asked of it."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._text, self._flags)
        vars(self).update({one: getattr(compiled, one) for one in _METHODS})
        return getattr(compiled, name)


_METHODS = ("finditer", "fullmatch", "match", "search", "sub")


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what can be used as `re.compile` would return; a wrong text fails at its first use."""
    return cast("re.Pattern[str]", _Later(text, flags))
