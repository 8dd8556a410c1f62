"""Limit what is found to what a branch changed, and to what its changes did elsewhere."""

from pathlib import Path
from typing import NamedTuple

from curate import config, git
from curate.corpus import Corpus
from curate.counted import counted
from curate.finding import Finding, Severity
from curate.fingerprint import fingerprints
from curate.pipeline import check, load
from curate.report import Report


class Limited(NamedTuple):
    """What a branch is answerable for."""

    report: Report
    changed: int
    """How many records it adds or changes."""
    older: int
    """How many errors and warnings in other records are left out, since they were there before."""

    def __str__(self) -> str:
        """Say what was changed, and how much is left out."""
        records = f"{counted(self.changed, 'record')} changed"
        return f"{records}, {self.older} older in others" if self.older else records


def limit(
    report: Report, corpus: Corpus, root: Path, revision: str, *, staged: bool = False
) -> Limited:
    """Limit a report to what was changed since a branch left a revision.

    A changed record is reported whole: who edits it looks at it. Another is reported for the errors
    and warnings that it did not have before, such as a link to a record that the branch deletes.
    Only where there are any is the corpus of back then read and checked too.
    """
    base = git.merge_base(root, revision)
    changed = git.changed(root, base, staged=staged)
    elsewhere = [finding for finding in report.standing if _counts(finding, changed)]
    new = frozenset(_new(elsewhere, report, corpus, root, base))
    kept = [one for one in report.findings if one.path in changed or one in new]
    told = changed | {finding.path for finding in kept}
    limited = Report(
        kept,
        (path for path in report.files if path in told),
        (path for path in report.drafts if path in told),
        report.gone,
    )
    of_records = sum(path in changed for path in report.files)
    return Limited(limited, of_records, len(elsewhere) - len(new))


def _counts(finding: Finding, changed: frozenset[str]) -> bool:
    return finding.path not in changed and finding.severity is not Severity.NOTICE


def _new(
    findings: list[Finding], report: Report, corpus: Corpus, root: Path, base: str
) -> list[Finding]:
    """Return those findings that a commit did not have, or not as gravely."""
    settings = git.file_at(root, base, config.FILE) if findings else None
    if settings is None:
        return findings
    parsed = config.parse(settings, Path(f"{base}:{config.FILE}"))
    before = load(git.at_revision(root, base), parsed, base)
    known = fingerprints(check(before).findings, before)
    had = {(print_.digest, finding.severity) for finding, print_ in known.items()}
    prints = fingerprints(report.findings, corpus)
    return [one for one in findings if (prints[one].digest, one.severity) not in had]
