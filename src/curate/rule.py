"""What a rule is: a function that yields problems, and what is known about it.

A rule's first parameter says, by its annotation, what it runs on: a kind of record (or a union of
kinds), an `Entry` (any file, readable or not), or a `WaiverUse`. It may take the `Corpus` as a
second parameter, to ask it of others. It knows no line, no severity and no Finding, and speaks
of its own record only: what is wrong with two is said at one of them.
"""

import inspect
from collections.abc import Callable, Iterator
from types import UnionType
from typing import Any, NamedTuple, get_args, get_type_hints

from curate.corpus import Corpus, Entry
from curate.document import Fault
from curate.fault import Edit
from curate.finding import Severity, Span, Where
from curate.needs import Need, need
from curate.record import Waiver

Check = Callable[..., Iterator["Problem"]]


class Problem(NamedTuple):
    """What a rule found: where in the record, what is wrong, and what to write instead."""

    where: Where | Span
    message: str
    help: str = ""
    at_key: bool = False
    """Point at the field's name rather than at its value."""
    edit: Edit | None = None
    """What mends it without anybody having to decide."""
    guess: Edit | None = None
    """The one thing that was likely meant, where it could be another."""


class WaiverUse(NamedTuple):
    """A waiver, and at which of its places it accepted anything."""

    waiver: Waiver
    position: int
    used: frozenset[int]
    """Which of `waiver.places` accepted something."""
    rule: "Rule | None"
    """The rule that it names, if there is one."""
    rules: tuple[str, ...]
    """The names of all rules that can be waived."""


class Rule(NamedTuple):
    """One check: its identity, its grade, its text and its function."""

    name: str
    code: str
    """A short handle; its letter is the stage: Y reading, S shape, C cross-reference, E evidence,
    N numbers, T text, W workflow. Never reused."""
    severity: Severity
    completeness: bool
    """Whether it asks for something still missing: in a draft it is then a warning only."""
    waivable: bool
    applies_to: tuple[type, ...]
    takes_corpus: bool
    needs: tuple[Need, ...]
    """What a record must have for the rule to find anything in it."""
    check: Check

    @property
    def doc(self) -> str:
        """Its text."""
        return inspect.getdoc(self.check) or ""

    @property
    def of_faults(self) -> bool:
        """Tell whether it only says what reading or interpreting noted under its name."""
        return _FAULT in self.needs

    @property
    def summary(self) -> str:
        """The first sentence of the rule's text."""
        return self.doc.split("\n\n", 1)[0].replace("\n", " ")


_FAULT = need("fault")
_WAIVABLE_STAGES = frozenset("ENT")


def rule(
    code: str,
    *,
    severity: Severity = Severity.ERROR,
    completeness: bool = False,
    waivable: bool | None = None,
    needs: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a function; its name is the function's, its text the docstring.

    By default what is evidence, numbers or text (E, N, T) can be waived, and the rest cannot: a
    dangling reference or an unreadable file has no reason to stay.

    `needs` says what a record must have for the rule to find anything there, as `needs.py` reads
    it. A rule on files that needs a `fault` only says what reading or interpreting noted under its
    name.
    """

    def make(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        if not check.__doc__:
            raise TypeError(f"the rule {name} has no docstring")
        hints = get_type_hints(check)
        del hints["return"]
        first, *others = hints.values()
        return Rule(
            name=name,
            code=code,
            severity=severity,
            completeness=completeness,
            waivable=code[0] in _WAIVABLE_STAGES if waivable is None else waivable,
            applies_to=get_args(first) if isinstance(first, UnionType) else (first,),
            takes_corpus=Corpus in others,
            needs=tuple(need(one) for one in needs),
            check=check,
        )

    return make


def from_faults(entry: Entry, name: str) -> Iterator[Problem]:
    """Yield what reading or interpreting a file found, under the name of a rule."""
    for fault in entry.named(name):
        yield problem_of(fault)


def problem_of(fault: Fault) -> Problem:
    """Make a problem of what reading or interpreting found."""
    at_key = fault.name in _AT_KEY
    return Problem(fault.where, fault.message, fault.help, at_key, fault.edit, fault.guess)


_AT_KEY = frozenset({"unknown-field", "empty-field"})


def load_rules(modules: list[Any]) -> tuple[Rule, ...]:
    """Collect the one rule of each module, sorted by code."""
    found: list[Rule] = []
    for module in modules:
        rules = [value for value in vars(module).values() if isinstance(value, Rule)]
        if len(rules) != 1:
            raise TypeError(f"{module.__name__} must hold one rule, holds {len(rules)}")
        found.extend(rules)
    return tuple(sorted(found, key=lambda item: item.code))
