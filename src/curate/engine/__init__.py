"""Check a corpus in shards: what one machine would take too long for, many do together.

Each shard is read and checked apart. What its records ask of the others is joined between rounds,
from the small facts that every record tells; so the findings are those of one process.
"""

from curate.engine.elsewhere import check_at, settings_at
from curate.engine.shard import Circumstances
from curate.engine.spread import Engine, check

__all__ = ["Circumstances", "Engine", "check", "check_at", "settings_at"]
