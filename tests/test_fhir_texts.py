"""Texts in FHIR: whatever an editor writes is shown, and nothing of it runs."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.formats.fhir.ids import LONGEST, resource_id
from curate.formats.fhir.narrative import markdown, narrative
from curate.formats.fhir.prune import prune
from curate.kinds.study import Study
from fhir_bundle import objects, resources
from full_corpus import corpus_of, full_values

XHTML = "{http://www.w3.org/1999/xhtml}"
TAGS = {XHTML + name for name in ("div", "p", "b", "ul", "li")}
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1)
IDS = st.from_regex(r"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\Z").filter(lambda text: len(text) <= 48)


@given(TEXTS, st.lists(st.tuples(TEXTS, TEXTS)))
def test_a_narrative_is_xhtml_of_plain_tags_whatever_the_text(
    title: str, rows: list[tuple[str, str]]
) -> None:
    found = ET.fromstring(narrative(title, rows)["div"])  # noqa: S314 - our own text
    assert {element.tag for element in found.iter()} <= TAGS
    assert all(set(element.attrib) == set() for element in found.iter())


@given(st.text(st.characters(min_codepoint=0x20, codec="utf-8", exclude_characters="\ufffe\uffff")))
def test_every_character_of_a_text_is_shown(text: str) -> None:
    found = ET.fromstring(narrative("Title", [("Name", f"x{text}")])["div"])  # noqa: S314
    (item,) = found.iter(f"{XHTML}li")
    assert "".join(item.itertext()) == f"Name: x{text}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("p <.001", "p &lt;.001"),
        ("p < 0.001 & n > 3", "p &lt; 0.001 &amp; n &gt; 3"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a\x0bb", "a\ufffdb"),
    ],
)
def test_a_narrative_escapes_and_never_strips(text: str, shown: str) -> None:
    assert shown in narrative("Title", [("Claim", text)])["div"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("p <.001", "p <.001"),
        ("n < 5, ≥50 % and 3 > 2", "n < 5, ≥50 % and 3 > 2"),
        ("<script>x</script>", r"\<script>x\</script>"),
        ("<!-- gone -->", r"\<!-- gone -->"),
    ],
)
def test_markdown_is_escaped_only_where_a_tag_could_open(text: str, written: str) -> None:
    assert markdown(text) == written


def test_hostile_texts_in_a_record_are_escaped_in_every_narrative() -> None:
    values = full_values()
    for value in values.values():
        value["title"] = "<img src=x onerror=alert(1)> & p <.001"
    found = resources(corpus_of(values))
    for resource in found.values():
        div = ET.fromstring(resource["text"]["div"])  # noqa: S314 - our own text
        assert {element.tag for element in div.iter()} <= TAGS
    shown = found["ActivityDefinition/full-procedure"]["text"]["div"]
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; p &lt;.001" in shown


def test_a_resource_has_one_narrative() -> None:
    for resource in resources(corpus_of(full_values())).values():
        if resource["resourceType"] != "Composition":  # whose sections have their own
            assert sum("div" in value for value in objects(resource)) == 1


@given(IDS, IDS)
def test_an_id_is_one_that_fhir_allows_and_does_not_depend_on_where_it_is_made(
    first: str, second: str
) -> None:
    made = resource_id(first, second)
    assert 0 < len(made) <= LONGEST
    assert made == resource_id(first, second)
    assert made == f"{first}.{second}" or len(f"{first}.{second}") > LONGEST


def test_long_ids_that_differ_in_their_tails_stay_apart() -> None:
    long = "a" * 48
    assert len({resource_id(long, f"{long[:40]}{number}") for number in range(1000)}) == 1000


def test_the_parts_of_an_id_cannot_be_mixed_up() -> None:
    assert resource_id("a-b", "c") != resource_id("a", "b-c")


def test_what_is_empty_is_left_out_and_what_is_zero_or_false_stays() -> None:
    value: dict[str, object] = {
        "a": None,
        "b": "",
        "c": [],
        "d": {"e": [None, {}]},
        "f": 0,
        "g": False,
        "h": " ",
    }
    assert prune(value) == {"f": 0, "g": False}


def test_a_study_without_a_pmid_is_cited_by_its_doi() -> None:
    values = full_values()
    del values["records/studies/full-study.yaml"]["pmid"]
    corpus = corpus_of(values)
    assert any(study.doi for study in corpus.records(Study))
    citation = resources(corpus)["Citation/study-full-study"]
    systems = [one["system"] for one in citation["citedArtifact"]["identifier"]]
    assert systems == ["https://doi.org", "https://www.ncbi.nlm.nih.gov/pmc/"]
