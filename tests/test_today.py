"""What day it is can be set, so that the same records give the same files on any day."""

from datetime import UTC, date, datetime

import pytest

from curate.refusal import Refusal
from curate.today import VARIABLE, today


def test_the_day_is_that_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    before = datetime.now(tz=UTC).date()
    assert before <= today() <= datetime.now(tz=UTC).date()


def test_the_day_is_the_one_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "86400")
    assert today() == date(1970, 1, 2)


@pytest.mark.parametrize("said", ["tomorrow", "1" * 30])
def test_what_is_no_day_is_refused(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, said)
    with pytest.raises(Refusal, match=f"not {said}"):
        today()
