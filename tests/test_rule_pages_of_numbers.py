"""Each check of a number says on its page what it computes, when, its danger and its source."""

import re

import pytest

from curate.rule import Rule
from curate.rules import all_rules

RULES = {rule.name: rule for rule in all_rules()}

# The checks of numbers, and of what is said with numbers, by what each is about.
CHECKS = {
    "count against percent": ["percent-is-not-count", "percent-truncated"],
    "percent without a count": ["percent-is-not-count", "percentage-without-count"],
    "GRIM": ["mean-fits-no-total", "figure-cut-off"],
    "GRIMMER": ["sd-fits-no-values"],
    "bounded scale": ["sd-fits-no-scores", "mean-outside-scale"],
    "DEBIT": ["sd-fits-no-share"],
    "SD too large": ["sd-above-range"],
    "SD too small": ["sd-below-range"],
    "order": [
        "quartiles-out-of-order",
        "median-far-from-mean",
        "mean-beyond-its-values",
        "bounds-out-of-order",
    ],
    "parts of a whole": ["parts-exceed-whole"],
    "pooled mean and SD": ["parts-do-not-average"],
    "denominators": ["denominator-exceeds-enrolled", "count-exceeds-denominator"],
    "interval holds its estimate": ["interval-excludes-estimate"],
    "symmetry of an interval": [
        "interval-lopsided",
        "interval-very-lopsided",
        "interval-not-of-count",
    ],
    "p against interval": ["p-contradicts-interval"],
    "p against statistic": ["p-contradicts-statistic"],
    "p against paired means": ["p-contradicts-means"],
    "SE taken for SD": ["se-above-range", "sd-and-se-disagree", "sd-looks-like-se"],
    "direction": ["claim-against-direction", "direction-not-declared"],
    "time": [
        "time-beyond-follow-up",
        "time-beyond-plan",
        "time-contradicts-title",
        "follow-up-beyond-publication",
        "times-out-of-order",
        "window-out-of-order",
    ],
    "analysed at a time": ["all-analysed-before-last"],
    "skew": ["spread-beyond-nought"],
    "no events": ["absolute-wording"],
    "percent relief": ["relief-without-threshold"],
    "numbers in prose": ["number-not-in-evidence"],
    "quotation": ["quote-not-found"],
    "status of the source": ["retracted-source"],
    "identity of the citation": ["citation-mismatch"],
    "wording against design": ["claim-beyond-design"],
    "harms left out": ["adverse-events-not-stated", "benefit-without-harm"],
    "units": ["figure-without-unit"],
}
NAMED = {name for names in CHECKS.values() for name in names}


def test_every_rule_on_numbers_is_one_of_the_checks() -> None:
    assert {rule.name for rule in RULES.values() if rule.code[0] == "N"} <= NAMED


@pytest.mark.parametrize("rule", [RULES[name] for name in sorted(NAMED)], ids=lambda one: one.name)
def test_the_page_of_a_check_has_its_parts(rule: Rule) -> None:
    page, _ = rule.doc.split("Bad:\n", 1)
    summary, why, *rest = page.strip().split("\n\n")
    assert summary
    assert not why.startswith(("Formula:", "Applies"))
    parts = re.findall(
        r"(?:^|(?<=[.)] ))(Formula:|Applies |Danger:|Source:)", "\n".join(rest), re.MULTILINE
    )
    assert [part.strip(": ") for part in parts] == ["Formula", "Applies", "Danger", "Source"]


@pytest.mark.parametrize("rule", [RULES[name] for name in sorted(NAMED)], ids=lambda one: one.name)
def test_no_part_of_a_page_is_empty(rule: Rule) -> None:
    page = rule.doc.split("Bad:\n", 1)[0].replace("\n", " ")
    for part in re.split(r"(?:Formula:|Applies |Danger:|Source:)", page)[1:]:
        assert re.match(r"\s*\S.*\.\s*$", part), part
