"""E28."""

from collections.abc import Iterator

from curate.kinds.reference import Reference
from curate.rule import Problem, rule
from curate.snapshot import digest_of


@rule("E28", waivable=False)
def edited_by_hand(reference: Reference) -> Iterator[Problem]:
    """Refuse a reference that says it comes from PubMed and was changed since.

    A fetched or imported reference counts as verified, so nobody may write one. The digest is of
    all that the machine wrote, its date included; notes, waivers and reviews are yours.

    Bad:

    ```yaml
    # records/references/pmid-99999991.yaml
    id: pmid-99999991
    title: Thalamotomy in an invented series
    status: in_review
    pmid: 99999991
    authors:
      - Fictus A
      - Nemo B
    journal: J Invent Neurol
    year: 2018
    origin: fetched
    retrieved: "2026-11-01"
    digest: a1f700ed62b799b62ba30c1f876ed311121136bb43c16ee8887cb09496b54efb
    #       ^ edited-by-hand
    ```

    Good:

    ```yaml
    # records/references/pmid-99999991.yaml
    id: pmid-99999991
    title: Thalamotomy in an invented series
    status: in_review
    pmid: 99999991
    authors:
      - Fictus A
      - Nemo B
    journal: J Invent Neurol
    year: 2019
    origin: fetched
    retrieved: "2026-11-01"
    digest: a1f700ed62b799b62ba30c1f876ed311121136bb43c16ee8887cb09496b54efb
    ```
    """
    if reference.origin == "by-hand":
        if reference.digest is not None:
            yield Problem(
                ("digest",),
                "A reference that was entered by hand has no digest.",
                "Delete the digest, or run `curate refs fetch` to have the reference verified.",
            )
    elif reference.digest is None or reference.retrieved is None:
        yield Problem(
            ("origin",),
            f"The reference says that it was {reference.origin}, and lacks what a machine writes: "
            "`retrieved` and `digest`.",
            "Write `origin: by-hand`, or run `curate refs fetch`.",
        )
    elif reference.digest != digest_of(reference):
        yield Problem(
            ("digest",),
            f"The reference was changed by hand after it was {reference.origin}.",
            f"Run `curate refs fetch {reference.pmid}` to have it as PubMed says; if PubMed is "
            "wrong, write `origin: by-hand`, delete the digest and say so in `note`.",
        )
