"""What several commands need of a terminal."""

import os
import sys
from collections.abc import Iterable
from typing import IO

import click


def write(chunks: Iterable[str], stream: IO[str] | None = None) -> None:
    """Write text to standard output as UTF-8, coloured only where that is wanted."""
    out = sys.stdout if stream is None else stream
    color = wants_color(out)
    for chunk in chunks:
        out.write(chunk if color else click.unstyle(chunk))
    out.flush()


def wants_color(stream: IO[str]) -> bool:
    """Tell whether to colour: FORCE_COLOR, then NO_COLOR, CI and whether it is a terminal say."""
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR") or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()
