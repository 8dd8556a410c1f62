"""E05."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.evidence.behind import behind
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.rule import Problem, rule


@rule(
    "E05",
    needs=("claims: evidence, pmids",),
)
def evidence_not_cited(record: Procedure | Condition, corpus: Corpus) -> Iterator[Problem]:
    """Require a claim that leans on a study's outcome to cite that study's paper.

    Else the reader is sent to one paper while the figures come from another.

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    follow_up:
      mean: 25.4
      unit: mo
    groups:
      - id: reoperated
        label: People operated on again
        enrolled: 9
    outcomes:
      - id: reoperation-improved
        title: Improved after the second operation
        group: reoperated
        follow_up: study
        analysed: 9
        count: 7
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: reoperation-helps
        about: benefit
        text: Seven of nine people improved after a second operation.
        pmids:
          - 8016511
        evidence:
          - horisawa-2019#reoperation-improved
    #       ^ evidence-not-cited
    ```

    Good:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    follow_up:
      mean: 25.4
      unit: mo
    groups:
      - id: reoperated
        label: People operated on again
        enrolled: 9
    outcomes:
      - id: reoperation-improved
        title: Improved after the second operation
        group: reoperated
        follow_up: study
        analysed: 9
        count: 7
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: reoperation-helps
        about: benefit
        text: Seven of nine people improved after a second operation.
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#reoperation-improved
    ```
    """
    known = behind(record, corpus)
    for index, claim in enumerate(record.claims):
        # A claim that cites nothing at all is claim-without-pmid's.
        told = set(claim.pmids)
        for number, (study, _) in enumerate(known[index] if told else ()):
            if study is not None and study.pmid is not None and study.pmid not in told:
                told.add(study.pmid)
                yield Problem(
                    ("claims", index, "evidence", number),
                    f"The claim leans on `{study.id}` and does not cite its paper.",
                    f"Add {study.pmid} to the claim's `pmids:`.",
                )
