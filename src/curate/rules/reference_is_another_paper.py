"""C08."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.evidence.references import references
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.rule import Problem, rule


@rule("C08", needs=("pmid",))
def reference_is_another_paper(record: Study | Reference, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a PMID, DOI or PMCID that contradicts the reference of the same paper.

    One digit off is a real paper, only another one. A reference is called `pmid-` and its PMID; a
    study's DOI and PMCID are those of the reference with its PMID.

    Bad:

    ```yaml
    # records/references/pmid-30587520.yaml
    id: pmid-30587520
    title: Ventro-oral thalamotomy for focal hand dystonia
    status: in_review
    pmid: 30587520
    doi: 10.1212/WNL.0000000000006818
    origin: fetched
    retrieved: "2026-11-01"
    digest: 14b27c453dfa446c0d74107bf36b269ff23028b25ce171ad95817086155b60c1
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    doi: 10.1212/WNL.0000000000006188
    #    ^ reference-is-another-paper
    design: retrospective-cohort
    adverse_events_reported: not-reported
    ```

    ```yaml
    # records/references/pmid-30587520.yaml
    id: pmid-30587520
    title: Ventro-oral thalamotomy for focal hand dystonia
    status: in_review
    pmid: 30578520
    #     ^ reference-is-another-paper
    origin: fetched
    retrieved: "2026-11-01"
    digest: 5ba22d4f81aa8e826a078db4dab6e9f89ecf21da02a8b76124731e0c6d06c053
    ```

    Good:

    ```yaml
    # records/references/pmid-30587520.yaml
    id: pmid-30587520
    title: Ventro-oral thalamotomy for focal hand dystonia
    status: in_review
    pmid: 30587520
    doi: 10.1212/WNL.0000000000006818
    origin: fetched
    retrieved: "2026-11-01"
    digest: 14b27c453dfa446c0d74107bf36b269ff23028b25ce171ad95817086155b60c1
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    doi: 10.1212/wnl.0000000000006818
    design: retrospective-cohort
    adverse_events_reported: not-reported
    ```
    """
    if isinstance(record, Reference):
        if record.id != f"pmid-{record.pmid}":
            yield Problem(
                ("pmid",),
                f"The reference is called `{record.id}` and gives the PMID {record.pmid}.",
                "Look the paper up in PubMed; then correct the PMID, or the id and the file name.",
            )
        return
    for _, _, reference in references(record, corpus):
        for field in ("doi", "pmcid"):
            mine, theirs = getattr(record, field), getattr(reference, field)
            if mine is not None and theirs is not None and mine.casefold() != theirs.casefold():
                yield Problem(
                    (field,),
                    f"The reference `{reference.id}` gives {theirs} for this paper.",
                    "Look the paper up by its PMID, and correct whichever is wrong.",
                )
