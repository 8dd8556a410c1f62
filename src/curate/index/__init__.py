"""Remember what a check found, so that the next one reads only what has changed.

The index is a cache: it may be deleted at any time, and what is not beyond doubt is read and
checked again. `check` is its door; where it raises `Unsure`, one checks without.
"""

from curate.index.checked import Checked, check, forget
from curate.index.store import Unsure

__all__ = ["Checked", "Unsure", "check", "forget"]
