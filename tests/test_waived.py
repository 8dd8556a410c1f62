import pytest

from curate.corpus import place
from curate.finding import Where
from curate.waived import find_place
from full_corpus import full_values

VALUE = {
    "outcomes": [
        {"id": "pain", "analysed": 3, "effect": {"p": "<0.001"}},
        {"title": "without an id"},
        {"id": "2", "derived": ["count", "mean"]},
    ]
}


@pytest.mark.parametrize(
    ("at", "where"),
    [
        ("outcomes", ("outcomes",)),
        ("outcomes.pain", ("outcomes", 0)),
        ("outcomes.pain.effect.p", ("outcomes", 0, "effect", "p")),
        ("outcomes.1.title", ("outcomes", 1, "title")),
        ("outcomes.2", ("outcomes", 2)),
        ("outcomes.2.derived.1", ("outcomes", 2, "derived", 1)),
        ("outcomes.pain.follow_up", ("outcomes", 0, "follow_up")),
        ("pmid", ("pmid",)),
        ("outcomes.pain.ci.low", None),
        ("outcomes.other", None),
        ("outcomes.0", None),
        ("outcomes.pain.analysed.more", None),
    ],
)
def test_a_waiver_finds_its_place_even_where_nothing_is_written(
    at: str, where: Where | None
) -> None:
    assert find_place(VALUE, at) == where


def test_every_place_is_found_by_the_name_that_findings_give_it() -> None:
    def check(value: object, where: Where) -> None:
        nonlocal seen
        if where:
            assert find_place(record, place(record, where)) == where
            seen += 1
        if isinstance(value, dict):
            for key, item in value.items():
                check(item, (*where, key))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                check(item, (*where, index))

    seen = 0
    for record in full_values().values():
        check(record, ())
    assert seen > 250
