"""Accept the findings of a day, so that a corpus is held to the rules from then on.

A baseline is a JSON file beside the records: one line a finding that was there when it was written.
It accepts these and no others, and only shrinks. A waiver says why something stays as it is; a
baseline says only that nobody has looked yet, so it lets no record into an export.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from curate.corpus import Corpus
from curate.finding import Finding, Severity
from curate.fingerprint import fingerprints
from curate.refusal import Refusal
from curate.report import Known, Report

VERSION = 1


def take(report: Report, corpus: Corpus) -> list[Known]:
    """Return what a baseline written now accepts: every error and warning that stands."""
    prints = fingerprints(report.findings, corpus)
    return [
        Known(finding.path, finding.name, *prints[finding], finding.severity.value)
        for finding in report.standing
        if finding.severity is not Severity.NOTICE
    ]


def accept(report: Report, corpus: Corpus, known: Iterable[Known]) -> Report:
    """Return the report with what is known accepted, and with what is known and gone."""
    left = {one.fingerprint: one for one in known}
    prints = fingerprints(report.findings, corpus) if left else {}
    findings = []
    for finding in report.findings:
        one = None
        if left and finding.waived is None:
            one = left.pop(prints[finding].digest, None)
        accepted = one is not None and _covers(one, finding)
        findings.append(finding._replace(in_baseline=True) if accepted else finding)
    return Report(findings, report.files, report.drafts, sorted(left.values()))


def text(known: Iterable[Known]) -> str:
    """Write a baseline, one finding a line: what a branch mends is a line less in its diff."""
    lines = ",\n".join(json.dumps(one._asdict()) for one in sorted(known))
    listed = f"\n{lines}\n" if lines else ""
    return f'{{\n"version": {VERSION},\n"findings": [{listed}]\n}}\n'


def parse(data: bytes, name: str) -> list[Known]:
    """Read a baseline; the name is what a refusal calls it."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refusal(f"{name} is no baseline: it is not JSON.") from error
    if not isinstance(whole, dict) or not isinstance(whole.get("findings"), list):
        raise Refusal(f"{name} is no baseline: there is no list `findings` in it.")
    if whole.get("version") != VERSION:
        raise Refusal(f"{name} is no baseline of version {VERSION}; write it anew.")
    return list(_entries(whole["findings"], name))


def _entries(listed: list[Any], name: str) -> Iterator[Known]:
    for number, item in enumerate(listed, 1):
        fields = item if isinstance(item, dict) else {}
        if fields.keys() != set(Known._fields) or not all(
            isinstance(value, str) for value in fields.values()
        ):
            wanted = ", ".join(Known._fields)
            raise Refusal(f"{name}: entry {number} is not made of the texts {wanted}.")
        yield Known(**fields)


def _covers(one: Known, finding: Finding) -> bool:
    """Tell whether a finding is as grave as it was: in a draft that is handed in, it is graver."""
    return one.severity == Severity.ERROR.value or finding.severity is not Severity.ERROR
