"""The flow, readable top to bottom: load a corpus, check it, export it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from curate.config import Config
from curate.corpus import Corpus, Entry, kind_of, place
from curate.dispatch import Dispatch
from curate.document import Document, Fault
from curate.finding import Finding, Severity, Span, pointer
from curate.interpret import interpret
from curate.report import Report
from curate.rule import InFile, Problem, Rule, WaiverUse
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
    _refuse_silence(corpus)
    findings: list[Finding] = []
    uses: defaultdict[str, set[_Use]] = defaultdict(set)
    for rule, entry, problem in _problems(corpus):
        finding = _finding(rule, entry, problem)
        use = _waiver(rule, entry, problem)
        if use is not None and entry.record is not None:
            uses[entry.path].add(use)
            finding = finding._replace(waived=entry.record.waivers[use.waiver].reason)
        findings.append(finding)
    for rule, entry, problem in _waiver_problems(corpus, uses):
        findings.append(_finding(rule, entry, problem))
    files = [entry.path for entry in corpus.entries]
    drafts = [entry.path for entry in corpus.entries if entry.status == "draft"]
    return Report(sorted(set(findings), key=_reading_order), files, drafts)


def mendable(corpus: Corpus, path: str) -> Iterator[Fault]:
    """Yield what can be mended in one file, by the rules as well as by its reader."""
    for entry in corpus.entries:
        if entry.path == path:
            for rule, problem in _problems_of(entry, corpus):
                if (problem.edit or problem.guess) and _waiver(rule, entry, problem) is None:
                    yield Fault(
                        rule.name,
                        problem.where,
                        problem.message,
                        problem.help,
                        problem.edit,
                        problem.guess,
                    )


def _problems_of(entry: Entry, corpus: Corpus) -> Iterator[tuple[Rule, Problem]]:
    """Run the rules on one entry, but those on the corpus as a whole, which offer no edit."""
    for rule, on_record in Dispatch(all_rules()).rules(entry):
        subject = entry.record if on_record else entry
        arguments = (subject, corpus) if rule.takes_corpus else (subject,)
        for problem in rule.check(*arguments):
            assert isinstance(problem, Problem)  # noqa: S101 - what a rule on a file yields
            yield rule, problem
    alone = Corpus([entry], corpus.config)
    # Which waivers are used is not known here; what is said of that offers no edit either.
    yield from ((rule, problem) for rule, _, problem in _waiver_problems(alone, {}))


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


def _refuse_silence(corpus: Corpus) -> None:
    """Fail on what would be wrong and not be said: a bug must never look like a clean record."""
    names = {rule.name for rule in all_rules()}
    for entry in corpus.entries:
        unsaid = {fault.name for fault in entry.faults} - names
        if unsaid or (entry.kind is not None and entry.record is None and not entry.faults):
            raise LookupError(f"{entry.path} is wrong, and no rule says so: {sorted(unsaid)}")


def _problems(corpus: Corpus) -> Iterator[tuple[Rule, Entry, Problem]]:
    """Run the rules: on the corpus, and on each file those that may find something in it."""
    dispatch = Dispatch(all_rules())
    for rule in dispatch.on_corpus:
        for found in rule.check(corpus):
            assert isinstance(found, InFile)  # noqa: S101 - what a rule on a Corpus yields
            yield rule, found.entry, found.problem
    for entry in corpus.entries:
        for rule, on_record in dispatch.rules(entry):
            subject = entry.record if on_record else entry
            arguments = (subject, corpus) if rule.takes_corpus else (subject,)
            for problem in rule.check(*arguments):
                assert isinstance(problem, Problem)  # noqa: S101 - what a rule on a file yields
                yield rule, entry, problem


def _waiver_problems(
    corpus: Corpus, uses: Mapping[str, set[_Use]]
) -> Iterator[tuple[Rule, Entry, Problem]]:
    """Run the rules on waivers, which can only be judged once all others have run."""
    rules = [rule for rule in all_rules() if WaiverUse in rule.applies_to]
    by_name = {rule.name: rule for rule in all_rules()}
    names = tuple(rule.name for rule in all_rules() if rule.waivable)
    for entry in corpus.entries:
        if entry.record is None:
            continue
        for index, waiver in enumerate(entry.record.waivers):
            used = frozenset(use.place for use in uses.get(entry.path, ()) if use.waiver == index)
            use = WaiverUse(waiver, index, used, by_name.get(waiver.rule), names)
            for rule in rules:
                for problem in rule.check(use, corpus) if rule.takes_corpus else rule.check(use):
                    assert isinstance(problem, Problem)  # noqa: S101 - likewise
                    yield rule, entry, problem


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
