from curate.document import Document
from curate.lines import line_of, lines
from full_corpus import corpus_of, full_values

TEXT = """\
# a comment
id: a
title: >
  two
  lines
groups:
  - id: b
    label: c
  - id: d
codes: []
note: e
"""


def test_every_value_has_its_line_and_a_list_the_line_of_its_name() -> None:
    assert lines(Document("a.yaml", TEXT.encode())) == {
        (): 2,
        ("id",): 2,
        ("title",): 3,
        ("groups",): 6,
        ("groups", 0): 7,
        ("groups", 0, "id"): 7,
        ("groups", 0, "label"): 8,
        ("groups", 1): 9,
        ("groups", 1, "id"): 9,
        ("codes",): 10,
        ("note",): 11,
    }


def test_one_line_is_the_same_as_among_all() -> None:
    for entry in corpus_of(full_values()).entries:
        for where, line in lines(entry.document).items():
            assert line_of(entry.document, where) == line == entry.document.span(where).line


def test_places_are_not_kept_for_it() -> None:
    document = Document("a.yaml", TEXT.encode())
    line_of(document, ("note",))
    assert "places" not in vars(document)
    assert document.places
    other = Document("b.yaml", TEXT.encode())
    assert other.places
    line_of(other, ("note",))
    assert "places" in vars(other)
