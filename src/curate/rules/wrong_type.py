"""S04."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("S04", needs=("fault",))
def wrong_type(entry: Entry) -> Iterator[Problem]:
    """Require a number, a text, a list or a set of fields where one belongs.

    A program that expects a number cannot use a text with a unit in it, and one that expects a list
    cannot use a single value.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    synonyms: Vo thalamotomy
    #         ^ wrong-type
    ```

    Fixed:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    synonyms:
      - Vo thalamotomy
    ```

    Bad:

    ```yaml
    # records/references/pmid-30587520.yaml
    id: pmid-30587520
    title: Ventro-oral thalamotomy for focal hand dystonia
    status: in_review
    pmid: PMID 30587520
    #     ^ wrong-type
    journal: Neurology
    volume: 92  # as printed
    #       ^ wrong-type
    origin: by-hand
    ```

    Fixed:

    ```yaml
    # records/references/pmid-30587520.yaml
    id: pmid-30587520
    title: Ventro-oral thalamotomy for focal hand dystonia
    status: in_review
    pmid: 30587520
    journal: Neurology
    volume: "92"  # as printed
    origin: by-hand
    #       ^ reference-not-verified
    ```

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: https://pubmed.ncbi.nlm.nih.gov/30587520/
    #     ^ wrong-type
    design: retrospective-cohort
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    follow_up:
      mean: 25.4
      unit: mo
    adverse_events_reported: with-counts
    adverse_events:
      - id: temporary
        title: Any temporary adverse event
        group: all
        follow_up: study
        analysed: 171
        count: 28
        percent: 16.4%
        #        ^ wrong-type
    ```

    Fixed:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    follow_up:
      mean: 25.4
      unit: mo
    adverse_events_reported: with-counts
    adverse_events:
      - id: temporary
        title: Any temporary adverse event
        group: all
        follow_up: study
        analysed: 171
        count: 28
        percent: 16.4
    ```

    Bad:

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    minimum: one
    #        ^ wrong-type
    maximum: "5,0"
    #        ^ wrong-type
    ```

    Guessed:

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    minimum: 1
    maximum: 5.0
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    synonyms:
      - Vo thalamotomy
    ```
    """
    yield from from_faults(entry, "wrong-type")
