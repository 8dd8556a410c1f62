"""Absolute words are noticed, and careful ones are left alone."""

import pytest

from curate.config import Config
from curate.construct import construct
from curate.corpus import Corpus
from curate.kinds.procedure import Procedure
from curate.rules.absolute_wording import absolute_wording


def _objects(text: str) -> bool:
    claim = {"id": "claim", "about": "benefit", "text": text, "pmids": [30587520]}
    procedure = construct(
        Procedure,
        {"id": "thalamotomy", "title": "Thalamotomy", "status": "draft", "claims": [claim]},
    )
    return bool(
        list(absolute_wording.check(procedure, Corpus([], Config(name="none", publish=()))))
    )


@pytest.mark.parametrize(
    "text",
    [
        "Relieves pain without risk of further deficits.",
        "There is no risk of bleeding.",
        "The operation carries no risks.",
        "A risk-free alternative to open surgery.",
        "The block is completely safe.",
        "It is 100 % effective in trigeminal neuralgia.",
        "It has no side effects.",
        "Tremor is always relieved.",
        "The effect on tremor and rigidity are immediate.",
        "The 2009 study proves the benefit of stimulation.",
        "The benefit was proven in eight people.",
        "Relief is guaranteed.",
        "It works for everyone.",
    ],
)
def test_words_that_no_study_can_bear_out_are_noticed(text: str) -> None:
    assert _objects(text)


@pytest.mark.parametrize(
    "text",
    [
        "Scores improved from 1.72 to 4.33 at one week.",
        "No permanent deficit was seen in 69 people.",
        "No complications occurred in 40 procedures.",
        "The procedure is not without risk.",
        "The risk of bleeding was 2 of 100; age is no risk factor.",
        "The groups did not differ: risk difference 0.",
        "The effect is not always lasting.",
        "Almost always, numbness follows.",
        "A benefit is not proven.",
        "The trial cannot prove a benefit.",
        "Complications in the immediate postoperative period were rare.",
        "Immediate relief was reported by 30 of 40.",
        "Improved motor scores were seen without a rise in medication.",
        "Approved for essential tremor.",
        "Stimulation improves sleep in 7 of 9.",
        "The device was removed in all.",
    ],
)
def test_words_that_say_what_was_seen_are_left_alone(text: str) -> None:
    assert not _objects(text)
