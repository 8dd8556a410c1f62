"""The FHIR bundle: whole, well-formed, and true to the records."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from fhir.resources import get_fhir_model_class
from fhir.resources.bundle import Bundle

from curate.config import Config
from curate.corpus import Corpus
from curate.finding import Severity
from curate.formats import load_format
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.pipeline import check, load
from curate.source import Source
from fhir_bundle import example, files, objects, read, resources, written
from full_corpus import corpus_of, full_values, to_yaml
from golden import Golden

# What R5 lets these elements refer to.
TARGETS = {
    "artifactReference": {"ActivityDefinition", "EvidenceVariable"},
    "intendedExposure": {"EvidenceVariable"},
    "observed": {"Group", "EvidenceVariable"},
    "observedGroup": {"Group"},
    "actualGroup": {"Group"},
    "result": {"Citation"},
}


@pytest.fixture(scope="module", params=["example", "full"])
def corpus(request: pytest.FixtureRequest) -> Corpus:
    return example() if request.param == "example" else corpus_of(full_values())


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, Any]]:
    return resources(example())


def test_the_example_corpus_has_no_errors_but_those_it_shows() -> None:
    """A retracted paper and papers without a reference are in it on purpose."""
    report = check(example())
    shown = {"retracted-source", "pmid-without-reference"}
    errors = [
        finding
        for finding in report.findings
        if finding.severity is Severity.ERROR and finding.name not in shown
    ]
    assert [finding for finding in errors if finding.waived is None] == []


def test_the_bundle_is_as_committed(golden: Golden) -> None:
    golden("fhir/bundle.json", written(example()))


def test_a_transaction_puts_the_same_resources() -> None:
    exported = files(example())
    entries = read(exported["fhir/bundle.json"])["entry"]
    transaction = read(exported["fhir/transaction-0001.json"])
    assert transaction["type"] == "transaction"
    assert [
        {**entry, "request": {"method": "PUT", "url": f"{type_}/{id_}"}}
        for entry in entries
        for type_, id_ in [(entry["resource"]["resourceType"], entry["resource"]["id"])]
    ] == transaction["entry"]


def test_every_file_is_fhir_r5_to_an_independent_reader(corpus: Corpus) -> None:
    for path, text in files(corpus).items():
        bundle = Bundle.model_validate_json(text)
        assert bundle.entry, path
        for resource in read(text)["entry"]:
            type_ = resource["resource"]["resourceType"]
            get_fhir_model_class(type_).model_validate(resource["resource"])


def test_every_reference_leads_to_a_resource_of_the_right_type(corpus: Corpus) -> None:
    bundle = read(written(corpus))
    types = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    base = corpus.config.base_url
    count = 0
    for value in objects(bundle):
        for name, item in value.items():
            for reference in item if isinstance(item, list) else [item]:
                if isinstance(reference, dict) and "reference" in reference and "type" in reference:
                    target = reference["reference"]
                    absolute = f"{base}/{target}" if base else target
                    assert types[absolute] == reference["type"], value
                    assert reference["type"] in TARGETS.get(name, {reference["type"]}), value
                    count += 1
    assert count > len(types)


def test_ids_and_full_urls_are_unique_and_well_formed(corpus: Corpus) -> None:
    bundle = read(written(corpus))
    names = []
    for entry in bundle["entry"]:
        resource = entry["resource"]
        names.append((resource["resourceType"], resource["id"]))
        assert re.fullmatch(r"[A-Za-z0-9.-]{1,64}", resource["id"])
        assert not resource["id"].isdigit()
        if "url" in resource:
            assert resource["url"] == entry["fullUrl"]
    assert len(set(names)) == len(names)
    assert len({entry["fullUrl"] for entry in bundle["entry"]}) == len(names)


def test_entries_are_sorted_by_type_and_id(corpus: Corpus) -> None:
    order = [
        "Citation",
        "EvidenceVariable",
        "Group",
        "ResearchStudy",
        "ActivityDefinition",
        "Evidence",
        "ClinicalUseDefinition",
        "ArtifactAssessment",
        "Composition",
    ]
    names = [
        (order.index(entry["resource"]["resourceType"]), entry["resource"]["id"])
        for entry in read(written(corpus))["entry"]
    ]
    assert names == sorted(names)


def test_nothing_in_a_bundle_is_empty(corpus: Corpus) -> None:
    for value in objects(read(written(corpus))):
        for name, item in value.items():
            assert item not in (None, "", [], {}), (name, value)
            assert None not in (item if isinstance(item, list) else [])


def test_every_resource_has_a_narrative_identifiers_and_its_source(corpus: Corpus) -> None:
    lines = {entry.path: entry.document.text.split("\n") for entry in corpus.entries}
    for name, resource in resources(corpus).items():
        assert resource["text"]["status"] == "generated"
        own, source, *_ = resource["identifier"]
        assert own["value"] == name
        path, line, pointer = re.fullmatch(r"(.+):(\d+)#(.*)", source["value"]).groups()  # type: ignore[union-attr]
        entry = next(entry for entry in corpus.entries if entry.path == path)
        value: Any = entry.document.value
        for step in pointer.split("/")[1:]:
            value = value[int(step)] if isinstance(value, list) else value[step]
        if isinstance(value, dict) and "id" in value:
            assert f"id: {value['id']}" in lines[path][int(line) - 1].replace('"', "")


def test_every_part_of_every_record_is_a_resource(corpus: Corpus) -> None:
    found = resources(corpus)
    for study in (entry.record for entry in corpus.published()):
        if isinstance(study, Study):
            assert f"ResearchStudy/{study.id}" in found
            for result in (*study.outcomes, *study.adverse_events):
                assert f"Evidence/{study.id}.{result.id}" in found
            for group in study.groups:
                assert f"Group/{study.id}.{group.id}" in found
                for part in group.parts:
                    assert f"Group/{study.id}.{part.id}" in found
        if isinstance(study, Procedure):
            assert f"ActivityDefinition/{study.id}" in found
            assert f"Composition/{study.id}" in found
        if isinstance(study, Procedure | Condition):
            for claim in study.claims:
                assert f"ArtifactAssessment/{study.kind}-{study.id}.{claim.id}" in found


def test_nothing_of_a_draft_leaves() -> None:
    text = b"".join(files(example()).values()).lower()
    assert b"example-draft" not in text
    assert b"secret" not in text
    assert b"99999995" not in text


def test_a_corpus_without_published_records_is_a_bundle_without_entries() -> None:
    assert list(files(load([], Config(name="nothing")))) == ["fhir/bundle.json"]
    bundle = read(written(load([], Config(name="nothing"))))
    assert list(bundle) == ["resourceType", "identifier", "type"]


def test_a_number_leaves_as_it_is_printed(found: dict[str, dict[str, Any]]) -> None:
    mean, effect = found["Evidence/example-trial.score-lesion"]["statistic"]
    assert str(mean["quantity"]["value"]) == "9.00"
    deviation, interval = mean["attributeEstimate"]
    assert str(deviation["quantity"]["value"]) == "4.30"
    assert deviation["quantity"]["code"] == "{score}"
    assert str(interval["level"]) == "0.95"
    assert str(effect["quantity"]["value"]) == "-8.30"
    assert str(effect["attributeEstimate"][0]["level"]) == "0.975"


def test_a_p_value_is_a_number_and_a_comparator(found: dict[str, dict[str, Any]]) -> None:
    effect = found["Evidence/example-trial.score-lesion"]["statistic"][1]
    p = effect["attributeEstimate"][1]["quantity"]
    assert p == {"value": Decimal("0.001"), "comparator": "<"}


def test_a_percentage_that_is_not_printed_is_not_computed_and_says_so(
    found: dict[str, dict[str, Any]],
) -> None:
    (printed,) = found["Evidence/example-trial.weakness"]["statistic"]
    assert str(printed["quantity"]["value"]) == "10.5"
    assert "note" not in printed
    (counted,) = found["Evidence/example-trial.independent"]["statistic"]
    assert "quantity" not in counted
    assert counted["numberAffected"] == 15
    assert "prints no percentage" in counted["note"][0]["text"]
    derived = found["Evidence/example-trial.hands"]["statistic"][0]
    assert derived["quantity"]["value"] == 50
    assert "does not print" in derived["note"][0]["text"]


def test_the_number_analysed_is_never_the_number_enrolled(found: dict[str, dict[str, Any]]) -> None:
    mean = found["Evidence/example-trial.score-lesion"]["statistic"][0]["sampleSize"]
    assert (mean["numberOfParticipants"], mean["knownDataCount"]) == (20, 19)
    unknown = found["Evidence/example-trial.slurred-speech"]["statistic"][0]["sampleSize"]
    assert "knownDataCount" not in unknown
    assert unknown["_knownDataCount"]["extension"][0]["valueCode"] == "unknown"
    assert unknown["note"][0]["authorString"] == "Example editors"
    assert unknown["note"][0]["text"].endswith("not out of how many.")


def test_a_time_that_is_not_known_is_absent_with_its_reason(
    found: dict[str, dict[str, Any]],
) -> None:
    (characteristic,) = found["EvidenceVariable/example-trial.slurred-speech"]["characteristic"]
    (time,) = characteristic["timeFromEvent"]
    assert time["quantity"]["extension"][0]["valueCode"] == "unknown"
    assert time["note"][0]["text"].endswith("The abstract does not say when.")


def test_sides_are_no_people(found: dict[str, dict[str, Any]]) -> None:
    proportion, count = found["Evidence/example-trial.hands"]["statistic"]
    assert proportion["numberOfEvents"] == 19
    assert "numberAffected" not in proportion
    assert "knownDataCount" not in proportion["sampleSize"]
    assert (count["quantity"]["value"], count["quantity"]["code"]) == (38, "{sides}")


def test_a_time_is_a_quantity_and_a_window_a_range(found: dict[str, dict[str, Any]]) -> None:
    def time(id_: str) -> dict[str, Any]:
        (characteristic,) = found[f"EvidenceVariable/example-trial.{id_}"]["characteristic"]
        (when,) = characteristic["timeFromEvent"]
        return dict(when)

    assert (
        time("score-lesion")["quantity"]["value"],
        time("score-lesion")["quantity"]["code"],
    ) == (
        3,
        "mo",
    )
    window = time("hands")["range"]
    assert (window["low"]["value"], window["high"]["value"]) == (4, 8)
    assert set(time("satisfied")) == {"description", "eventCodeableConcept"}


def test_arms_that_were_compared_share_what_was_measured(found: dict[str, dict[str, Any]]) -> None:
    lesion, sham = (
        [
            role["observed"]["reference"]
            for role in found[f"Evidence/example-trial.score-{arm}"]["variableDefinition"]
            if role["variableRole"]["coding"][0]["code"] == "measuredVariable"
        ]
        for arm in ("lesion", "sham")
    )
    assert lesion == sham == ["EvidenceVariable/example-trial.score-lesion"]


def test_a_sham_arm_did_not_have_the_procedure(found: dict[str, dict[str, Any]]) -> None:
    def exposure(group: str) -> list[str]:
        return [
            one["valueReference"]["reference"]
            for one in found[f"Group/example-trial.{group}"]["characteristic"]
            if one["code"]["text"] == "Exposure"
        ]

    assert exposure("lesion") == ["EvidenceVariable/example-trial.lesion.exposure"]
    assert exposure("sham") == ["EvidenceVariable/example-trial.sham.exposure"]
    assert exposure("all") == []
    sham = found["EvidenceVariable/example-trial.sham.exposure"]
    assert sham["characteristic"] == [{"definitionCodeableConcept": {"text": "Sham comparator"}}]
    assert [link["type"] for link in sham["relatedArtifact"]] == ["derived-from"]


def test_the_status_is_that_of_the_record(found: dict[str, dict[str, Any]]) -> None:
    assert found["ResearchStudy/example-trial"]["status"] == "draft"
    assert found["ActivityDefinition/example-lesion"]["status"] == "active"
    assert found["ActivityDefinition/example-lesion"]["approvalDate"] == "2026-01-02"
    assert found["ActivityDefinition/example-freezing"]["status"] == "retired"
    assert found["Composition/example-lesion"]["status"] == "final"
    assert found["Composition/example-surgery"]["status"] == "preliminary"
    assert found["Composition/example-freezing"]["status"] == "deprecated"
    assert found["Citation/pmid-99999993"]["status"] == "unknown"


def test_a_page_that_nobody_reviewed_has_no_date(found: dict[str, dict[str, Any]]) -> None:
    assert found["Composition/example-lesion"]["date"] == "2026-01-02"
    page = found["Composition/example-surgery"]
    assert "date" not in page
    assert page["_date"]["extension"][0]["valueCode"] == "unknown"


def test_only_an_indication_claim_is_an_indication(found: dict[str, dict[str, Any]]) -> None:
    uses = {
        name.split("/")[1]: resource["type"]
        for name, resource in found.items()
        if resource["resourceType"] == "ClinicalUseDefinition"
    }
    assert uses == {
        "example-lesion.both-sides": "warning",
        "example-lesion.indication.example-tremor": "indication",
        "example-lesion.not-with-pacemaker": "contraindication",
        "example-lesion.weakness": "undesirable-effect",
    }


def test_a_retracted_paper_is_marked_wherever_it_is_leaned_on(
    found: dict[str, dict[str, Any]],
) -> None:
    artifact = found["Citation/pmid-99999991"]["citedArtifact"]
    assert artifact["currentState"][0]["coding"][0]["code"] == "retracted"
    assert artifact["relatesTo"][0]["type"] == "retracted-by"
    warning = "PMID 99999991 HAS BEEN RETRACTED."
    assert found["Evidence/example-trial.weakness"]["note"][0]["text"] == warning
    claim = found["ArtifactAssessment/procedure-example-lesion.steadies"]
    assert claim["content"][1]["summary"] == warning
    assert warning in found["ClinicalUseDefinition/example-lesion.weakness"]["text"]["div"]


def test_a_paper_that_two_procedures_cite_is_one_citation() -> None:
    names = [name for name in resources(example()) if name == "Citation/pmid-99999991"]
    assert names == ["Citation/pmid-99999991"]


def test_a_transaction_refers_to_nothing_that_comes_later() -> None:
    corpus = load(_many(), Config(name="many", publish=("in_review",)))
    known: set[str] = set()
    paths = []
    for path, text in files(corpus).items():
        if "transaction" not in path:
            continue
        paths.append(path)
        bundle = read(text)
        assert len(bundle["entry"]) <= 500
        known |= {entry["request"]["url"] for entry in bundle["entry"]}
        for value in objects(bundle):
            if isinstance(value.get("reference"), str):
                assert value["reference"] in known
    assert paths == ["fhir/transaction-0001.json", "fhir/transaction-0002.json"]


def _many() -> Iterator[Source]:
    """Yield studies that overlap, the first with the last."""
    values = full_values()
    study = values["records/studies/full-study.yaml"]
    for number in range(50):
        one = study | {"id": f"study-{number}", "overlaps": [f"study-{49 - number}"]}
        yield Source(f"records/studies/study-{number}.yaml", to_yaml(one))


def test_the_contract_names_every_type_of_resource() -> None:
    contract = load_format("fhir").contract()
    for name in resources(example()):
        assert name.split("/")[0] in contract


def test_every_resource_of_a_record_carries_its_status(found: dict[str, dict[str, Any]]) -> None:
    published = {"draft", "active", "retired", "preliminary", "final", "deprecated"}
    for name, resource in found.items():
        status = resource.get("status")
        if isinstance(status, dict):
            status = status["coding"][0]["code"]
        if status is None:
            (tag,) = resource["meta"]["tag"]
            assert tag["system"] == "http://hl7.org/fhir/publication-status"
            status = tag["code"]
        assert status in published | {"unknown"}, name
        if status == "unknown":
            assert resource["resourceType"] == "Citation"
