"""Tell what changed between two states of a corpus, in what is exported, as a clinician reads it.

First the numbers, then what is claimed, then what became of the papers, then what is accepted
although it is missing; what is left stands at the end, so that nothing is kept back.
"""

from curate.changes.change import Change, Field
from curate.changes.compare import changes
from curate.changes.show import as_json, as_markdown, as_text

__all__ = ["Change", "Field", "as_json", "as_markdown", "as_text", "changes"]
