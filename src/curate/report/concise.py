"""One line a finding: for grep, for editors that read what compilers print, for long lists."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.finding import Finding
from curate.report import Report
from curate.report._shown import shown


def render(report: Report, corpus: Corpus) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    """Yield `path:line:column: severity CODE name: message` for each finding that stands."""
    for finding in report.standing:
        yield f"{_line(shown(finding))}\n"


def _line(finding: Finding) -> str:
    at = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    grade = f"{finding.severity} {finding.code} {finding.name}"
    return f"{at}: {grade}: {finding.message}"
