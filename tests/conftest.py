"""What all tests share."""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import wraps
from itertools import count
from typing import Any

import pytest
from hypothesis import is_hypothesis_test, settings

from both_readers import assert_same
from curate import resident, today
from curate.index import place
from curate.reading import line_by_line
from golden import Golden, hold_against, update

# The day on which every test takes place: references grow old, tests do not.
os.environ[today.VARIABLE] = str(int(datetime(2026, 11, 22, tzinfo=UTC).timestamp()))

# A test that wants a process to stay behind says so, and ends it.
os.environ[resident.VARIABLE] = "0"

# Where npm's registry cannot be reached, npm would try for a minute each time.
for name, value in {"retries": "1", "retry_mintimeout": "1000", "retry_maxtimeout": "5000"}.items():
    os.environ.setdefault(f"npm_config_fetch_{name}", value)

# What tests leave in indexes goes away with them.
os.environ[place.VARIABLE] = tempfile.mkdtemp(prefix="curate-tests-")
atexit.register(shutil.rmtree, os.environ[place.VARIABLE], ignore_errors=True)

# Of what is drawn at random, so many examples are traced.
TRACED = 30

# How long an example takes says nothing on a machine that is shared.
settings.register_profile("curate", deadline=None)
settings.load_profile("curate")


@pytest.fixture
def no_git_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests, and of a hook that runs them, out of it."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden/ from what the program writes now, instead of comparing",
    )
    parser.addoption(
        "--npm",
        action="store_true",
        help="also run what needs packages from the npm registry (CI does; it is a network)",
    )


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Trace the first examples that are drawn for a test, and not the thousand others.

    Tracing takes two to five times as long as the test; `no_cover` marks what repeats itself, too.
    In the processes of pytest-xdist, pytest-cov has two coverages running, of which it pauses one:
    the other is ended here.
    """
    plugin = item.config.pluginmanager.getplugin("_cov")
    coverage = plugin and plugin.cov_controller
    if coverage and not coverage.started:
        sys.settrace(None)
    is_drawn = isinstance(item, pytest.Function) and is_hypothesis_test(item.function)
    if not (is_drawn and coverage and coverage.started):
        return (yield)
    handle = item.function.hypothesis
    tried, inner = count(1), handle.inner_test

    @wraps(inner)
    def traced_at_first(*arguments: Any, **named: Any) -> Any:
        if next(tried) == TRACED and coverage.started:
            coverage.pause()
            sys.settrace(None)
        return inner(*arguments, **named)

    handle.inner_test = traced_at_first
    try:
        return (yield)
    finally:
        handle.inner_test = inner
        if not coverage.started:
            coverage.resume()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return `golden(relative_path, bytes)`: it holds the bytes against tests/golden/<path>."""
    return update if request.config.getoption("--update-golden") else hold_against


@pytest.fixture(autouse=True, scope="session")
def _both_readers() -> Iterator[None]:
    """Hold what any test reads line by line against the exact reader."""

    held: set[int] = set()  # most texts are those of our own records, and read a thousand times

    def read(text: str) -> dict[str, Any] | None:
        found = quickly(text)
        if hash(text) not in held:
            held.add(hash(text))
            assert_same(text, found)
        return found

    quickly, line_by_line.read = line_by_line.read, read
    yield
    line_by_line.read = quickly
