"""The page of a rule as Markdown: what `curate rule NAME` prints."""

from curate.rule import Rule
from curate.rules import all_rules


def rule_named(name: object) -> Rule | None:
    """Return the rule of this name."""
    return next((rule for rule in all_rules() if rule.name == name), None)


def page(rule: Rule) -> str:
    """Return a rule's grade, text and examples."""
    grade = str(rule.severity)
    if rule.completeness:
        grade += "; in a draft a warning"
    grade += "; can be waived" if rule.waivable else "; cannot be waived"
    return f"### {rule.code} {rule.name}\n\n*{grade}*\n\n{rule.doc}"


def explanation(rule: Rule) -> str:
    """Return what a rule asks and why, without the examples: for a message that is shown once."""
    why = rule.doc.partition("\nBad:")[0].strip()
    return f"{rule.code} {rule.name}\n\n{why}\n\nWith examples: curate rule {rule.name}"
