"""What can be done about a finding: mend it, waive it with a reason, or have it explained."""

from collections.abc import Iterator
from itertools import takewhile

from lsprotocol import types

from curate.corpus import Entry
from curate.fault import Edit, Fault, Rename, Respell, Write
from curate.finding import Finding, Span
from curate.fix import Fixed, fix, text_edits
from curate.lsp.buffer import Buffer
from curate.lsp.diagnostics import diagnostic
from curate.lsp.home import Home
from curate.lsp.page import rule_named
from curate.lsp.waiving import waiver_edit
from curate.lsp.words import short
from curate.pipeline import mendable
from curate.tidy import tidied

EXPLAIN = "curate.explain"
FIX_ALL = "source.fixAll.curate"


def actions(
    home: Home, path: str, uri: str, where: types.Range, only: list[str] | None
) -> list[types.CodeAction]:
    """Return what can be done in a stretch of a file; `only` names the kinds that are asked for."""
    entry, buffer = home.exact(path), home.buffer(path)
    if entry is None or buffer is None:
        return []
    work = _Work(home, entry, buffer, uri)
    start, end = buffer.offset(where.start), buffer.offset(where.end)
    found: list[types.CodeAction] = []
    if _wanted(types.CodeActionKind.QuickFix, only):
        found.extend(work.fixes(start, end))
        found.extend(work.answers(start, end))
    if only and _wanted(FIX_ALL, only):
        found.extend(work.all_fixes())
    return found


def _wanted(kind: str, only: list[str] | None) -> bool:
    """Tell whether a kind of action is asked for: by itself, or by the kind that it is one of."""
    return only is None or any(kind == one or kind.startswith(f"{one}.") or not one for one in only)


class _Work:
    """The actions on one file."""

    def __init__(self, home: Home, entry: Entry, buffer: Buffer, uri: str) -> None:
        self._home = home
        self._entry = entry
        self._buffer = buffer
        self._uri = uri

    def fixes(self, start: int, end: int) -> Iterator[types.CodeAction]:
        """Yield what mends a finding in a stretch: what is sure first."""
        told = {found.name for found in self._home.findings_of(self._entry.path)}
        here = [
            fault
            for fault in mendable(self._home.corpus, self._entry.path)
            if fault.name in told and self._touches(self._span(fault), start, end)
        ]
        for fault in sorted(here, key=lambda fault: fault.edit is None):
            how = fault.edit or fault.guess
            edits = [] if how is None or self._is_lost(how) else self._edits(fault)
            if how is not None and edits:
                is_sure = fault.edit is not None
                doubt = "" if is_sure else " (a guess: compare it with the source)"
                yield types.CodeAction(
                    f"{_said(how)}{doubt}",
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=self._diagnostics(fault.name, start, end),
                    is_preferred=is_sure or None,
                    edit=self._edit(edits),
                )

    def answers(self, start: int, end: int) -> Iterator[types.CodeAction]:
        """Yield for each finding in a stretch how to waive it, if that may be, and its page."""
        here = [
            found
            for found in self._home.findings_of(self._entry.path)
            if self._touches(found.span, start, end)
        ]
        for finding in here:
            yield from self._waiver(finding)
        for name in dict.fromkeys(finding.name for finding in here):
            yield types.CodeAction(
                f"Explain {name}",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=self._diagnostics(name, start, end),
                command=types.Command(f"Explain {name}", EXPLAIN, arguments=[name]),
            )

    def all_fixes(self) -> Iterator[types.CodeAction]:
        """Yield one action that mends all that is sure, as `curate validate --fix` does."""
        path, data = self._entry.path, self._buffer.data
        faults = [fault for fault in mendable(self._home.corpus, path) if fault.edit]
        fixed = fix(path, data, faults) if faults else Fixed(data, ())
        new = tidied(path, fixed.data) if self._home.corpus.config.tidy else fixed.data
        # An editor keeps the line ends that it found: an edit of these alone would never end.
        if new in {data, data.replace(b"\r\n", b"\n")}:
            return
        said = []
        if fixed.names:
            said.append(f"Mend all that can be meant in one way only ({len(fixed.names)})")
        if new != fixed.data:
            said.append("Tidy the record: the order of its fields and its layout")
        yield types.CodeAction(
            "; ".join(said), kind=FIX_ALL, edit=self._edit([self._rewritten(new.decode())])
        )

    def _waiver(self, finding: Finding) -> Iterator[types.CodeAction]:
        rule = rule_named(finding.name)
        written = None
        if rule is not None and rule.waivable:
            written = waiver_edit(self._home, self._entry, finding)
        if written is not None:
            at = self._buffer.range_of(written.span)
            yield types.CodeAction(
                f"Waive {finding.name} here, with a reason to fill in",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic(self._buffer, finding)],
                edit=self._edit([types.TextEdit(at, written.text)]),
            )

    def _edits(self, fault: Fault) -> list[types.TextEdit]:
        return [
            types.TextEdit(self._buffer.range_of(edit.span), edit.text)
            for edit in text_edits(self._entry.document, fault)
        ]

    def _rewritten(self, new: str) -> types.TextEdit:
        """Return an edit of the lines from the first to the last that differ."""
        old = self._buffer.text
        start = sum(map(len, _shared(_lines(old), _lines(new))))
        end = sum(map(len, _shared(_lines(old[start:])[::-1], _lines(new[start:])[::-1])))
        at = self._buffer.range(start, len(old) - end)
        return types.TextEdit(at, new[start : len(new) - end])

    def _edit(self, edits: list[types.TextEdit]) -> types.WorkspaceEdit:
        return types.WorkspaceEdit(changes={self._uri: edits})

    def _is_lost(self, how: Edit) -> bool:
        """Tell whether an editor would undo an edit: it keeps the line ends that it found."""
        return how is Respell.LINE_ENDS and "\r\n" in self._buffer.text

    def _diagnostics(self, name: str, start: int, end: int) -> list[types.Diagnostic]:
        return [
            diagnostic(self._buffer, found)
            for found in self._home.findings_of(self._entry.path)
            if found.name == name and self._touches(found.span, start, end)
        ]

    def _span(self, fault: Fault) -> Span:
        where = fault.where
        if isinstance(fault.edit or fault.guess, Rename) and not isinstance(where, Span):
            return self._entry.document.key_span(where)
        return self._entry.document.span(where)

    def _touches(self, span: Span, start: int, end: int) -> bool:
        first, last = self._buffer.stretch(span)
        return first <= end and start <= last


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _shared(one: list[str], other: list[str]) -> Iterator[str]:
    """Yield the lines that both begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return (line for line, _ in pairs)


def _said(how: Edit) -> str:
    """Say what an edit writes."""
    if isinstance(how, Write):
        return f"Write `{short(how.value)}`"
    if isinstance(how, Rename):
        return f"Call the field `{short(how.name)}`"
    if how is Respell.NFC:
        return "Store every letter with an accent as one character"
    if how is Respell.LINE_ENDS:
        return "End the last line"
    return "Write it as a list"
