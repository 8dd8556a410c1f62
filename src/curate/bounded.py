"""Tell what is wrong many times over a bounded number of times."""

from collections import Counter

from curate.finding import Finding

MOST_ALIKE = 100
"""How often one rule is told of one file: more than any record that a person wrote breaks it."""


def bounded(findings: list[Finding]) -> list[Finding]:
    """Return the findings of one file, of each rule the first hundred; the last says how many more.

    A file may name one paper forty thousand times. What is waived is counted apart from what is
    not, so that neither hides the other.
    """
    if len(findings) <= MOST_ALIKE:
        return findings
    left = Counter(map(_alike, findings))
    told: Counter[tuple[str, bool]] = Counter()
    kept = []
    for finding in findings:
        alike = _alike(finding)
        told[alike] += 1
        more = left[alike] - MOST_ALIKE
        if told[alike] == MOST_ALIKE and more > 0:
            kept.append(
                finding._replace(message=f"{finding.message} And {more} more like it follow.")
            )
        elif told[alike] <= MOST_ALIKE:
            kept.append(finding)
    return kept


def _alike(finding: Finding) -> tuple[str, bool]:
    return finding.name, finding.waived is None
