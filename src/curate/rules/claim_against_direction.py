"""T07."""

import re
from collections.abc import Iterator

from curate.corpus import Corpus
from curate.evidence.behind import behind
from curate.evidence.changes import changes
from curate.evidence.wording import holding, wording
from curate.finding import Severity
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.pattern import pattern
from curate.rule import Problem, rule


@rule("T07", severity=Severity.WARNING, needs=("claims: evidence",))
def claim_against_direction(record: Procedure | Condition, corpus: Corpus) -> Iterator[Problem]:
    """Warn of a claim whose verb goes against the figures that it links to.

    On a scale where more is better, a change of -2.6 is no improvement: a minus too many, or the
    wrong direction.

    Formula: improved, worsened, rose and fell are held against the sign of the change and, for
    better and worse, that sign times the measure's `direction`.

    Applies where the claim has words of one direction only and no negation or comparison, and every
    linked change from baseline has a known sign. Danger: a sentence that speaks of something else
    than its links; hence a warning. Source: the rules of this corpus.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: reoperation-helps
        about: benefit
        text: The dystonia score improved by 2.6 points.
        #     ^ claim-against-direction
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#score-change
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: score-change
        title: Change of the dystonia score
        group: all
        follow_up: 1 wk
        analysed: 171
        measure: tsfd-scale
        quantity: change
        mean: -2.6
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: continuous
    minimum: 1
    maximum: 5
    direction: higher-is-better
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    claims:
      - id: reoperation-helps
        about: harm
        text: The dystonia score worsened by 2.6 points.
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#score-change
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: score-change
        title: Change of the dystonia score
        group: all
        follow_up: 1 wk
        analysed: 171
        measure: tsfd-scale
        quantity: change
        mean: -2.6
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: continuous
    minimum: 1
    maximum: 5
    direction: higher-is-better
    ```
    """
    for index in holding(wording(record), _ALONE, _STEMS):
        claim = record.claims[index]
        said = {name for name, words in _WORDS.items() if words.search(claim.text)}
        if len(said) != 1 or _UNCLEAR.search(claim.text):
            continue
        word = said.pop()
        kind, sign = _SIGNS[word]
        signs = [
            (change.outcome, getattr(change, kind))
            for change in changes(behind(record, corpus)[index], corpus)
        ]
        if signs and all(found == -sign for _, found in signs):
            yield Problem(
                ("claims", index, "text"),
                f"The claim says that it went {word}, and `{signs[0][0]}` went the other way.",
                "Check the sign of the figure, the `direction:` of the measure, and the claim.",
            )


_WORDS = {
    "better": pattern(r"\b(?:improv\w*|better|ease[ds]?|relieve[sd]?)\b", re.IGNORECASE),
    "worse": pattern(r"\b(?:worse\w*|deteriorat\w*)\b", re.IGNORECASE),
    "up": pattern(r"\b(?:rose|rises?|increase[sd]?)\b", re.IGNORECASE),
    "down": pattern(r"\b(?:fell|falls?|decrease[sd]?|reduce[sd]?|dropped)\b", re.IGNORECASE),
}
_ALONE = frozenset(
    (
        *("better", "ease", "eased", "eases", "relieve", "relieved", "relieves"),
        *("rose", "rise", "rises", "increase", "increased", "increases"),
        *("fell", "fall", "falls", "decrease", "decreased", "decreases"),
        *("reduce", "reduced", "reduces", "dropped"),
    )
)
_STEMS = "improv", "worse", "deteriorat"
_SIGNS = {"better": ("better", 1), "worse": ("better", -1), "up": ("rose", 1), "down": ("rose", -1)}
_UNCLEAR = pattern(
    r"\b(?:no|not|nor|neither|never|none|nobody|without|than|against|unless|cannot)\b",
    re.IGNORECASE,
)
