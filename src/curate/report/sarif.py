"""SARIF 2.1.0, which code hosts read: rules, results, places, and what was waived and why."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from curate import __version__
from curate.corpus import Corpus
from curate.finding import Finding, Severity
from curate.fingerprint import fingerprints
from curate.report import Report
from curate.report._shown import in_repository, sentence, shown
from curate.rule import Rule
from curate.rules import all_rules


def render(report: Report, corpus: Corpus) -> Iterator[str]:
    """Yield one run: every finding, what is accepted suppressed, and the rules that they break."""
    found = {finding.name for finding in report.findings}
    rules = [rule for rule in all_rules() if rule.name in found]
    index = {rule.name: number for number, rule in enumerate(rules)}
    prints = fingerprints(report.findings, corpus)
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "curate",
                        "semanticVersion": __version__,
                        "rules": [_rule(rule) for rule in rules],
                    }
                },
                "invocations": [{"executionSuccessful": True}],
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"ROOT": {"description": {"text": _ROOT}}},
                "results": [
                    _result(in_repository(finding, report), index, prints[finding].digest)
                    for finding in report.findings
                ],
            }
        ],
    }
    yield json.dumps(log, ensure_ascii=True, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, index: Mapping[str, int], fingerprint: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.name],
        "level": _LEVELS[finding.severity],
        "message": {"text": sentence(finding)},
        "locations": [_location(finding)],
        "partialFingerprints": {"place/v2": fingerprint},
    }
    if finding.waived is not None:
        reason = shown(finding).waived
        result["suppressions"] = [{"kind": "inSource", "justification": reason}]
    if finding.in_baseline:
        result["baselineState"] = "unchanged"
        result["suppressions"] = [{"kind": "external", "justification": "It is in the baseline."}]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    span, safe = finding.span, shown(finding)
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(finding.path), "uriBaseId": "ROOT"},
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }
    }
    if safe.record:
        name = f"{safe.record}{safe.pointer}"
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "member"}]
    return location


def _uri(path: str) -> str:
    """Write a path as a relative reference; bytes that are no UTF-8 are escaped as they are."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


_ROOT = "The top of the git repository or, outside git, the folder that holds curate.toml."
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
