"""S06."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("S06", needs=("fault",))
def wrong_form(entry: Entry) -> Iterator[Problem]:
    """Require ids, dates, times and identifiers to be written in their one form.

    An identifier in another form leads nowhere, and a time without its unit can be months or years.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    conditions:
      - Focal hand dystonia
      # ^ wrong-form
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    ```

    Guessed:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    conditions:
      - focal-hand-dystonia
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    ```

    Bad:

    ```yaml
    # records/references/pmid-30587520.yaml
    id: pmid-30587520
    title: Ventro-oral thalamotomy for focal hand dystonia
    status: in_review
    pmid: 30587520
    doi: https://doi.org/10.1212/WNL.0000000000006818
    #    ^ wrong-form
    pmcid: pmc 6345121
    #      ^ wrong-form
    published: 22 January 2019
    #          ^ wrong-form
    origin: by-hand
    ```

    Fixed:

    ```yaml
    # records/references/pmid-30587520.yaml
    id: pmid-30587520
    title: Ventro-oral thalamotomy for focal hand dystonia
    status: in_review
    pmid: 30587520
    doi: 10.1212/WNL.0000000000006818
    pmcid: PMC6345121
    published: "2019-01-22"
    origin: by-hand
    #       ^ reference-not-verified
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    conditions:
      - focal-hand-dystonia

    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    ```
    """
    yield from from_faults(entry, "wrong-form")
