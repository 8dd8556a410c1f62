"""What the check says of a bundle that does not conform."""

from collections.abc import Sequence
from typing import NamedTuple

_SHOWN = 10


class Problem(NamedTuple):
    """One thing that R5, or a rule of ours, does not allow."""

    where: str
    """The element, as a path: `Bundle.entry[3].resource.status`."""
    reason: str
    """An invariant's key, such as `qty-3`, or a word of ours, such as `unknown-element`."""
    message: str


class NotConformant(Exception):  # noqa: N818 - it says what the bundle is
    """A bundle that we were about to write is not FHIR R5: a bug of ours."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"{where}: {message} ({reason})" for where, reason, message in problems[:_SHOWN]]
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        super().__init__("not FHIR R5:\n" + "\n".join(lines) + more)
