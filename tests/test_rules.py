"""Every rule does what its own text says: the examples in its docstring are run."""

import inspect
import re
import sys
from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

import pytest

import curate.rules
from curate.finding import Severity
from curate.rule import Rule
from curate.rules import all_rules
from examples import (
    blocks,
    corpus_of,
    expected,
    files_of,
    findings,
    fixed_pairs,
    guessed_pairs,
    mended,
    raised,
)

RULES = all_rules()


def _name(rule: Rule) -> str:
    return rule.name


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_the_bad_examples_of_a_rule_raise_exactly_what_is_marked(rule: Rule) -> None:
    examples = blocks(rule.doc, "Bad:")
    assert examples
    for example in examples:
        files = files_of(example)
        marks = expected(files)
        assert raised(files) == marks
        assert rule.name in {mark.name for mark in marks}


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_the_good_examples_of_a_rule_raise_nothing(rule: Rule) -> None:
    examples = blocks(rule.doc, "Good:")
    assert examples
    for example in examples:
        files = files_of(example)
        assert files
        assert raised(files) == []
        assert expected(files) == []
        assert all(entry.record is not None for entry in corpus_of(files).entries)


@pytest.mark.parametrize("rule", RULES, ids=_name)
@pytest.mark.parametrize("guesses", [False, True], ids=["Fixed", "Guessed"])
def test_mending_a_bad_example_gives_the_mended_one(rule: Rule, *, guesses: bool) -> None:
    for bad, good in (guessed_pairs if guesses else fixed_pairs)(rule.doc):
        before, after = files_of(bad), files_of(good)
        made = mended(before, guesses=guesses)
        new = {file.path: file.data for file in before} | {one.path: one.new for one in made.files}
        assert new == {file.path: file.data for file in after}
        assert (made.guesses if guesses else made.fixes) > 0
        assert raised(after) == expected(after)
        assert mended(after, guesses=guesses).files == ()
        assert rule.name in {mark.name for mark in expected(before)}


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_what_is_mended_of_a_rule_is_on_its_page(rule: Rule) -> None:
    pairs = {False: fixed_pairs(rule.doc), True: guessed_pairs(rule.doc)}
    shown = {bad for bad, _ in (*pairs[False], *pairs[True])}
    for bad in (block for block in blocks(rule.doc, "Bad:") if block not in shown):
        assert mended(files_of(bad), guesses=True).files == ()
    # What carries an edit says so in its own file, or is said by what reads the record.
    source = inspect.getsource(sys.modules[rule.check.__module__])
    assert not re.search(r"\bedit=", source) or pairs[False]
    assert not re.search(r"\bguess=", source) or pairs[True]


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_a_finding_says_what_is_wrong_and_what_to_write_instead(rule: Rule) -> None:
    for example in blocks(rule.doc, "Bad:"):
        for finding in findings(files_of(example)):
            assert finding.message.endswith((".", "?", "`"))
            assert finding.help.endswith((".", "?", "`", '"'))


@pytest.mark.parametrize("rule", RULES, ids=_name)
def test_a_rule_says_in_one_sentence_what_it_wants_and_then_why(rule: Rule) -> None:
    paragraphs = rule.doc.split("\n\n")
    assert rule.summary.endswith(".")
    assert re.search(r"[.:] [A-Z]", rule.summary) is None
    assert not paragraphs[1].startswith(("Bad:", "Good:"))


def test_codes_and_names_are_unique() -> None:
    for found in ([rule.code for rule in RULES], [rule.name for rule in RULES]):
        assert [name for name, count in Counter(found).items() if count > 1] == []


def test_a_code_is_a_stage_and_two_digits() -> None:
    assert [rule.code for rule in RULES if not re.fullmatch(r"[YSCENTW][0-9]{2}", rule.code)] == []


def test_a_file_is_named_after_its_rule() -> None:
    for module in iter_modules(curate.rules.__path__):
        found = import_module(f"curate.rules.{module.name}")
        names = [value.name for value in vars(found).values() if isinstance(value, Rule)]
        assert names == [module.name.replace("_", "-")]


def test_a_file_opens_with_the_code_of_its_rule() -> None:
    for rule in RULES:
        module = import_module(f"curate.rules.{rule.name.replace('-', '_')}")
        assert module.__doc__ == f"{rule.code}."


def test_what_a_draft_still_lacks_is_a_warning() -> None:
    example = """\
# records/procedures/ventro-oral-thalamotomy.yaml
id: ventro-oral-thalamotomy
title: Ventro-oral thalamotomy
status: STATUS
claims:
  - id: relief-lasts
    about: comparison
    text: Most people keep their relief for years.
"""
    severities = [
        found.severity
        for status in ("draft", "in_review")
        for found in findings(files_of(example.replace("STATUS", status)))
    ]
    assert severities == [Severity.WARNING, Severity.ERROR]


def test_only_what_a_source_may_lack_or_print_wrong_can_be_waived() -> None:
    assert {rule.code[0] for rule in RULES if rule.waivable} == {"E", "N", "T"}
