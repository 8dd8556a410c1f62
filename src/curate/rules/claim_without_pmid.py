"""E01."""

from collections.abc import Iterator

from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.rule import Problem, rule


@rule("E01", completeness=True, needs=("claims",))
def claim_without_pmid(record: Procedure | Condition) -> Iterator[Problem]:
    """Require at least one PMID on every claim.

    A reader must be able to look up what a statement rests on. A claim that nobody can trace to a
    paper is an opinion, however often it is repeated.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: relief-lasts
      # ^ claim-without-pmid
        about: benefit
        text: Most patients keep their relief for years.
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: relief-lasts
        about: benefit
        text: Scores were still better than before the operation when last measured.
        pmids:
          - 30587520
    ```
    """
    for index, claim in enumerate(record.claims):
        if not claim.pmids:
            yield Problem(
                ("claims", index),
                f"The claim `{claim.id}` cites no paper.",
                "Add `pmids:` with the PubMed ids of the papers that it rests on.",
            )
