"""W03."""

from collections.abc import Iterator

from curate.fault import Write
from curate.rule import Problem, WaiverUse, rule
from curate.suggest import did_you_mean, only_one


@rule("W03")
def unknown_rule_in_waiver(use: WaiverUse) -> Iterator[Problem]:
    """Refuse a waiver of a rule that does not exist, or that cannot be waived.

    Evidence, numbers and wording can be waived, because a source may leave them out or print them
    wrong. A file that cannot be read and a record that is not there are mended instead.

    Bad:

    ```yaml
    # records/studies/proceedings-1998.yaml
    id: proceedings-1998
    #< study-without-pmid
    title: A series that was only presented at a meeting
    status: in_review
    design: case-series
    adverse_events_reported: not-reported
    waivers:
      - rule: study-without-a-pmid
    #         ^ unknown-rule-in-waiver
        at: pmid
        reason: PubMed does not list the paper.
        by: The editors
        date: "2026-11-22"
      - rule: dangling-reference
    #         ^ unknown-rule-in-waiver
        at: conditions
        reason: The condition will be written later.
        by: The editors
        date: "2026-11-22"
    ```

    Guessed:

    ```yaml
    # records/studies/proceedings-1998.yaml
    id: proceedings-1998
    title: A series that was only presented at a meeting
    status: in_review
    design: case-series
    adverse_events_reported: not-reported
    waivers:
      - rule: study-without-pmid
        at: pmid
        reason: PubMed does not list the paper.
        by: The editors
        date: "2026-11-22"
      - rule: dangling-reference
    #         ^ unknown-rule-in-waiver
        at: conditions
        reason: The condition will be written later.
        by: The editors
        date: "2026-11-22"
    ```

    Good:

    ```yaml
    # records/studies/proceedings-1998.yaml
    id: proceedings-1998
    title: A series that was only presented at a meeting
    status: in_review
    design: case-series
    adverse_events_reported: not-reported
    waivers:
      - rule: study-without-pmid
        at: pmid
        reason: PubMed does not list the paper.
        by: The editors
        date: "2026-11-22"
    ```
    """
    where = ("waivers", use.position, "rule")
    if use.rule is None:
        yield Problem(
            where,
            f"There is no rule `{use.waiver.rule}`.",
            did_you_mean(use.waiver.rule, use.rules)
            or "Write the rule's name as the finding gives it; `curate rule` lists them.",
            guess=None if (meant := only_one(use.waiver.rule, use.rules)) is None else Write(meant),
        )
    elif not use.rule.waivable:
        yield Problem(
            where,
            f"The rule {use.rule.name} cannot be waived.",
            "Mend what it finds, and delete the waiver.",
        )
