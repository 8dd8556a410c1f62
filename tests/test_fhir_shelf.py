"""Each resource is made and judged once, and every bundle has it from the shelf."""

import re
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from curate.corpus import Corpus
from curate.formats import load_format
from curate.formats.fhir import bundle
from curate.formats.fhir.shelf import Kept, Shelf
from fhir_bundle import example, files, read


def test_the_bundles_are_the_same_in_whatever_order_they_are_asked_for() -> None:
    whole = files(example())
    late = [item for item in load_format("fhir").render(example()) if item.path in whole]
    for item in reversed(late):  # the collection last
        assert b"".join(item.chunks) == whole[item.path], item.path


def test_each_resource_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: Counter[str] = Counter()
    judge = bundle.references_of

    def counted(resource: dict[str, Any], where: str) -> Any:
        judged[f"{resource['resourceType']}/{resource['id']}"] += 1
        return judge(resource, where)

    monkeypatch.setattr(bundle, "references_of", counted)
    entries = read(files(example())["fhir/bundle.json"])["entry"]
    assert set(judged.values()) == {1}
    assert len(judged) == len(entries)


def test_a_text_that_looks_like_a_reference_stays_as_it_is() -> None:
    made = example()
    corpus = Corpus(made.entries, made.config._replace(base_url=""))
    kept = Kept(
        "Group/a", (), "", b'{"name":"x \\"reference\\":\\"Group/b\\"","y":{"reference":"Group/b"}}'
    )
    text = bundle.laid_out(bundle.Exported(corpus), kept).decode()
    assert '"x \\"reference\\":\\"Group/b\\""' in text
    assert re.search(r'"reference": "urn:uuid:[0-9a-f-]{36}"', text)


def test_what_lies_on_a_shelf_is_found_by_name_and_place() -> None:
    shelf = Shelf()
    for place in range(7):
        shelf.put(place, Kept(f"Group/{place}", ("Group/0", "Group/1"), "2026-01-01", b"{}"))
    shelf.put(7, Kept("GroupOf/a", (), "", b"x"))
    assert len(shelf) == 8
    assert shelf.place("Group/3") == 3
    assert shelf.place("Group/9") is None
    assert shelf.get("Group/9") is None
    assert shelf.get("GroupOf/a") == Kept("GroupOf/a", (), "", b"x")
    assert shelf.names("Group") == [f"Group/{place}" for place in range(7)]
    assert [kept.name for kept in shelf.all(first=2, last=4)] == ["Group/2", "Group/3"]
    assert len(list(shelf.all())) == 8
    shelf.clear()
    assert len(shelf) == 0


FULL = """
import os, resource
from curate.formats.fhir.shelf import Kept, Shelf
from curate.refusal import Refusal
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
shelf = Shelf()
try:
    for place in range(2000):
        shelf.put(place, Kept(f"Group/{place}", (), "", os.urandom(9000)))
except Refusal as refusal:
    print(refusal)
"""


def test_a_disk_that_is_full_is_told_in_a_sentence() -> None:
    done = subprocess.run([sys.executable, "-c", FULL], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("The resources of FHIR cannot be kept on disk: ")
