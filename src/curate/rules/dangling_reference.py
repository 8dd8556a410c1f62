"""C01."""

from collections.abc import Iterator

from curate.corpus import Corpus, Link
from curate.evidence.behind import behind
from curate.evidence.linked import linked
from curate.fault import Write
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.record import Record
from curate.rule import Problem, rule
from curate.suggest import did_you_mean, only_one


@rule(
    "C01",
    needs=("conditions or evidence or measure or overlaps or parent or procedures or replaced_by",),
)
def dangling_reference(record: Record, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a mention of a record, or of a study's outcome, that is not there.

    A reader who follows the mention finds nothing, and an app that shows the record shows a gap. A
    record that is there but cannot be read counts as there: its own errors say enough.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    parent: thalamotomy
    #       ^ dangling-reference
    conditions:
      - focal-hand-distonia
    #   ^ dangling-reference
    ```

    Guessed:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    parent: thalamotomy
    #       ^ dangling-reference
    conditions:
      - focal-hand-dystonia
    ```

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
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
    #       ^ dangling-reference
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    conditions:
      - focal-hand-dystonia
    ```
    """
    is_there = _has_all_results(record, corpus)
    for link, file in linked(record, corpus):
        if file is None:
            guess = corpus.guess(link.kind, link.id)
            yield Problem(
                link.where,
                f"There is no {link.kind} `{link.id}`.",
                guess
                or f"Correct the id, or start the record: `curate new {link.kind} {link.id}`.",
                guess=_meant(link, corpus.meant(link.kind, link.id)),
            )
        elif link.result is not None and not (is_there or corpus.has_result(link.id, link.result)):
            yield _missing_result(link, link.result, corpus.result_ids(link.id) or [])


def _has_all_results(record: Record, corpus: Corpus) -> bool:
    """Tell at a first look whether all that the claims of a record link to is there."""
    if not isinstance(record, Procedure | Condition):
        return False
    return all(one.result is not None for of_claim in behind(record, corpus) for one in of_claim)


def _missing_result(link: Link, result: str, known: list[str]) -> Problem:
    listed = ", ".join(f"`{id_}`" for id_ in known) or "none yet"
    meant = only_one(result, known)
    return Problem(
        link.where,
        f"The study `{link.id}` has no outcome or adverse event `{result}`.",
        did_you_mean(result, known) or f"Its outcomes and adverse events are: {listed}.",
        guess=None if meant is None else Write(f"{link.id}#{meant}"),
    )


def _meant(link: Link, id_: str | None) -> Write | None:
    """Return the mention with the id of the one record that was likely meant."""
    if id_ is None:
        return None
    return Write(id_ if link.result is None else f"{id_}#{link.result}")
