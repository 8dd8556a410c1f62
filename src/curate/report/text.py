"""What is wrong, the line it stands on with a mark below, and what to write instead."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.report import Report
from curate.report.concise import headline


def render(report: Report, corpus: Corpus) -> Iterator[str]:
    """Yield a paragraph for each finding that stands, and the summary."""
    for finding in report.standing:
        yield f"{headline(finding)}\n"
        if finding.help:
            yield f"  help: {finding.help}\n"
        yield f"  more: curate rule {finding.name}\n\n"
    yield f"{report.summary}\n"
