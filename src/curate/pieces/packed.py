"""Long texts in a piece, made short: an export repeats itself."""

import marshal
import zlib
from typing import Any


def packed(value: Any) -> bytes:
    """Return a value as few bytes."""
    return zlib.compress(marshal.dumps(value), level=1)


def unpacked(data: bytes) -> Any:
    """Return the value again."""
    return marshal.loads(zlib.decompress(data))  # noqa: S302 - what a piece holds was packed here
