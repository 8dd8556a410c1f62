"""One line a finding: for grep, for editors that read compilers, for long lists."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.finding import Finding
from curate.report import Report


def render(report: Report, corpus: Corpus) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    """Yield `path:line:column: severity CODE name: message` for each finding that stands."""
    for finding in report.standing:
        yield f"{headline(finding)}\n"


def headline(finding: Finding) -> str:
    """Return the one line that says what is wrong and where."""
    at = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    said = f"{finding.severity} {finding.code} {finding.name}"
    return f"{at}: {said}: {finding.message}"
