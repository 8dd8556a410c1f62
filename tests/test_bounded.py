"""What is wrong forty thousand times over is told a hundred times, and counted."""

from curate.bounded import MOST_ALIKE
from curate.config import Config
from curate.pipeline import check, load
from curate.report import Report
from curate.source import Source

PATH = "records/conditions/x1.yaml"
HEAD = "id: x1\ntitle: X\nstatus: in_review\nsynonyms:\n"


def found(*synonyms: str, more: str = "") -> Report:
    text = HEAD + "".join(f"  - {one}\n" for one in synonyms) + more
    return check(load([Source(PATH, text.encode())], Config(name="test")))


def test_as_many_as_a_person_may_write_are_all_told() -> None:
    findings = found(*["a"] * (MOST_ALIKE + 1)).findings
    assert len(findings) == MOST_ALIKE
    assert not any("more like it" in finding.message for finding in findings)


def test_of_more_the_first_are_told_and_the_last_of_them_says_how_many_there_are() -> None:
    findings = found(*["a"] * 45_000).findings
    assert [finding.span.line for finding in findings] == list(range(6, 6 + MOST_ALIKE))
    *others, last = findings
    assert last.message == ("`a` is in this list already. And 44899 more like it follow.")
    assert not any("more like it" in finding.message for finding in others)


def test_each_rule_is_told_of_whatever_others_say() -> None:
    names = [finding.name for finding in found(*['" a"'] * 150).findings]
    assert names.count("listed-twice") == names.count("padded-text") == MOST_ALIKE


def test_what_is_waived_hides_nothing_that_is_not() -> None:
    claims = "".join(
        f"  - id: c{number}\n    about: mechanism\n    text: It is said.\n" for number in range(250)
    )
    places = "".join(f"      - claims.c{number}\n" for number in range(120))
    waiver = (
        f"waivers:\n  - rule: claim-without-pmid\n    at:\n{places}    reason: It is known.\n"
        '    by: editors\n    date: "2026-11-21"\n'
    )
    report = found("a", more=f"claims:\n{claims}{waiver}")
    assert len(report.waived) == len(report.standing) == MOST_ALIKE
    assert report.waived[-1].message.endswith("And 20 more like it follow.")
    assert report.standing[-1].message.endswith("And 30 more like it follow.")
