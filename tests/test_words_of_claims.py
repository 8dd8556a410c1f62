"""One look at all claims of a record passes over no word that a rule on claims is about."""

# ruff: noqa: SLF001 - the words that a rule looks for are known to it alone

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.evidence.wording import holding, worded
from curate.rules import (
    absolute_wording,
    claim_against_direction,
    claim_beyond_design,
    direction_not_declared,
)

OF_RULES: dict[str, tuple[list[re.Pattern[str]], frozenset[str], tuple[str, ...]]] = {
    "absolute-wording": (
        [absolute_wording._ABSOLUTE, absolute_wording._SAFE],
        absolute_wording._TELLING,
        (),
    ),
    "claim-against-direction": (
        [*claim_against_direction._WORDS.values()],
        claim_against_direction._ALONE,
        claim_against_direction._STEMS,
    ),
    "claim-beyond-design": ([claim_beyond_design._STRONG], claim_beyond_design._VERBS, ()),
    "direction-not-declared": (
        [direction_not_declared._WORDS],
        direction_not_declared._ALONE,
        direction_not_declared._STEMS,
    ),
}
"""What each rule looks for, and the words and stems without which it need not look."""
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("without", "any", "carries", "poses", "has", "no", "not", "at", "is", "are"),
                *("almost", "100 %", "completely", "side", "events", "for", "everyone", "free"),
                *("improving", "Improvement", "worsened", "deteriorates", "naïve", "\u017f"),
                *("risk", "RISKS", "proved", "relieves", "increased", "decrease", "dropped"),
            )
        )
        | st.sampled_from([one.title() for _, words, _ in OF_RULES.values() for one in words]),
        st.sampled_from([" ", " ", "-", ", ", ". ", "_", "1", ""]),
    ),
    max_size=8,
).map(lambda parts: "".join(word + after for word, after in parts))


@pytest.mark.parametrize("name", OF_RULES)
@given(data=st.data())
def test_no_word_is_passed_over(name: str, data: st.DataObject) -> None:
    patterns, words, stems = OF_RULES[name]
    compiled = [re.compile(one.pattern, one.flags) for one in patterns]
    telling = st.sampled_from(compiled).flatmap(st.from_regex)
    texts = data.draw(st.lists(TEXTS | telling.filter(lambda text: "\0" not in text), max_size=4))
    found = {
        index
        for index, text in enumerate(texts)
        # One of these rules looks at small letters and single spaces only.
        for form in (text, " ".join(text.lower().split()))
        if any(pattern.search(form) for pattern in patterns)
    }
    assert found <= set(holding(worded(texts), words, stems))


def test_claims_without_such_words_are_not_looked_at() -> None:
    said = worded(["Seven of nine people walked better.", "Nobody fell ill.", "They went home."])
    assert [*holding(said, frozenset({"better", "fell"}))] == [0, 1]
    assert [*holding(said, frozenset({"worse"}), ("deteriorat",))] == []
    assert [*holding(said, frozenset(), ("walk",))] == [0]
