"""Findings as the protocol calls them: diagnostics."""

from collections.abc import Iterable

from lsprotocol import types

from curate.finding import Finding, Severity
from curate.lsp.buffer import Buffer
from curate.printable import printable

SOURCE = "curate"


def to_show(findings: Iterable[Finding], *, is_open: bool) -> list[Finding]:
    """Return what is shown of one file: notices, which ask for nothing, only where it is open."""
    return [finding for finding in findings if is_open or finding.severity != Severity.NOTICE]


def diagnostic(buffer: Buffer, finding: Finding) -> types.Diagnostic:
    """Return one finding: what is wrong, and in the next line what to write instead."""
    return types.Diagnostic(
        range=buffer.range_of(finding.span),
        severity=_SEVERITIES[finding.severity],
        code=finding.name,
        source=SOURCE,
        message=f"{printable(finding.message)}\n{printable(finding.help)}".rstrip(),
    )


_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    # Shown at the word, and not among what is to be mended.
    Severity.NOTICE: types.DiagnosticSeverity.Hint,
}
