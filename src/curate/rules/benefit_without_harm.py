"""E09."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.finding import Severity
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.rule import Problem, rule


@rule("E09", severity=Severity.WARNING, needs=("claims",))
def benefit_without_harm(procedure: Procedure, corpus: Corpus) -> Iterator[Problem]:
    """Warn of a procedure that claims benefits and is silent on harms.

    Whoever weighs a procedure needs both sides. Harms are left out more often than benefits, and a
    page without them reads as if there were none.

    Formula: none; a claim `about: benefit` asks for one `about: harm`.

    Applies where a procedure has a claim `about: benefit`, none `about: harm`, and no `note` that
    says why there is none. The message names linked studies that report harms. Danger: a note that
    speaks of harms and does not say it. Source: Gewandter and others 2018, the supplement to
    CONSORT for pain.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    claims:
    #< benefit-without-harm
      - id: reoperation-helps
        about: benefit
        text: Seven of nine people improved after a second operation.
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#reoperation-improved
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
        text: Seven of nine people improved after a second operation.
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
    about = {claim.about for claim in procedure.claims}
    if "benefit" not in about or "harm" in about or "harm" in (procedure.note or "").lower():
        return
    names = {mention.partition("#")[0] for claim in procedure.claims for mention in claim.evidence}
    studies = [corpus.get(Study, name) for name in sorted(names)]
    telling = [study.id for study in studies if study is not None and study.adverse_events]
    where = f" Of the studies linked, {', '.join(telling)} report harms." if telling else ""
    yield Problem(
        ("claims",),
        f"`{procedure.id}` claims benefits and says nothing of harms.{where}",
        "Add a claim `about: harm`. If nothing that was read speaks of harms, say so in the "
        "record's `note:`.",
    )
