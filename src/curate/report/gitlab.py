"""GitLab's Code Quality report: a list of issues with fingerprints that outlive moved lines."""

import json
from collections.abc import Iterator
from typing import Any

from curate.corpus import Corpus
from curate.finding import Finding, Severity
from curate.fingerprint import fingerprints
from curate.report import Report
from curate.report._shown import in_repository, sentence, shown


def render(report: Report, corpus: Corpus) -> Iterator[str]:
    """Yield the findings that stand."""
    prints = fingerprints(report.findings, corpus)
    issues = [
        _issue(in_repository(finding, report), prints[finding].digest)
        for finding in report.standing
    ]
    yield json.dumps(issues, ensure_ascii=True, indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "description": sentence(finding),
        "check_name": finding.name,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": shown(finding).path,
            "positions": {
                "begin": {"line": finding.span.line, "column": finding.span.column},
                "end": {"line": finding.span.end_line, "column": finding.span.end_column},
            },
        },
    }


_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}
