"""The flow, readable top to bottom: load a corpus, check it, export it."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from curate.bounded import bounded
from curate.config import Config
from curate.corpus import Corpus, Entry, kind_of, place
from curate.dispatch import Dispatch
from curate.document import Document, Fault
from curate.finding import Finding, Severity, Span, pointer
from curate.interpret import interpret
from curate.report import Report
from curate.rule import Problem, Rule, WaiverUse
from curate.rules import all_rules
from curate.source import Obstacle, Source


class _Use(NamedTuple):
    """A waiver of a record, and one of its places, by number."""

    waiver: int
    place: int


def load(found: Iterable[Source | Obstacle], config: Config, commit: str | None = None) -> Corpus:
    """Read every file into an entry; one that cannot be read is an entry with faults."""
    return Corpus((entry_of(item) for item in found), config, commit)


def check(corpus: Corpus) -> Report:
    """Run every rule on all that it applies to, and let the waivers accept what they cover."""
    findings = (finding for entry in corpus.entries for finding in check_entry(entry, corpus))
    files = [entry.path for entry in corpus.entries]
    drafts = [entry.path for entry in corpus.entries if entry.status == "draft"]
    return Report(findings, files, drafts)


def check_entry(entry: Entry, corpus: Corpus) -> list[Finding]:
    """Return what is found in one file, in reading order: all that the rules say of it.

    It follows from the file and from what the corpus answers, and from nothing else.
    """
    record = entry.record
    if record is None or entry.faults:
        _refuse_silence(entry)
    problems = _problems(entry, corpus)
    if not problems and (record is None or not record.waivers):
        return []
    findings: list[Finding] = []
    uses: set[_Use] = set()
    for rule, problem in problems:
        finding = _finding(rule, entry, problem)
        use = _waiver(rule, entry, problem)
        if use is not None and record is not None:
            uses.add(use)
            finding = finding._replace(waived=record.waivers[use.waiver].reason)
        findings.append(finding)
    for rule, problem in _waiver_problems(entry, corpus, uses):
        findings.append(_finding(rule, entry, problem))
    return bounded(sorted(set(findings), key=_reading_order))


def consult(entry: Entry, corpus: Corpus) -> None:
    """Ask of a corpus what checking an entry asks of it, and find nothing."""
    for _, check, on_record in _dispatch().rules(entry).of_corpus:
        for _ in check(entry.record if on_record else entry, corpus):
            pass


def mendable(corpus: Corpus, path: str) -> Iterator[Fault]:
    """Yield what can be mended in one file, by the rules as well as by its reader."""
    entry = corpus.at(path)
    # Which waivers are used is not known here; what is said of that offers no edit either.
    problems = (
        ()
        if entry is None
        else (
            *_problems(entry, corpus),
            *_waiver_problems(entry, corpus, set()),
        )
    )
    for rule, problem in problems:
        offers = problem.edit or problem.guess
        if offers and entry is not None and _waiver(rule, entry, problem) is None:
            yield Fault(
                rule.name,
                problem.where,
                problem.message,
                problem.help,
                problem.edit,
                problem.guess,
            )


def entry_of(item: Source | Obstacle) -> Entry:
    """Read one file into an entry: its record, or the faults that stand in the way."""
    kind = kind_of(item.path)
    if isinstance(item, Obstacle):
        fault = Fault(item.name, Span(1, 1, 1, 1), item.message, item.help)
        return Entry(item.path, kind, Document(item.path, b""), None, (fault,))
    document = Document(item.path, item.data)
    if kind is None:
        return Entry(item.path, None, document, None, document.faults)
    record, faults = interpret(kind, document)
    return Entry(item.path, kind, document, record, faults)


def _refuse_silence(entry: Entry) -> None:
    """Fail on what would be wrong and not be said: a bug must never look like a clean record."""
    unsaid = {fault.name for fault in entry.faults} - _names() if entry.faults else ()
    is_lost = entry.kind is not None and entry.record is None
    if unsaid or (is_lost and _errors().isdisjoint(fault.name for fault in entry.faults)):
        raise LookupError(f"{entry.path} is wrong, and no rule says so: {sorted(unsaid)}")


@cache
def _names() -> frozenset[str]:
    return frozenset(_by_name())


@cache
def _by_name() -> dict[str, Rule]:
    return {rule.name: rule for rule in all_rules()}


@cache
def _waivable() -> tuple[str, ...]:
    return tuple(rule.name for rule in all_rules() if rule.waivable)


@cache
def _on_waivers() -> tuple[Rule, ...]:
    return tuple(rule for rule in all_rules() if WaiverUse in rule.applies_to)


@cache
def _errors() -> frozenset[str]:
    return frozenset(rule.name for rule in all_rules() if rule.severity is Severity.ERROR)


@cache
def _dispatch() -> Dispatch:
    return Dispatch(all_rules())


def _problems(entry: Entry, corpus: Corpus) -> list[tuple[Rule, Problem]]:
    """Run on an entry, or on its record, the rules that may find something in it."""
    record = entry.record
    found = []
    alone, of_corpus = _dispatch().rules(entry)
    for rule, check, on_record in alone:
        for problem in check(record if on_record else entry):
            found.append((rule, problem))  # noqa: PERF401 - most yield nothing, and are many
    for rule, check, on_record in of_corpus:
        for problem in check(record if on_record else entry, corpus):
            found.append((rule, problem))  # noqa: PERF401 - as above
    return found


def _waiver_problems(
    entry: Entry, corpus: Corpus, uses: set[_Use]
) -> Iterator[tuple[Rule, Problem]]:
    """Run the rules on waivers, which can only be judged once all others have run."""
    if entry.record is None or not entry.record.waivers:
        return
    by_name, names = _by_name(), _waivable()
    for index, waiver in enumerate(entry.record.waivers):
        used = frozenset(use.place for use in uses if use.waiver == index)
        use = WaiverUse(waiver, index, used, by_name.get(waiver.rule), names)
        for rule in _on_waivers():
            for problem in rule.check(use, corpus) if rule.takes_corpus else rule.check(use):
                yield rule, problem


def _waiver(rule: Rule, entry: Entry, problem: Problem) -> _Use | None:
    """Return the waiver, and the place in it, that accepts a problem, if one does."""
    if not rule.waivable or entry.record is None or isinstance(problem.where, Span):
        return None
    at = place(entry.document.value, problem.where)
    for index, waiver in enumerate(entry.record.waivers):
        if waiver.rule != rule.name:
            continue
        for number, covered in enumerate(waiver.places):
            if at == covered or at.startswith(f"{covered}."):
                return _Use(index, number)
    return None


def _finding(rule: Rule, entry: Entry, problem: Problem) -> Finding:
    where = problem.where
    document = entry.document
    if problem.at_key and not isinstance(where, Span):
        span = document.key_span(where)
    else:
        span = document.span(where)
    draft = rule.completeness and entry.status == "draft"
    return Finding(
        path=entry.path,
        span=span,
        code=rule.code,
        name=rule.name,
        severity=Severity.WARNING if draft else rule.severity,
        message=problem.message,
        help=problem.help,
        record=f"{entry.kind}/{entry.id}" if entry.kind else "",
        pointer="" if isinstance(where, Span) else pointer(where),
        fix="safe" if problem.edit else "unsafe" if problem.guess else "",
    )


def _reading_order(finding: Finding) -> tuple[Any, ...]:
    return finding.path, finding.span, finding.code, finding.message
