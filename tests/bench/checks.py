"""What the checks on figures and on numbers in prose cost: validation with them and without.

Prints Markdown: the shipped records, then corpora in which, as among those, one study in three has
a score, an effect and a test, and every claim a number. What counts is the ratio. Times are of the
processor, the least of several rounds, so that other work on the machine matters little.
"""

import sys
import tempfile
import time
from collections.abc import Iterable
from math import sqrt
from pathlib import Path

from corpus import WORDS, write

from curate import pipeline
from curate.config import Config
from curate.rule import Rule
from curate.rules import all_rules
from curate.source import find

ROUNDS = 3
SHIPPED = Path(__file__).parents[2]
CONFIG = Config(name="bench", publish=("in_review",))
ALL = all_rules()
OF_CLAIMS = {
    *("claim-against-direction", "number-not-in-evidence", "claim-beyond-design"),
    *("direction-not-declared", "benefit-without-harm", "relief-without-threshold"),
}
WITHOUT = tuple(rule for rule in ALL if rule.code[0] != "N" and rule.name not in OF_CLAIMS)
SCALE = (
    "id: scale\ntitle: A scale\nstatus: in_review\ndata: integer-score\nminimum: 0\nmaximum: 4\n"
)


def main(sizes: Iterable[int]) -> None:
    """Measure each size and print a table."""
    print("| records | without the checks, s | with them, s | ratio |")
    print("|---|---|---|---|")
    _measure("shipped", SHIPPED)
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch)
            _enrich(root, write(root, size))
            _measure(f"{size:,}", root)


def _measure(name: str, root: Path) -> None:
    with_all, without = [], []
    for _ in range(ROUNDS):
        without.append(_seconds(root, WITHOUT))
        with_all.append(_seconds(root, ALL))
    base, more = min(without), min(with_all)
    print(f"| {name} | {base:.2f} | {more:.2f} | {more / base:.2f} |", flush=True)


def _enrich(root: Path, by_kind: dict[str, list[Path]]) -> None:
    """Give one study in three scores, an effect and a test, and every claim a number."""
    scales = root / "records" / "measures"
    scales.mkdir(parents=True)
    (scales / "scale.yaml").write_text(SCALE)
    for path in by_kind["study"][::3]:
        text = path.read_text()
        n = int(text.partition("enrolled: ")[2].partition("\n")[0]) - 1
        sd = sqrt(2 * (n // 2) / (n - 1))  # as many at 1 as at 3
        outcome = (
            "outcomes:\n  - id: score\n    title: A score\n    group: all\n    follow_up: 3 mo\n"
            f"    analysed: {n}\n    measure: scale\n    quantity: value\n"
            f"    mean: 2.00\n    sd: {sd:.2f}\n"
            "    effect:\n      type: mean-difference\n      value: 1.20\n      against: baseline\n"
            "      ci:\n        level: 95\n        low: 0.22\n        high: 2.18\n"
            "        method: Wald\n      p: 0.016\n      test:\n        name: z\n"
            "        statistic: 2.40\n        sides: two\n"
        )
        path.write_text(text.replace("outcomes:\n", outcome, 1))
    for path in by_kind["procedure"]:
        text = path.read_text().replace(f"text: {WORDS}", "text: They were seen after 2 months.")
        path.write_text(text)


def _seconds(root: Path, rules: tuple[Rule, ...]) -> float:
    pipeline.all_rules = lambda: rules
    started = time.process_time()
    report = pipeline.check(pipeline.load(find(root), CONFIG))
    seconds = time.process_time() - started
    left = [found for found in report.findings if found.waived is None]
    # A waiver of a check that is left out names a rule that is not there.
    errors = [
        found
        for found in left
        if found.severity == "error" and found.name != "unknown-rule-in-waiver"
    ]
    if errors:
        sys.exit(f"the corpus of the bench has errors: {errors[:3]}")
    return seconds


if __name__ == "__main__":
    main(int(argument.replace(",", "")) for argument in sys.argv[1:])
