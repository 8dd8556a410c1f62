"""The kinds of record, one file each; this is the list."""

from typing import TypeAlias

from curate.kinds.condition import Condition
from curate.kinds.measure import Measure
from curate.kinds.procedure import Procedure
from curate.kinds.reference import Reference
from curate.kinds.study import Study

AnyRecord: TypeAlias = Procedure | Study | Condition | Measure | Reference

KINDS: dict[str, type[AnyRecord]] = {
    kind.kind: kind for kind in (Procedure, Study, Condition, Measure, Reference)
}
FOLDERS: dict[str, str] = {kind.folder: name for name, kind in KINDS.items()}
