"""E31."""

from collections.abc import Iterator

from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.quoted import claim_digest, quoted
from curate.rule import Problem, rule


@rule("E31", needs=("claims: quote",))
def quote_changed(record: Procedure | Condition) -> Iterator[Problem]:
    """Refuse a claim or quotation that was edited after the quotation was looked up.

    The result stands for the words that were looked up, and for the claim that they carry. Whoever
    changes either has the quotation looked up again.

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
          text: improved in 8 of 9 patients
          pmid: 99999991
          checked:
            result: found
            date: "2026-11-01"
            text_digest: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            claim_digest: 151b2f588f4e6b0fecbcb698708f9ff40951c320192b8b5e1a994d9a185e9a4c
            #             ^ quote-changed
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
        if quote.checked is not None and quote.checked.claim_digest != claim_digest(claim):
            yield Problem(
                (*where, "checked", "claim_digest"),
                f"The claim `{claim.id}` or its quotation was edited after it was looked up.",
                "Run `curate refs check --quotes --write`.",
            )
