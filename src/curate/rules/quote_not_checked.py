"""E30."""

from collections.abc import Iterator

from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.quoted import quoted
from curate.rule import Problem, rule


@rule("E30", completeness=True, needs=("claims: quote",))
def quote_not_checked(record: Procedure | Condition) -> Iterator[Problem]:
    """Require that every quotation was looked up in its source.

    A quotation is the one thing in a claim that a machine can hold against the paper word for word.
    `curate refs check --quotes --write` does so and stores what came of it; the abstract itself is
    kept outside the corpus.

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
      # ^ quote-not-checked
          text: improved in 7 of 9 patients
          pmid: 99999991
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
        if quote.checked is None:
            yield Problem(
                where,
                f"Nobody has looked up the quotation of the claim `{claim.id}`.",
                "Run `curate refs check --quotes --write`.",
            )
