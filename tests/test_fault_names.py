"""Whatever reading finds is the business of one rule, and each rule of reading can be broken."""

import ast
import re
from pathlib import Path

import curate
from curate.rules import all_rules

SOURCE = Path(curate.__file__).parent
READING = (
    *(SOURCE / f"{module}.py" for module in ("document", "fault", "git", "source")),
    *sorted((SOURCE / "reading").glob("*.py")),
)
IN_A_RULE = {"file-name-clash"}
"""What is found only once all files are read."""


def _names(module: Path) -> set[str]:
    """Return the texts in a module that have the form of a rule's name."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and _NAME.fullmatch(text)}


_NAME = re.compile(r"[a-z]+(-[a-z0-9]+)+")


def test_every_fault_of_reading_has_a_rule_and_every_rule_a_fault() -> None:
    raised = set().union(*map(_names, READING)) - _OTHER_WORDS
    rules = {rule.name for rule in all_rules() if rule.code.startswith("Y")}
    assert raised == rules - IN_A_RULE


_OTHER_WORDS = {
    # arguments of git
    "ls-files", "cat-file", "diff-files", "rev-parse", "utf-8", "ls-tree", "for-each-ref",
    "merge-base",
}  # fmt: skip
