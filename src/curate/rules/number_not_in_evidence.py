"""T08."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.evidence.behind import behind
from curate.evidence.facts import not_held
from curate.evidence.prose import mentions_of
from curate.evidence.wording import wording
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.rule import Problem, rule


@rule("T08", needs=("claims: evidence or pmids",))
def number_not_in_evidence(record: Procedure | Condition, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a number in a claim that stands in nothing that the claim links to.

    A reader acts on the sentence, not on the table, so a digit mistyped there is the worst. Each
    number - a count, percentage, mean, time, p-value, range or word such as seven - must stand in a
    linked outcome or adverse event, its group, its study's follow-up or its scale, as that kind of
    figure.

    Formula: equal values of the same kind; what follows from a count is known: of 7 of 9, also 78 %
    and the other 2.

    Applies where the claim links to outcomes, or cites a paper whose study is recorded. Left alone:
    years, levels of the spine (L4-L5, C1), field strengths (3 T), PMIDs, and names with digits
    (CYP2D6, PDQ-39). Danger: a number of one linked outcome that is said of another. Source: the
    rules of this corpus.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    claims:
      - id: reoperation-helps
        about: benefit
        text: Seven of ten people improved after a second operation.
        #     ^ number-not-in-evidence
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#reoperation-improved
      - id: no-paresis
        about: harm
        text: No lasting paresis was seen in 9 people.
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#paresis
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    features:
      - uncontrolled
    adverse_events_reported: with-counts
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
    adverse_events:
      - id: paresis
        title: Lasting paresis
        group: reoperated
        follow_up: study
        analysed: 9
        count: 0
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    claims:
      - id: reoperation-helps
        about: benefit
        text: Seven of nine people (78 %) improved after a second operation.
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#reoperation-improved
      - id: no-paresis
        about: harm
        text: No lasting paresis was seen in 9 people.
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#paresis
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    features:
      - uncontrolled
    adverse_events_reported: with-counts
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
    adverse_events:
      - id: paresis
        title: Lasting paresis
        group: reoperated
        follow_up: study
        analysed: 9
        count: 0
    ```
    """
    known = zip(record.claims, mentions_of(wording(record)), behind(record, corpus), strict=True)
    for index, (claim, found, evidence) in enumerate(known):
        missing = [mention.text for mention in not_held(claim, found, evidence, corpus)]
        if missing:
            numbers = ", ".join(f"`{text}`" for text in dict.fromkeys(missing))
            yield Problem(
                ("claims", index, "text"),
                f"{numbers} {'stands' if len(missing) == 1 else 'stand'} in no outcome that the "
                "claim "
                "links to.",
                "Check the number, or link the outcome that it is from under `evidence:`. If it "
                "has "
                "another source, add a waiver that names it.",
            )
