"""What is wrong, the line it stands on with a mark below, and what to write instead."""

from collections.abc import Iterator

from click import style

from curate.corpus import Corpus
from curate.finding import Finding, Severity
from curate.printable import printable
from curate.report import Report
from curate.report._shown import shown
from curate.report._snippet import snippet


def render(report: Report, corpus: Corpus) -> Iterator[str]:
    """Yield a paragraph for each finding that stands, and the summary; in colour."""
    for finding in report.standing:
        if finding.severity != Severity.NOTICE:
            line = corpus.line(finding.path, finding.span.line)
            yield "".join(_paragraph(shown(finding), line))
    for known in report.gone:
        at = f" {known.at}" if known.at else ""
        yield f"gone from the baseline: {known.rule} in {printable(known.path + at)}\n"
    yield f"{style(str(report.summary), bold=True)}{_about_notices(report)}\n"


def _about_notices(report: Report) -> str:
    """Name the rules that the notices are of: a notice asks for nothing, so none is shown."""
    names = {found.name for found in report.standing if found.severity == Severity.NOTICE}
    return f" (notices: {', '.join(sorted(names))})" if names else ""


def _paragraph(finding: Finding, line: str) -> Iterator[str]:
    at = f"{finding.path}:{finding.span.line}:{finding.span.column}:"
    color = _COLORS[finding.severity]
    grade = style(f"{finding.severity} {finding.code} {finding.name}:", fg=color, bold=True)
    yield f"{style(at, bold=True)} {grade} {finding.message}\n"
    number = str(finding.span.line)
    margin = " " * len(number)
    if line.strip():
        shown, marks = snippet(line, finding.span)
        bar = style("|", dim=True)
        yield f" {style(number, dim=True)} {bar} {shown}\n"
        yield f" {margin} {bar} {style(marks, fg=color, bold=True)}\n"
    if finding.help:
        yield f" {margin} {style('help:', fg='cyan')} {finding.help}\n"
    yield f" {margin} {style('more:', fg='cyan')} curate rule {finding.name}\n\n"


_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}
