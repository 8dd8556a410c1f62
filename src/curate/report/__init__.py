"""The ways to report what a check found, one file each: the folder is the list.

A report format is a module with `render`, which yields its text. It says what a `Report` holds and
decides nothing: the exit code is the same in every format.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NamedTuple

from curate.finding import Finding, Severity

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

    def __str__(self) -> str:
        """Say it in one line: what was checked first, so that a pass proves work."""
        said = [_count(self.checked, "record"), _count(self.errors, "error")]
        if self.warnings:
            said.append(_count(self.warnings, "warning"))
        if self.notices:
            said.append(_count(self.notices, "notice"))
        if self.waived:
            said.append(f"{self.waived} waived")
        if self.drafts:
            said.append(f"{_count(self.drafts, 'draft')} not published")
        return f"checked {', '.join(said)}"


class Report:
    """Everything a check found, in reading order, the waived findings among it."""

    def __init__(
        self, findings: Iterable[Finding], files: Iterable[str], drafts: Iterable[str] = ()
    ) -> None:
        self.findings = tuple(findings)
        self.files = tuple(files)
        self.drafts = frozenset(drafts)

    @cached_property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that no waiver accepts."""
        return tuple(finding for finding in self.findings if finding.waived is None)

    @cached_property
    def waived(self) -> tuple[Finding, ...]:
        """The findings that a waiver accepts."""
        return tuple(finding for finding in self.findings if finding.waived is not None)

    @cached_property
    def summary(self) -> Summary:
        """The report in numbers; the numbers of errors and warnings leave out what is waived."""
        severities = [finding.severity for finding in self.standing]
        return Summary(
            checked=len(self.files),
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
            notices=severities.count(Severity.NOTICE),
            waived=len(self.waived),
            drafts=len(self.drafts),
        )

    def within(self, paths: Iterable[str]) -> "Report":
        """Return what this report says of some files and folders, by path from the root."""
        wanted = tuple(paths)
        return Report(
            (finding for finding in self.findings if _is_within(finding.path, wanted)),
            (path for path in self.files if _is_within(path, wanted)),
            (path for path in self.drafts if _is_within(path, wanted)),
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


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _is_within(path: str, wanted: tuple[str, ...]) -> bool:
    return any(path == one or path.startswith(f"{one}/") or not one for one in wanted)
