"""The guard of speed tells what has become worse, and only that."""

import json
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent / "bench"
sys.path.insert(0, str(BENCH))

import guard  # noqa: E402 - a script beside the others of the bench


def test_a_ratio_that_worsened_by_more_than_the_factor_is_named() -> None:
    known = {"a": 1.0, "b": 2.0, "c": 0.5}
    found = {"a": guard.FACTOR * 1.01, "b": 2.0 * guard.FACTOR * 0.99, "c": 0.1}
    assert guard.worsened(found, known) == ["a"]
    assert guard.worsened(known, known) == []


def test_the_baseline_knows_every_ratio() -> None:
    known = json.loads(guard.BASELINE.read_text(encoding="utf-8"))
    assert known.keys() == guard.WAYS.keys()
    assert all(figure > 0 for figure in known.values())


@pytest.mark.parametrize("worse", [False, True])
def test_it_ends_with_1_only_where_something_is_worse(
    worse: bool,  # noqa: FBT001 - a parameter of the test
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    known = json.loads(guard.BASELINE.read_text(encoding="utf-8"))
    first = next(iter(known))
    figures = {**known, first: known[first] * (2 if worse else 1)}
    monkeypatch.setattr(guard, "measured", lambda: figures)
    assert guard.main([]) == worse
    assert (first in capsys.readouterr().err) is worse
