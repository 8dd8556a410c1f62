"""Show what a check finds in one record."""

from collections.abc import Iterator

from click import style

from curate.corpus import Entry
from curate.finding import Severity
from curate.page.lines import bullet, heading
from curate.printable import printable
from curate.report import Report


def findings(entry: Entry, report: Report, width: int) -> Iterator[str]:
    """Yield the findings that stand, the gravest first, or that there are none."""
    about = report.within([entry.path])
    yield from heading("findings")
    for finding in sorted(about.standing, key=lambda one: list(Severity).index(one.severity)):
        grade = f"{finding.severity} {finding.name}, line {finding.span.line}"
        first, *rest = bullet(f"{grade}: {printable(finding.message)}", width)
        color = _COLORS[finding.severity]
        yield (
            f"- {style(first[2 : 2 + len(finding.severity)], fg=color, bold=True)}"
            + (first[2 + len(finding.severity) :])
        )
        yield from rest
    if not about.standing:
        yield "none"
    if about.waived:
        yield f"{len(about.waived)} waived"


_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}
