"""T10."""

import re
from collections.abc import Iterator

from curate.corpus import Corpus
from curate.evidence.behind import behind
from curate.evidence.changes import changes
from curate.evidence.wording import holding, wording
from curate.finding import Severity
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.rule import Problem, rule


@rule("T10", severity=Severity.NOTICE, needs=("claims: evidence",))
def direction_not_declared(record: Procedure | Condition, corpus: Corpus) -> Iterator[Problem]:
    """Say that better or worse cannot be checked, because the measure has no direction.

    Whether a change is an improvement depends on whether more is better on that scale. Without
    `direction` on the measure, claim-against-direction has to be silent.

    Formula: none; that of claim-against-direction needs the direction.

    Applies where a claim says better or worse and links to a change of a measure without
    `direction`; figures recorded as `improvement` need none. Danger: none; it is a notice. Source:
    the rules of this corpus.

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
        #     ^ direction-not-declared
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
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: reoperation-helps
        about: benefit
        text: The dystonia score rose by 2.6 points.
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
        mean: 2.6
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: continuous
    minimum: 1
    maximum: 5
    ```
    """
    for index in holding(wording(record), _ALONE, _STEMS):
        claim = record.claims[index]
        if not _WORDS.search(claim.text):
            continue
        unknown = [
            change.outcome
            for change in changes(behind(record, corpus)[index], corpus)
            if change.better is None
        ]
        if unknown:
            yield Problem(
                ("claims", index, "text"),
                f"Whether `{unknown[0]}` is better or worse cannot be told: its measure has no "
                "`direction:`.",
                "Add `direction:` to the measure, with the source that says it.",
            )


_ALONE = frozenset({"better"})
_STEMS = "improv", "worse", "deteriorat"
_WORDS = re.compile(r"\b(?:improv\w*|better|worse\w*|deteriorat\w*)\b", re.IGNORECASE)
