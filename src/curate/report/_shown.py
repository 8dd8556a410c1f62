"""Make a finding's texts safe to print, whatever a file name or a record holds."""

from curate.finding import Finding
from curate.printable import printable
from curate.report import Report


def shown(finding: Finding) -> Finding:
    """Return a finding whose every text is on one line, without control characters."""
    return finding._replace(
        path=printable(finding.path),
        message=printable(finding.message),
        help=printable(finding.help),
        record=printable(finding.record),
        pointer=printable(finding.pointer),
        waived=None if finding.waived is None else printable(finding.waived),
    )


def in_repository(finding: Finding, report: Report) -> Finding:
    """Return a finding with its path from the top of the git repository, as code hosts want it."""
    return finding._replace(path=f"{report.below}{finding.path}")


def sentence(finding: Finding) -> str:
    """Return what is wrong and what to write instead, on one line."""
    safe = shown(finding)
    return f"{safe.message} {safe.help}".rstrip()
