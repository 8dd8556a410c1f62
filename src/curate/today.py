"""What day it is; nothing else reads the clock."""

import os
from datetime import UTC, date, datetime

from curate.refusal import Refusal

VARIABLE = "SOURCE_DATE_EPOCH"
"""Set to seconds since 1970, it stands for the clock: the same input then gives the same output."""


def today() -> date:
    """Return the day it is in UTC, or the one that SOURCE_DATE_EPOCH sets."""
    said = os.environ.get(VARIABLE)
    if not said:
        return datetime.now(tz=UTC).date()
    try:
        return datetime.fromtimestamp(int(said), tz=UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise Refusal(f"{VARIABLE} must be a number of seconds since 1970, not {said}.") from error
