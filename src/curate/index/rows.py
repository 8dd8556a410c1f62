"""What is kept of a file and of its findings, as plain tuples that pages can hold."""

from typing import Any, NamedTuple

from curate.corpus import Entry, Question
from curate.facts import Facts, Told
from curate.finding import Finding, Severity, Span


class Row(NamedTuple):
    """What is kept of one file."""

    version: str
    """Names its content: two texts never have the same."""
    kind: str | None
    status: str | None
    readable: bool
    inside: str | None
    parent: str | None
    terms: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]
    """The questions that its rules asked of the others."""
    label: str

    def facts(self, path: str) -> Facts:
        """Return what it tells the others."""
        return Facts(
            path,
            self.kind,
            self.status,
            self.readable,
            self.inside,
            self.parent,
            self.terms,
            self.label,
        )


def row_of(facts: Facts, version: str, asked: tuple[tuple[str, str], ...] = ()) -> Row:
    """Make a row of what a file tells the others."""
    return Row(
        version,
        facts.kind,
        facts.status,
        facts.readable,
        facts.inside,
        facts.parent,
        facts.terms,
        asked,
        facts.label,
    )


def plain_questions(asked: set[Question]) -> tuple[tuple[str, str], ...]:
    """Return questions to be kept: who asked for all of a record need not have asked for less."""
    whole = {question.about for question in asked if question.how == "whole"}
    return tuple(
        sorted(
            (how, about)
            for how, about in asked
            if how not in {"who", "state"} or about not in whole
        )
    )


def plain_findings(findings: list[Finding], entry: Entry) -> tuple[Any, ...]:
    """Return findings to be kept, each with the line that it stands on."""
    return tuple(
        (
            (
                finding.path,
                tuple(finding.span),
                *finding[2:4],
                finding.severity.value,
                *finding[5:],
            ),
            entry.document.line(finding.span.line),
        )
        for finding in findings
    )


def finding_of(plain: Any) -> Finding:
    """Make a finding of what was kept of it."""
    finding = Finding(*plain)
    return finding._replace(span=Span(*finding.span), severity=Severity(finding.severity))


def holder_of(plain: Any) -> Told:
    """Make a holder of a term of what was kept of it."""
    return Told(*plain)
