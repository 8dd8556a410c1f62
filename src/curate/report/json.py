"""One JSON object, for programs: everything that was found, and what was checked.

`version` changes when a field changes its meaning or goes away, not when one is added.
"""

import json
from collections.abc import Iterator
from typing import Any

from curate.corpus import Corpus
from curate.finding import Finding
from curate.printable import printable
from curate.report import Report
from curate.report._shown import shown

VERSION = 1


def render(report: Report, corpus: Corpus) -> Iterator[str]:  # noqa: ARG001 - one shape for all
    """Yield `version`, `summary`, `findings` (those that stand), `waived`, `baseline` and `gone`.

    A waived finding has one field more: `reason`, as the waiver gives it. `baseline` holds the
    findings that a baseline accepts, `gone` what it accepts and does not occur any more. Lines and
    columns count from 1, columns in code points; the end is exclusive.
    """
    whole = {
        "version": VERSION,
        "summary": report.summary._asdict(),
        "findings": [_finding(shown(finding)) for finding in report.standing],
        "waived": [_waived(shown(finding)) for finding in report.waived],
        "baseline": [_finding(shown(finding)) for finding in report.in_baseline],
        "gone": [
            {"name": known.rule, "path": printable(known.path), "at": printable(known.at)}
            for known in report.gone
        ],
    }
    yield json.dumps(whole, ensure_ascii=True, indent=2) + "\n"


def _waived(finding: Finding) -> dict[str, Any]:
    return {**_finding(finding), "reason": finding.waived}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "message": finding.message,
        "help": finding.help,
        # The rules have no address on the web yet; `curate rule NAME` prints the page.
        "url": None,
        "record": finding.record,
        "pointer": finding.pointer,
    }
