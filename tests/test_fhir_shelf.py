"""Each resource is made and judged once, and every bundle has it from the shelf."""

import re
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from curate.corpus import Corpus
from curate.formats import load_format
from curate.formats.fhir import made
from curate.formats.fhir.conformance import NotConformant
from curate.formats.fhir.exported import Exported
from curate.formats.fhir.shelf import Shelf
from curate.pieces import Pieces
from fhir_bundle import example, files, read
from full_corpus import corpus_of, full_values


def test_the_bundles_are_the_same_in_whatever_order_they_are_asked_for() -> None:
    whole = files(example())
    late = [item for item in load_format("fhir").render(example()) if item.path in whole]
    for item in reversed(late):  # the collection last
        assert b"".join(item.chunks) == whole[item.path], item.path


def test_each_resource_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: Counter[str] = Counter()
    judge = made.references_of

    def counted(resource: dict[str, Any], where: str) -> Any:
        judged[f"{resource['resourceType']}/{resource['id']}"] += 1
        return judge(resource, where)

    monkeypatch.setattr(made, "references_of", counted)
    entries = read(files(example())["fhir/bundle.json"])["entry"]
    assert set(judged.values()) == {1}
    assert len(judged) == len(entries)


def test_a_text_that_looks_like_a_reference_stays_as_it_is() -> None:
    whole = example()
    corpus = Corpus(whole.entries, whole.config._replace(base_url=""))
    exported = Exported(corpus, whole.entries[0])
    text = b'{"name":"x \\"reference\\":\\"Group/b\\"","y":{"reference":"Group/b"}}'
    found = made.addressed(exported, text).decode()
    assert '"x \\"reference\\":\\"Group/b\\""' in found
    assert re.search(r'"reference":"urn:uuid:[0-9a-f-]{36}"', found)


def test_what_lies_on_a_shelf_is_found_by_name_and_place() -> None:
    shelf = Shelf(Pieces(example()))
    every = list(shelf.all())
    assert [one.place for one in every] == list(range(len(shelf)))
    for one in every:
        assert shelf.place(one.name) == one.place
        assert shelf.get(one.name) == one
    assert list(shelf.all(first=2, last=4)) == every[2:4]
    groups = [one.name for one in every if one.name.startswith("Group/")]
    assert shelf.names("Group") == groups
    for nobody in ("Group/nobody", "Nothing/x", "x"):
        assert shelf.place(nobody) is None
        assert shelf.get(nobody) is None


def test_two_resources_of_one_name_are_refused() -> None:
    values = full_values()
    copied = "records/studies/full-study.yaml"
    twice = corpus_of({**values, "records/studies/copy.yaml": values[copied]})
    with pytest.raises(NotConformant, match=r"Group/full-study\.the-group: is there twice"):
        Shelf(Pieces(twice))


def test_a_resource_that_refers_to_nothing_is_refused() -> None:
    values = full_values()
    del values["records/procedures/full-procedure.yaml"]
    values["records/studies/full-study.yaml"]["pmid"] = 1
    shelf = Shelf(Pieces(corpus_of(values)))
    shelf.judge()
    values["records/references/pmid-30587520.yaml"]["replaced_by"] = "pmid-30587520"
    values["records/references/pmid-30587520.yaml"]["pmid"] = 2
    values["records/studies/full-study.yaml"]["id"] = "other"
    broken = Shelf(Pieces(corpus_of(values)))
    with pytest.raises(NotConformant, match="leads to nothing that is there"):
        broken.judge()


FULL = """
import os, resource
from curate.pieces.drawer import Drawer, Row
from curate.refusal import Refusal
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
drawer = Drawer.new()
try:
    for place in range(2000):
        drawer.put(Row(str(place), "x", b"", os.urandom(9000)))
except Refusal as refusal:
    print(refusal)
"""


def test_a_disk_that_is_full_is_told_in_a_sentence() -> None:
    done = subprocess.run([sys.executable, "-c", FULL], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("What an export is made of cannot be kept on disk: ")
