"""Compare two versions of the export's schema: what breaks a reader, and which number follows.

Nothing breaks when both hold: a program that was written for the old schema reads every new export,
and every old export fits the new schema. Only a field that is new and may be absent leaves both.
"""

from curate.compatibility.compare import compare
from curate.compatibility.earlier import Earlier, find_earlier
from curate.compatibility.judgement import Judgement, judge

__all__ = ["Earlier", "Judgement", "compare", "find_earlier", "judge"]
