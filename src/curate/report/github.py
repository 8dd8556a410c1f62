"""Workflow commands, which GitHub Actions shows as notes beside the lines of a pull request."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.finding import Finding
from curate.report import Report
from curate.report._shown import in_repository, sentence, shown


def render(report: Report, corpus: Corpus) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    """Yield one command for each finding that stands."""
    for finding in report.standing:
        yield f"{_command(shown(in_repository(finding, report)))}\n"


def _command(finding: Finding) -> str:
    span = finding.span
    fields = {
        "file": finding.path,
        "line": str(span.line),
        "endLine": str(span.end_line),
        "col": str(span.column),
        "endColumn": str(max(span.end_column - 1, span.column)),
        "title": f"{finding.code} {finding.name}",
    }
    if span.end_line != span.line:
        # GitHub refuses columns for a note on several lines.
        del fields["col"], fields["endColumn"]
    listed = ",".join(f"{key}={_property(value)}" for key, value in fields.items())
    return f"::{finding.severity} {listed}::{_data(sentence(finding))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
