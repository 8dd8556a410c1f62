"""E32."""

from collections.abc import Iterator

from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.quoted import quoted
from curate.rule import Problem, rule


@rule("E32", needs=("claims: quote",))
def quote_not_found(record: Procedure | Condition) -> Iterator[Problem]:
    """Refuse a quotation that does not stand in its source.

    `p > .05` is not `p < .05`. `curate refs check --quotes` shows what the abstract has instead;
    where the words stand in the full text only, a waiver says on which page.

    Formula: the quotation is a part of the source, word for word, after line wraps, spelled-out
    Greek letters and `+/-` are levelled; digits, signs, decimals, < > ≤ ≥ ± % and the edges of
    words must survive, and no negation may stand just outside.

    Applies where the quotation was looked up. Danger: an abstract that PubMed words otherwise than
    the paper. Source: the abstract, as of the day of the look-up.

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
          pmid: 99999991
          checked:
            result: not-found
            #       ^ quote-not-found
            date: "2026-11-01"
            text_digest: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            claim_digest: 151b2f588f4e6b0fecbcb698708f9ff40951c320192b8b5e1a994d9a185e9a4c
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
        if quote.checked is not None and quote.checked.result == "not-found":
            yield Problem(
                (*where, "checked", "result"),
                f"The quotation of the claim `{claim.id}` does not stand in the abstract of PMID "
                f"{quote.pmid}.",
                "Run `curate refs check --quotes` to see what stands there instead, and correct "
                "the quotation and the claim.",
            )
