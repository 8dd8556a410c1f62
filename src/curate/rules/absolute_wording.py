"""T04."""

import re
from collections.abc import Iterator

from curate.corpus import Corpus
from curate.evidence.wording import holding, wording
from curate.finding import Severity
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.parts.claim import Claim
from curate.pattern import pattern
from curate.rule import Problem, rule
from curate.statistics.intervals import upper_bound_of_none


@rule("T04", severity=Severity.WARNING, needs=("claims",))
def absolute_wording(record: Procedure | Condition, corpus: Corpus) -> Iterator[Problem]:
    """Warn of a claim in words that no study can bear out.

    None of forty harmed leaves room for seven in a hundred, and a study shows, it does not prove.
    Somebody whose care leans on the sentence takes it at its word.

    Formula: 1 - 0.05^(1 / n), the upper bound with 95 % confidence where none of n had it. The
    message says it for the largest group that the claim links to; then "safe" is told as well.

    Applies to claims with such words; negations and comparisons are left alone. Danger: a sentence
    that quotes such words to deny them. Source: the binomial bound for no events, close to 3 / n
    (the rule of three).

    Bad:

    ```yaml
    # records/procedures/medial-thalamotomy.yaml
    id: medial-thalamotomy
    title: Medial thalamotomy
    status: in_review
    claims:
      - id: no-risk
        about: harm
        text: Relieves pain without risk of further deficits.
    #         ^ absolute-wording
        pmids:
          - 8016511
    ```

    Good:

    ```yaml
    # records/procedures/medial-thalamotomy.yaml
    id: medial-thalamotomy
    title: Medial thalamotomy
    status: in_review
    claims:
      - id: no-deficit-seen
        about: harm
        text: The abstract of a series of 69 people reports that no neurological deficit was seen.
        pmids:
          - 8016511
    ```
    """
    for index in holding(wording(record), _TELLING):
        claim = record.claims[index]
        text = " ".join(claim.text.lower().split())
        bound = _bound(claim, corpus)
        found = _ABSOLUTE.search(text) or (_SAFE.search(text) if bound else None)
        if found is not None:
            yield Problem(
                ("claims", index, "text"),
                f"`{found[0]}` promises more than a study can show.{bound}",
                "Say what was observed, in how many and for how long.",
            )


# One of these is in whatever the expression finds; most claims have none, and are many.
_TELLING = frozenset(
    (
        *("risk", "risks", "safe", "safely", "harmless", "effective", "effects", "adverse"),
        *("complications", "always", "prove", "proves", "proven", "immediate"),
        *("guarantee", "guarantees", "guaranteed", "work", "works"),
    )
)

# Negations and comparisons are left alone: "not without risk", "no risk factor", "almost always".
_ABSOLUTE = pattern(
    r"""\b(?:
      (?:(?<!\bnot\s)without\ any|(?<!\bnot\s)without|carr(?:y|ies|ied)\ no|poses?\ no|has\ no|
        have\ no|there\ is\ no|with\ no|at\ no)\ risks?\b(?!\ (?:factors?|differences?|of\ bias))
    | risk[ -]free
    | (?:completely|entirely|perfectly|absolutely|totally|always|100\ ?%)\ (?:safe|harmless)
    | (?:completely|entirely|absolutely|always|100\ ?%)\ effective
    | (?:has|have|causes?)\ no\ (?:side\ effects|adverse\ e(?:ffects|vents)|complications)
    | (?<!\bnot\s)(?<!\balmost\s)(?<!\bnearly\s)always
    | (?<!\bnot\s)(?<!\bcannot\s)prove[sn]?
    | guarantee[sd]?
    | (?:is|are)\ immediate
    | works?\ (?:for|in)\ (?:everyone|everybody|all)
    )\b""",
    re.VERBOSE,
)


_SAFE = pattern(r"\b(?:is|are|was|were|proved)\ssafe\b|\bsafely\b|\bno\srisk\b")


def _bound(claim: Claim, corpus: Corpus) -> str:
    """Say what the largest linked group in which nobody had an outcome leaves possible."""
    linked = (mention.partition("#") for mention in claim.evidence)
    results = (corpus.result(study, result) for study, _, result in linked)
    sizes = [found.analysed for found in results if found is not None and found.count == 0]
    n = max((size for size in sizes if size), default=None)
    if n is None:
        return ""
    return f" 0 of {n} leaves room for {100 * upper_bound_of_none(n):.1f} %."
