"""What we write is FHIR R5 by its official definitions, and what is not is refused."""

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.bundle import Bundle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broken_bundles import ALL, Broken, broken
from curate.cli.main import main
from curate.config import Config
from curate.corpus import Corpus
from curate.formats import load_format
from curate.formats.fhir.conformance import (
    Asked,
    Judge,
    NotConformant,
    problems,
    references_of,
)
from curate.formats.fhir.conformance.definitions import (
    BY_THE_WALK,
    INVARIANTS,
    PATH,
    definitions,
)
from curate.formats.fhir.resource import STATUS
from curate.json_text import encode
from fhir_bundle import example, files, objects, read, shipped, written
from full_corpus import CONFIG, corpus_of, full_values

BASE = "https://kb.example.org/fhir"


def without_base_url(corpus: Corpus) -> Corpus:
    return Corpus(corpus.entries, corpus.config._replace(base_url=""))


@cache
def good(kind: str) -> Any:
    path = {"transaction": "fhir/transaction-0001.json", "document": DOCUMENT}.get(kind)
    corpus = without_base_url(example()) if kind == "urn" else example()
    bundle = read(files(corpus)[path or "fhir/bundle.json"])
    if kind == "history":
        sent = {"request": {"method": "PUT", "url": "x"}, "response": {"status": "200"}}
        bundle |= {"type": kind, "entry": [entry | sent for entry in bundle["entry"]]}
    if kind == "twice":  # a history may hold what no other bundle may
        bundle |= {"type": "history", "entry": [*bundle["entry"], bundle["entry"][0]]}
    return bundle


DOCUMENT = "fhir/documents/example-lesion.json"


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.kind} {one.place} {one.reason}")
def test_a_broken_bundle_is_refused_for_its_reason(one: Broken) -> None:
    found = problems(broken(good(one.kind), one))
    assert one.reason in {problem.reason for problem in found}, found


def test_at_least_sixty_bundles_are_broken_each_in_its_own_way() -> None:
    assert len({(one.kind, one.place, one.reason) for one in ALL}) >= 60


@pytest.mark.parametrize("config", [CONFIG, CONFIG._replace(base_url=BASE)], ids=["urn", "base"])
def test_every_file_of_a_full_corpus_conforms(config: Config) -> None:
    for path, text in files(corpus_of(full_values(), config)).items():
        assert problems(read(text)) == [], path


@pytest.mark.parametrize("corpus", [example(), without_base_url(example())], ids=["base", "urn"])
def test_every_file_of_the_example_conforms(corpus: Corpus) -> None:
    exported = files(corpus)
    assert DOCUMENT in exported
    for path, text in exported.items():
        assert problems(read(text)) == [], path
        assert Bundle.model_validate_json(text).entry, path


def test_every_bundle_of_the_shipped_corpus_is_fhir_to_an_independent_reader() -> None:
    exported = files(shipped())
    assert len(exported) > 20
    for path, text in exported.items():
        assert Bundle.model_validate_json(text).entry, path


def test_every_invariant_of_what_we_write_is_a_function_of_its_name() -> None:
    assert set(definitions().meanings) == set(INVARIANTS) | BY_THE_WALK


def test_every_invariant_is_broken_by_a_bundle() -> None:
    assert set(definitions().meanings) <= {one.reason for one in ALL}


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.kind} {one.place} {one.reason}")
def test_what_is_broken_was_whole_before(one: Broken) -> None:
    assert one.reason not in reasons(one.kind)


@cache
def reasons(kind: str) -> frozenset[str]:
    return frozenset(problem.reason for problem in problems(good(kind)))


def test_two_entries_of_one_address_are_refused() -> None:
    bundle = good("collection")
    twice = {**bundle, "entry": [*bundle["entry"], bundle["entry"][0]]}
    assert {problem.reason for problem in problems(twice)} == {"bdl-7", "duplicate"}


def test_a_transaction_that_a_server_could_not_take_is_refused() -> None:
    bundle = good("transaction")
    (first, *_) = bundle["entry"]
    many = [
        {
            "resource": first["resource"] | {"id": f"c-{number}", "url": f"{BASE}/Citation/c"},
            "request": {"method": "PUT", "url": f"Citation/c-{number}"},
        }
        for number in range(501)
    ]
    assert "too-large" in {problem.reason for problem in problems({**bundle, "entry": many})}
    good_ = {problem.reason for problem in problems({**bundle, "entry": many[:500]})}
    assert "too-large" not in good_


@pytest.mark.parametrize("value", [None, [], "Bundle", 7, {}, {"resourceType": "Citation"}])
def test_what_is_no_bundle_is_refused(value: Any) -> None:
    assert problems(value)


def test_every_resource_is_judged_before_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STATUS, "in_review", "not-reviewed")
    with pytest.raises(NotConformant, match=r"EvidenceVariable/[a-z-]+\.status"):
        next(load_format("fhir").render(example()))


@pytest.mark.parametrize("kind", ["collection", "transaction", "document"])
def test_what_is_judged_without_its_content_is_judged_around_it(kind: str) -> None:
    """A resource that was judged by itself is not judged again in each bundle."""
    bundle = good(kind)
    head = {key: value for key, value in bundle.items() if key != "entry"}

    def found(**changes: Any) -> set[str]:
        judge = Judge(head)
        for number, entry in enumerate(bundle["entry"]):
            resource = entry["resource"]
            name = {key: resource[key] for key in ("resourceType", "id")}
            shell = entry | {"resource": name} | (changes if number == 1 else {})
            judge.around(shell, references(resource))
        judge.end()
        return {problem.reason for problem in judge.problems}

    assert found() == set()
    assert found(resource={"resourceType": "Citation", "id": "7"}) & {"id", "request", "full-url"}
    assert "bdl-2" in found(search={"mode": "match"})
    assert "unknown-element" in found(colour="red")


def references(resource: Any) -> list[Asked]:
    return [
        Asked("", value["reference"], value.get("type"), frozenset())
        for value in objects(resource)
        if isinstance(value.get("reference"), str)
    ]


def test_a_reference_that_leads_nowhere_is_refused_without_its_resource() -> None:
    judge = Judge({"resourceType": "Bundle", "type": "collection"})
    entry = {"fullUrl": f"{BASE}/Group/a", "resource": {"resourceType": "Group", "id": "a"}}
    judge.around(entry, [Asked("x", "Group/b", "Group", frozenset())])
    judge.require()
    judge.end()
    with pytest.raises(NotConformant, match=r"Group/b leads to nothing that is there"):
        judge.require()


def test_the_message_names_the_first_problems_and_counts_the_others() -> None:
    (entry, *_) = good("collection")["entry"]
    wrong = {f"wrong-{number}": number for number in range(12)}
    with pytest.raises(NotConformant) as caught:
        references_of(entry["resource"] | wrong, "here")
    assert str(caught.value).count("unknown-element") == 10
    assert str(caught.value).endswith("… and 2 more")


def test_the_definitions_say_which_packages_they_were_made_from() -> None:
    sources = json.loads(PATH.read_text(encoding="utf-8"))["sources"]
    assert sources[0]["name"] == "hl7.fhir.r5.core"
    assert all(len(source["sha256"]) == 64 and source["version"] for source in sources)


def test_every_code_that_we_write_is_of_a_system_that_is_defined_or_of_a_vocabulary() -> None:
    outside = {"http://unitsofmeasure.org", "https://www.nlm.nih.gov/mesh"}
    systems = {
        value["system"]
        for value in objects(good("collection"))
        if "system" in value and "code" in value
    }
    assert systems - outside <= set(definitions().displays)
    assert len(systems & set(definitions().displays)) > 10


def paths(value: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        yield (*where, key)
        if isinstance(item, dict | list):
            yield from paths(item, (*where, key))


def small(kind: str) -> Any:
    """Return a bundle with one entry of each type, which leads to whatever is not there."""
    bundle = good(kind)
    first: dict[str, Any] = {}
    for entry in bundle["entry"]:
        first.setdefault(entry["resource"]["resourceType"], entry)
    return {**bundle, "entry": list(first.values())}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["collection", "transaction", "document"]), st.data())
def test_what_is_altered_anywhere_is_still_good_or_is_refused(
    kind: str, data: st.DataObject
) -> None:
    before = {problem.reason for problem in problems(small(kind))}
    assert before <= {"reference", "not-of-document"}
    bundle = copy.deepcopy(small(kind))
    *steps, last = data.draw(st.sampled_from(list(paths(bundle))))
    holder = bundle
    for step in steps:
        holder = holder[step]
    if data.draw(st.booleans()):
        del holder[last]
    else:
        holder[last] = data.draw(ANYTHING)
    found = {problem.reason for problem in problems(bundle)}
    if found <= before:
        # Then R5 in another's reading takes it, too.
        Bundle.model_validate_json(encode(bundle))


@given(ANYTHING)
def test_nothing_that_json_can_hold_makes_the_check_fail(value: Any) -> None:
    assert isinstance(
        problems({"resourceType": "Bundle", "type": "collection", "entry": value}), list
    )


def test_whatever_a_record_lacks_what_is_written_of_it_is_fhir() -> None:
    """That it is FHIR whatever a record says, tests/test_fhir_fields.py shows."""
    corpora = []
    for path, value in full_values().items():
        for *steps, last in paths(value):
            values = full_values()
            holder: Any = values[path]
            for step in steps:
                holder = holder[step]
            del holder[last]
            corpora.append(values)
    count = 0
    wrong: set[str] = set()
    for values in corpora:
        corpus = corpus_of(values)
        if any(entry.record is None for entry in corpus.entries):
            continue
        count += 1
        try:
            written(corpus)
        except NotConformant as error:
            # It leads to nothing, or ends before it begins: rules that nothing waives refuse both.
            wrong |= {problem.reason for problem in error.problems}
    assert wrong <= {"reference", "per-1"}
    assert count > 200


@pytest.mark.parametrize("time", ["1" * 4000 + " mo", "0." + "1" * 40 + " a", "123456 d"])
@pytest.mark.parametrize("field", ["follow_up", "follow_up_from"])
def test_a_time_of_more_digits_than_fhir_has_is_refused(time: str, field: str) -> None:
    values = full_values()
    (outcome, *_) = values["records/studies/full-study.yaml"]["outcomes"]
    outcome[field] = time
    (study,) = (entry for entry in corpus_of(values).entries if entry.kind == "study")
    assert study.record is None
    assert {fault.name for fault in study.faults} == {"wrong-form"}


def test_the_longest_time_is_exported_with_all_its_digits() -> None:
    values = full_values()
    (outcome, *_) = values["records/studies/full-study.yaml"]["outcomes"]
    outcome |= {"follow_up": "99999.1234 mo", "follow_up_from": "99999.1230 mo"}
    assert b'"value": 99999.1230' in written(corpus_of(values))


def test_an_export_that_does_not_conform_is_a_bug_and_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "corpus")]) == 0
    monkeypatch.chdir(tmp_path / "corpus")
    assert main(["export"]) == 0
    before = {path: path.read_bytes() for path in Path("exports").rglob("*") if path.is_file()}
    monkeypatch.setitem(STATUS, "in_review", "not-reviewed")
    assert main(["export", "--no-cache"]) == 3
    said = capsys.readouterr().err
    assert "'not-reviewed' is no code of the value set (binding)" in said
    assert "this is a bug in curate" in said
    after = {path: path.read_bytes() for path in Path("exports").rglob("*") if path.is_file()}
    assert after == before
    assert [path.name for path in Path().iterdir() if "curate-new" in path.name] == []
