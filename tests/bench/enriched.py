"""Give a corpus what checks of figures and claims look at, as dense as among shipped records."""

from math import sqrt
from pathlib import Path

from corpus import WORDS

from curate.rules import all_rules

_OF_CLAIMS = {
    *("claim-against-direction", "number-not-in-evidence", "claim-beyond-design"),
    *("direction-not-declared", "benefit-without-harm", "relief-without-threshold"),
    *("absolute-wording", "adverse-events-not-stated", "time-contradicts-title"),
}
OF_CHECKS = _OF_CLAIMS | {rule.name for rule in all_rules() if rule.code[0] == "N"}
"""The rules that hold figures, and the numbers of claims, against each other."""
_SCALE = (
    "id: scale\ntitle: A scale\nstatus: in_review\ndata: integer-score\nminimum: 0\nmaximum: 4\n"
)


def enrich(root: Path, by_kind: dict[str, list[Path]]) -> None:
    """Give one study in three scores, an effect and a test, and every claim a number."""
    scales = root / "records" / "measures"
    scales.mkdir(parents=True)
    (scales / "scale.yaml").write_text(_SCALE)
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
