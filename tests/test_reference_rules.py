"""The rules on references speak where they should, and are silent where nothing can be said."""

from typing import Any

import pytest

from curate.config import Config
from curate.finding import Finding, Severity
from curate.kinds.reference import Reference
from curate.pipeline import check
from curate.snapshot import FIELDS, digest
from full_corpus import corpus_of

CONFIG = Config(name="test", publish=("in_review",), max_reference_age="12 mo")
ONE, TWO = 99999001, 99999002


def reference(pmid: int = ONE, **more: Any) -> dict[str, Any]:
    facts = {
        "title": f"An invented series of people, number {pmid}",
        "pmid": pmid,
        "authors": ["Fictus A"],
        "journal": "J Invent Neurol",
        "year": 2019,
        "publication_status": "published",
        "origin": "fetched",
        "retrieved": "2026-11-01",
    } | more
    facts = {key: value for key, value in facts.items() if value is not None}
    made = {"id": f"pmid-{facts['pmid']}", "status": "in_review", **facts}
    return made | ({"digest": digest(facts)} if facts["origin"] != "by-hand" else {})


def study(pmid: int | None = ONE, **more: Any) -> dict[str, Any]:
    number = {} if pmid is None else {"pmid": pmid}
    return {
        "id": "fictus-2019",
        "title": "Thalamotomy in people who do not exist",
        "status": "in_review",
        **number,
        "design": "case-series",
        "adverse_events_reported": "not-reported",
        **more,
    }


def findings(*records: dict[str, Any], config: Config = CONFIG) -> list[Finding]:
    values = {}
    for record in records:
        folder = "studies" if "design" in record else "references"
        values[f"records/{folder}/{record['id']}.yaml"] = record
    report = check(corpus_of(values, config))
    assert not [found for found in report.findings if found.code[0] in "YS"]
    return list(report.standing)


def names(*records: dict[str, Any], config: Config = CONFIG) -> list[str]:
    return [found.name for found in findings(*records, config=config)]


def test_a_pmid_is_asked_for_where_the_corpus_has_references_or_requires_them() -> None:
    assert names(study()) == []
    assert names(study(), reference(TWO)) == ["pmid-without-reference"]
    required = CONFIG._replace(require_references=True)
    assert names(study(), config=required) == ["pmid-without-reference"]
    assert names(study(), reference(), config=required) == []


def test_in_a_draft_an_unknown_pmid_is_a_warning() -> None:
    (found,) = findings(study(status="draft"), reference(TWO))
    assert found.severity is Severity.WARNING


def test_a_broken_reference_still_counts_as_one() -> None:
    values = {
        "records/studies/fictus-2019.yaml": study(),
        f"records/references/pmid-{ONE}.yaml": {"id": f"pmid-{ONE}", "title": "x"},
        f"records/references/pmid-{TWO}.yaml": reference(TWO),
    }
    report = check(corpus_of(values, CONFIG))
    assert "pmid-without-reference" not in [found.name for found in report.findings]


def test_a_reference_by_hand_passes_with_a_notice_that_is_counted() -> None:
    (found,) = findings(reference(origin="by-hand", retrieved=None))
    assert (found.name, found.severity) == ("reference-not-verified", Severity.NOTICE)
    values = {f"records/references/pmid-{ONE}.yaml": reference(origin="by-hand", retrieved=None)}
    assert str(check(corpus_of(values, CONFIG)).summary) == "checked 1 record, 0 errors, 1 notice"


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"publication_status": "retracted"},
        {"retrieved": "2026-11-22"},
        {"origin": "imported"},
        {"digest": "0" * 64},
    ],
)
def test_any_edit_of_what_a_machine_wrote_is_betrayed(change: dict[str, str]) -> None:
    assert names(reference() | change) == ["edited-by-hand"]


def test_what_is_the_editors_may_be_edited() -> None:
    notice = {"type": "erratum", "pmid": 7}
    record = reference(notices=[notice], publication_status="corrected")
    record["notices"] = [notice | {"note": "A figure in a table; none that is used here."}]
    assert names(record | {"note": "Read twice.", "status": "draft"}, study()) == []


def test_a_fetched_reference_without_digest_or_date_is_no_fetched_one() -> None:
    record = reference()
    del record["digest"]
    assert names(record) == ["edited-by-hand"]
    assert names(reference(retrieved=None)) == ["edited-by-hand"]
    by_hand = reference(origin="by-hand") | {"digest": "0" * 64}
    assert names(by_hand) == ["reference-not-verified", "edited-by-hand"]


def test_age_is_counted_from_the_day_that_is_set() -> None:
    assert names(reference(retrieved="2025-11-23")) == []
    assert names(reference(retrieved="2025-11-21")) == ["stale-reference"]
    assert names(reference(retrieved="2001-01-01"), config=Config(name="test")) == []
    assert names(reference(retrieved="2026-02-30")) == ["not-a-date"]
    assert "stale-reference" not in names(reference(retrieved="2001-01-01", origin="by-hand"))


MATCHING = {"first_author": "FICTUS", "year": 2020, "journal": "Journal of Invented Neurology"}


@pytest.mark.parametrize(
    "citation",
    [
        MATCHING,
        {"title": f"AN INVENTED SERIES OF PEOPLE; number {ONE}."},
        {"first_author": "A. Fíctus"},
    ],
)
def test_a_citation_that_people_write_otherwise_is_of_the_same_paper(citation: Any) -> None:
    assert names(study(citation=citation), reference()) == []


def test_a_translated_title_is_compared_with_both() -> None:
    known = reference(title="[An invented operation on people]", title_in_original="Erfundenes")
    assert names(study(citation={"title": "An invented operation on people"}), known) == []
    assert names(study(citation={"title": "Erfundenes"}), known) == []


def test_a_study_is_held_against_the_reference_of_its_pmid_whatever_that_is_called() -> None:
    misnamed = {**reference(doi="10.5555/one"), "id": "pmid-99999777"}
    found = findings(study(doi="10.5555/two"), misnamed)
    paths = {one.path for one in found if one.name == "reference-is-another-paper"}
    assert paths == {"records/studies/fictus-2019.yaml", "records/references/pmid-99999777.yaml"}
    assert names(study(doi="10.5555/ONE"), reference(doi="10.5555/one")) == []


def test_a_citation_of_another_paper_tells_which_was_probably_meant() -> None:
    meant = reference(TWO, title="Quite another operation", authors=["Nemo B"], year=2011)
    citation = {"first_author": "Nemo", "year": 2011, "title": "Quite another operation"}
    (found,) = findings(study(citation=citation), reference(), meant)
    assert found.name == "citation-mismatch"
    assert found.pointer == "/pmid"
    assert f"Did you mean PMID {TWO}" in found.help
    (found,) = findings(study(citation={"year": 2011}), reference())
    assert (found.pointer, "Did you mean" in found.help) == ("/citation/year", False)


def test_an_id_or_title_of_another_reference_betrays_a_swapped_pmid() -> None:
    meant = reference(TWO, title="Quite another operation", authors=["Nemo B"], year=2011)
    (found,) = findings(study(id="nemo-2011-gait"), reference(), meant)
    assert (found.name, str(TWO) in found.help) == ("citation-mismatch", True)
    assert names(study(title="Quite another operation"), reference(), meant) == [
        "citation-mismatch"
    ]
    assert names(study(id="series-2011"), reference(), meant) == []
    assert names(study(id="nemo-2011"), reference(authors=["Fictus A", "Nemo B"], year=2012)) == []


def test_an_incomplete_list_of_authors_entered_by_hand_tells_no_first_author() -> None:
    known = reference(origin="by-hand", authors_complete=False, retrieved=None)
    found = names(study(citation={"first_author": "Nemo"}), known)
    assert found == ["reference-not-verified"]


def test_papers_that_share_a_title_are_one_only_with_author_and_year() -> None:
    title = {"title": "An invented series"}
    assert names(reference(**title), reference(TWO, **title)) == ["same-paper-twice"]
    assert names(reference(**title), reference(TWO, **title, year=2020)) == []
    assert names(reference(**title), reference(TWO, **title, authors=["Nemo B"])) == []
    assert names(reference(**title), reference(TWO, **title, authors=None)) == []


def test_a_doi_in_other_case_and_a_pmcid_are_the_same() -> None:
    one, two = reference(doi="10.99999/abc"), reference(TWO, doi="10.99999/ABC", year=1999)
    assert names(one, two) == ["same-paper-twice"]
    one, two = reference(pmcid="PMC7"), reference(TWO, pmcid="PMC7", year=1999)
    assert names(one, two) == ["same-paper-twice"]


def test_a_notice_and_a_republished_paper_may_bear_the_same_title() -> None:
    title = {"title": "An invented series"}
    notice = reference(TWO, **title, notice_of=[{"type": "erratum", "pmid": ONE}])
    assert names(reference(**title), notice) == []
    again = {"type": "retracted-and-republished", "pmid": TWO}
    assert names(reference(**title, notices=[again]), reference(TWO, **title)) == []


def test_every_field_of_a_reference_is_a_machines_or_an_editors() -> None:
    own = {"digest", *FIELDS}
    editors = {"id", "status", "review", "replaced_by", "retired_because", "note", "waivers"}
    assert set(Reference.fields) == own | editors
