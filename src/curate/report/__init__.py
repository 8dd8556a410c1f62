"""The ways to report what a check found, one file each: the folder is the list.

A report format is a module with `render`, which yields its text. It says what a `Report` holds and
decides nothing: the exit code is the same in every format.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NamedTuple

from curate.counted import counted
from curate.finding import Finding, Severity
from curate.source import RECORDS

if TYPE_CHECKING:  # a format's name is asked for long before a corpus is read
    from curate.corpus import Corpus


class Summary(NamedTuple):
    """What a check looked at and found, in numbers."""

    checked: int
    errors: int
    warnings: int
    notices: int
    waived: int
    drafts: int
    baseline: int
    """How many findings a baseline accepts."""
    gone: int
    """How many findings of a baseline do not occur any more."""

    def __str__(self) -> str:
        """Say it in one line: what was checked first, so that a pass proves work."""
        said = [counted(self.checked, "record"), counted(self.errors, "error")]
        if self.warnings:
            said.append(counted(self.warnings, "warning"))
        if self.notices:
            said.append(counted(self.notices, "notice"))
        if self.waived:
            said.append(f"{self.waived} waived")
        if self.drafts:
            said.append(f"{counted(self.drafts, 'draft')} not published")
        if self.baseline:
            said.append(f"{self.baseline} in the baseline")
        if self.gone:
            said.append(f"{self.gone} gone from the baseline")
        return f"checked {', '.join(said)}"


class Known(NamedTuple):
    """A finding that a baseline accepts: where it was, what it was, and what it is known by."""

    path: str
    rule: str
    at: str
    fingerprint: str
    severity: str


class Report:
    """Everything a check found, in reading order, what is waived or in a baseline among it."""

    below = ""
    """Where the corpus lies in its git repository, such as `docs/pain/`; for code hosts."""

    def __init__(
        self,
        findings: Iterable[Finding],
        files: Iterable[str],
        drafts: Iterable[str] = (),
        gone: Iterable[Known] = (),
    ) -> None:
        self.findings = tuple(findings)
        self.files: Sequence[str] = files if isinstance(files, Sequence) else tuple(files)
        self.drafts = frozenset(drafts)
        self.gone = tuple(gone)
        """What a baseline accepts and does not occur any more."""

    @cached_property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that nothing accepts, neither a waiver nor a baseline."""
        return tuple(
            finding
            for finding in self.findings
            if finding.waived is None and not finding.in_baseline
        )

    @cached_property
    def waived(self) -> tuple[Finding, ...]:
        """The findings that a waiver accepts."""
        return tuple(finding for finding in self.findings if finding.waived is not None)

    @cached_property
    def in_baseline(self) -> tuple[Finding, ...]:
        """The findings that a baseline accepts."""
        return tuple(finding for finding in self.findings if finding.in_baseline)

    @cached_property
    def summary(self) -> Summary:
        """The report in numbers; the numbers of errors and warnings leave out what is accepted."""
        severities = [finding.severity for finding in self.standing]
        return Summary(
            checked=len(self.files),
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
            notices=severities.count(Severity.NOTICE),
            waived=len(self.waived),
            drafts=len(self.drafts),
            baseline=len(self.in_baseline),
            gone=len(self.gone),
        )

    def within(self, paths: Iterable[str]) -> "Report":
        """Return what this report says of some files and folders, by path from the root."""
        wanted = tuple(paths)
        if wanted == (RECORDS,):
            return self
        return Report(
            (finding for finding in self.findings if _is_within(finding.path, wanted)),
            (path for path in self.files if _is_within(path, wanted)),
            (path for path in self.drafts if _is_within(path, wanted)),
            (known for known in self.gone if _is_within(known.path, wanted)),
        )


Render = Callable[[Report, "Corpus"], Iterator[str]]


def report_names() -> list[str]:
    """Return the names of all report formats, the default first."""
    names = sorted(module.name for module in iter_modules(__path__))
    return sorted((name for name in names if not name.startswith("_")), key=_DEFAULT.__ne__)


def load_render(name: str) -> Render:
    """Import one report format; only the one asked for is."""
    render: Render = import_module(f"{__name__}.{name}").render
    return render


_DEFAULT = "text"


def _is_within(path: str, wanted: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}/") or not one for one in wanted)
