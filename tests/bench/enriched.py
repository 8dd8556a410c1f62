"""Give a corpus what checks of figures and claims look at, as dense as among shipped records."""

import re
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
    """Make the records like those in `records/` in what the checks look at; they keep their size.

    There a title has 37 letters, three studies in ten have a mean, one in ten an interval, one in
    twenty-five a follow-up with its range, and a claim has 150 letters and three or four numbers.
    """
    scales = root / "records" / "measures"
    scales.mkdir(parents=True)
    (scales / "scale.yaml").write_text(_SCALE)
    for number, path in enumerate(by_kind["study"]):
        text = path.read_text().replace(*_TITLE).replace(*_NOTE)
        if number % 25:
            text = text.replace("  sd: 3.1\n  min: 12\n  max: 36\n", "")
        if number % 10 in {1, 4, 7}:
            outcome = _score(text) + (_EFFECT if number % 10 == 1 else "")
            text = text.replace("outcomes:\n", f"outcomes:\n{outcome}", 1)
        path.write_text(text)
    for path in by_kind["procedure"]:
        path.write_text(_CLAIM.sub(_counted, path.read_text()))


_TITLE = f"    title: {WORDS}\n", "    title: A response that people spoke of later\n"
_NOTE = f"    note: {WORDS}", f"    note: {WORDS}, {WORDS}"
_EFFECT = """\
    effect:
      type: mean-difference
      value: 1.20
      against: baseline
      ci:
        level: 95
        low: 0.22
        high: 2.18
        method: Wald
      p: 0.016
      test:
        name: z
        statistic: 2.40
        sides: two
"""
_CLAIM = re.compile(rf"claim-(?P<number>\d+)\n(?P<between>.*?)text: {WORDS}", re.DOTALL)


def _score(study: str) -> str:
    n = int(study.partition("enrolled: ")[2].partition("\n")[0]) - 1
    sd = sqrt(2 * (n // 2) / (n - 1))  # as many at 1 as at 3
    return (
        "  - id: score\n    title: A score\n    group: all\n    follow_up: 3 mo\n"
        f"    analysed: {n}\n    measure: scale\n    quantity: value\n"
        f"    mean: 2.00\n    sd: {sd:.2f}\n"
    )


def _counted(claim: re.Match[str]) -> str:
    """Say in a claim what the outcome that it links to says in figures."""
    number = int(claim["number"])
    n = 19 + number % 80
    text = (
        f"{(number + 1) % n} of {n} people said after 2 months that they had what they had hoped "
        "for, to somebody who did not know what had been done to them and asked."
    )
    return f"claim-{claim['number']}\n{claim['between']}text: {text}"
