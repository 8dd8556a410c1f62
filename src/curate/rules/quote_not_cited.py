"""E33."""

from collections.abc import Iterator

from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.quoted import quoted
from curate.rule import Problem, rule


@rule("E33", needs=("claims: quote",))
def quote_not_cited(record: Procedure | Condition) -> Iterator[Problem]:
    """Refuse a quotation of a paper that its claim does not cite.

    The words are there to carry the claim, so their paper is among those that it rests on.

    Bad:

    ```yaml
    # records/procedures/thalamotomy.yaml
    id: thalamotomy
    title: Thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: relief-lasts
        about: benefit
        text: Scores were still better than before the operation when last measured.
        pmids:
          - 99999991
        quote:
          text: improved in 7 of 9 patients
          pmid: 99999992
          #     ^ quote-not-cited
          checked:
            result: found
            date: "2026-11-01"
            text_digest: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            claim_digest: 5ccf55e3e73367358e2591c28e4db75271e35d31c7e2d452cc75eb7a4930e927
    ```

    Good:

    ```yaml
    # records/procedures/thalamotomy.yaml
    id: thalamotomy
    title: Thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: relief-lasts
        about: benefit
        text: Scores were still better than before the operation when last measured.
        pmids:
          - 99999991
        quote:
          text: improved in 7 of 9 patients
          pmid: 99999991
          checked:
            result: found
            date: "2026-11-01"
            text_digest: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            claim_digest: 151b2f588f4e6b0fecbcb698708f9ff40951c320192b8b5e1a994d9a185e9a4c
    ```
    """
    for where, quote, claim in quoted(record):
        if quote.pmid not in claim.pmids:
            yield Problem(
                (*where, "pmid"),
                f"The claim `{claim.id}` quotes PMID {quote.pmid} and does not cite it.",
                "Add it to the claim's `pmids`, or correct it.",
            )
