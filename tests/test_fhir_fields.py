"""No field of a record is lost on the way into FHIR, and a page says what each becomes."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from curate.formats import load_format
from curate.formats.fhir import FIELDS
from curate.formats.fhir.conformance import NotConformant
from curate.json_schema import schema_of
from curate.kinds import KINDS
from fhir_bundle import read, written
from fhir_page import page
from full_corpus import corpus_of, full_values, perturbed

LEFT_OUT = set(load_format("fhir").left_out)
# R5 has no element for it: it is shown, and the contract says so.
SHOWN_ONLY = {f"{kind}.review.next" for kind in KINDS}


def elements(bundle: bytes) -> Any:
    """Return all resources without what they show to readers."""
    return [entry["resource"] | {"text": None} for entry in read(bundle)["entry"]]


@pytest.mark.no_cover  # some hundred corpora that differ in one value each
def test_a_change_of_any_leaf_of_any_record_changes_what_is_exported() -> None:
    before = written(corpus_of(full_values()))
    lost, only_shown, refused = set(), set(), set()
    for field, values in perturbed():
        corpus = corpus_of(values)
        assert all(entry.record is not None for entry in corpus.entries), field
        try:
            after = written(corpus)
        except NotConformant as error:
            # It leads to nothing now, or ends before it begins: the rules refuse both.
            refused |= {problem.reason for problem in error.problems}
            continue
        if after == before:
            lost.add(field)
        elif elements(after) == elements(before):
            only_shown.add(field)
    assert refused <= {"reference", "per-1"}
    assert lost == LEFT_OUT
    assert only_shown - lost == SHOWN_ONLY


@pytest.mark.no_cover  # some hundred corpora that differ in one value each
def test_the_page_of_fields_says_what_the_mapping_does(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        FIELDS.write_text(page(), encoding="utf-8", newline="\n")
    assert FIELDS.read_text(encoding="utf-8") == page()


def test_the_page_has_every_field_of_every_model_and_no_other() -> None:
    kinds = re.split(r"^## ", FIELDS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    listed = {
        f"{kind.splitlines()[0].lower()}.{field}"
        for kind in kinds
        for field in re.findall(r"^\| `([^`]+)` \|", kind, flags=re.MULTILINE)
    }
    fields = {field for kind, model in KINDS.items() for field in leaves(schema_of(model), kind)}
    assert listed == fields


def leaves(schema: Any, kind: str) -> Iterator[str]:
    """Yield the name of every field of a kind's schema that has no fields of its own."""

    def below(node: Any, name: str) -> Iterator[str]:
        inner = [*node.get("oneOf", ()), *node.get("anyOf", ())]
        if "$ref" in node:
            yield from below(schema["$defs"][node["$ref"].rsplit("/", 1)[-1]], name)
        elif "properties" in node:
            for key, field in node["properties"].items():
                yield from below(field, f"{name}.{key}")
        elif "items" in node:
            yield from below(node["items"], name)
        elif inner:
            for one in inner:
                yield from below(one, name)
        else:
            yield name

    yield from below(schema, kind)
