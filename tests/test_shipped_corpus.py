"""The records that are shipped are right by every rule, balanced, and whole in every export."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from curate import config, source
from curate.corpus import Corpus
from curate.document import number_text
from curate.finding import Severity
from curate.formats import format_names, load_format
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.parts.claim import Claim
from curate.pipeline import check, load
from curate.tables.cell import unguard
from curate.tables.tables import tables
from fhir_bundle import resources

ROOT = Path(__file__).parent.parent
RAISING = {"large-effect", "dose-response", "plausible-confounding"}


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load(source.find(ROOT), config.load(ROOT))


def numbers(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield every number of a record, as printed, with the fields that lead to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from numbers(item, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item, where)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield where, number_text(value)


def claims(corpus: Corpus) -> Iterator[tuple[str, Claim]]:
    for entry in corpus.published():
        if isinstance(entry.record, Procedure | Condition):
            for claim in entry.record.claims:
                yield f"{entry.path}#{claim.id}", claim


def studies_of(corpus: Corpus, claim: Claim) -> set[str]:
    """Return the designs of the studies that a claim leans on."""
    names = {link.partition("#")[0] for link in claim.evidence}
    found = [corpus.get(Study, name) for name in names]
    return {study.design for study in found if study is not None}


def test_no_rule_objects_to_the_records_but_where_a_waiver_gives_the_reason(
    shipped: Corpus,
) -> None:
    report = check(shipped)
    assert report.summary.checked > 140
    standing = [finding for finding in report.standing if finding.severity is not Severity.NOTICE]
    assert [str(finding) for finding in standing] == []
    assert all(entry.record is not None for entry in shipped.entries)


def test_every_number_of_the_records_is_in_the_tables_as_printed(shipped: Corpus) -> None:
    cells: dict[str, set[str]] = {}
    for table, entry in product(tables(), shipped.published()):
        for row in table.values(shipped, entry):
            shown = {number_text(v) if isinstance(v, int | Decimal) else str(v) for v in row}
            cells.setdefault(entry.path, set()).update(map(unguard, shown))
    assert lost(shipped, lambda entry: cells[entry.path], "csv") == []


def test_every_number_of_the_records_is_in_fhir_as_printed(shipped: Corpus) -> None:
    written: dict[str, set[str]] = {}
    for resource in resources(shipped).values():
        path = resource["identifier"][1]["value"].partition(":")[0]
        found = written.setdefault(path, set())
        found.update(number for _, number in numbers(resource))
        # PMIDs, years, and what R5 has no number for are texts; the narrative does not count.
        found.update(re.findall(r"[0-9]+(?:\.[0-9]+)?", str(resource | {"text": None})))
    # A study's PMID may stand in the Citation only, to which the study is linked.
    papers = {str(pmid) for pmid in shipped.studies_by_pmid}
    papers = {pmid for pmid in papers if pmid in written[f"records/references/pmid-{pmid}.yaml"]}
    assert lost(shipped, lambda entry: written[entry.path] | papers, "fhir") == []


def lost(corpus: Corpus, exported: Any, name: str) -> list[tuple[str, str, str]]:
    """Return the numbers of published records that are not among what was exported of them."""
    left_out = load_format(name).left_out
    seen, missing = 0, []
    for entry in corpus.published():
        for field, number in numbers(entry.document.value):
            seen += 1
            if f"{entry.kind}.{field}" not in left_out and number not in exported(entry):
                missing.append((entry.path, field, number))
    assert seen > 600
    return missing


def test_the_page_of_the_exports_says_what_each_format_leaves_out() -> None:
    text = (ROOT / "exports/README.md").read_text(encoding="utf-8")
    sections = dict(
        zip(
            re.findall(r"^## (.+)$", text, re.MULTILINE),
            re.split(r"^## .+$", text, flags=re.MULTILINE)[1:],
            strict=True,
        )
    )
    for name in format_names():
        format_ = load_format(name)
        section = sections[format_.summary.partition(": ")[0]]
        for field, why in format_.left_out.items():
            assert f"| `{field}` | {why} |" in section
        assert ("Left out: nothing." in section) is not bool(format_.left_out)


def test_what_no_randomised_trial_carries_is_at_most_of_low_certainty(shipped: Corpus) -> None:
    rated = 0
    for name, claim in claims(shipped):
        designs = studies_of(shipped, claim)
        if claim.certainty is None or not designs:
            continue
        rated += 1
        lowered = any(reason.domain not in RAISING for reason in claim.certainty.reasons)
        if lowered:
            assert claim.certainty.rating != "high", name
        if not any(design.startswith("randomized") for design in designs):
            assert claim.certainty.rating == ("very-low" if lowered else "low"), name
    assert rated > 60


def test_a_claim_of_benefit_or_harm_says_how_sure_it_is(shipped: Corpus) -> None:
    unsure = [
        name
        for name, claim in claims(shipped)
        if claim.about in {"benefit", "harm", "comparison"} and claim.certainty is None
    ]
    assert unsure == []


def test_beside_a_benefit_stands_a_harm_or_that_none_was_read(shipped: Corpus) -> None:
    for entry in shipped.published():
        if isinstance(entry.record, Procedure | Condition):
            abouts = {claim.about for claim in entry.record.claims}
            if abouts & {"benefit", "comparison"} and "harm" not in abouts:
                assert "harms" in (entry.record.note or ""), entry.path


def test_every_claim_names_its_papers_and_every_paper_has_its_reference(shipped: Corpus) -> None:
    for name, claim in claims(shipped):
        assert claim.pmids, name
        for pmid in claim.pmids:
            assert shipped.exists("reference", f"pmid-{pmid}"), name
