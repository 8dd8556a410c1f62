"""What is done with one shard, wherever that is: told what its records ask, it is checked.

Both steps follow from their arguments and the files alone, so that one which was lost with the
machine that did it is simply done again.
"""

import pickle
import zlib
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from curate import __version__
from curate.config import Config
from curate.corpus import Corpus, Question
from curate.engine.given import NOTHING, Answers, Ask, Given, Lacking
from curate.facts import Facts
from curate.finding import Finding
from curate.pipeline import check_entry, consult
from curate.store import Store


class Circumstances(NamedTuple):
    """What is the same for all shards."""

    store: Store
    config: Config
    day: date


class Told(NamedTuple):
    """What a shard tells after its first reading."""

    facts: tuple[Facts, ...]
    needs: bytes
    """What it needs to be told, packed: the sum of these waits until all shards were read."""
    version: str
    """The version of curate that read it."""


class Needs(NamedTuple):
    """What a shard needs to be told before it can be checked."""

    asked: frozenset[Ask]
    whole: frozenset[str]
    """The terms of files of which it needs to know all."""

    @classmethod
    def unpack(cls, packed: bytes) -> "Needs":
        """Read what `pack` wrote."""
        found: Needs = pickle.loads(zlib.decompress(packed))  # noqa: S301 - from our own workers
        return found

    def pack(self) -> bytes:
        """Write it in as few bytes as will do."""
        return zlib.compress(pickle.dumps(self), 1)


class Checked(NamedTuple):
    """What was found in a shard."""

    findings: tuple[Finding, ...]
    undecided: tuple[str, ...]
    """The files that something was lacking for."""
    needs: Needs
    """What was lacking."""


def begin(around: Circumstances, paths: tuple[str, ...]) -> Told:
    """Read the files of a shard, and note what its rules ask of the rest."""
    library = Given(NOTHING, around.store, paths)
    asked: set[Ask] = set()
    questions: set[Question] = set()
    for path in paths:
        corpus = _corpus(around, library, questions)
        with suppress(Lacking):
            consult(library.entry(path), corpus)
        asked |= library.lacking
    return Told(library.facts, Needs(frozenset(asked), _whole(questions)).pack(), __version__)


def finish(
    around: Circumstances, paths: tuple[str, ...], answers: Answers, others: tuple[str, ...]
) -> Checked:
    """Check the files of a shard; `others` are those it looks into, read along with its own."""
    library = Given(answers, around.store, (*paths, *others))
    findings: list[Finding] = []
    undecided: list[str] = []
    asked: set[Ask] = set()
    questions: set[Question] = set()
    for path in paths:
        corpus = _corpus(around, library, questions)
        found: list[Finding] = []
        with suppress(Lacking):
            found = check_entry(library.entry(path), corpus)
        if library.lacking:
            undecided.append(path)
            asked |= library.lacking
        else:
            findings += found
    needs = Needs(frozenset(asked), _whole(questions))
    return Checked(tuple(findings), tuple(undecided), needs)


def _corpus(around: Circumstances, library: Given, questions: set[Question]) -> Corpus:
    """Return a corpus to check one file with: what it was told too little of, it must not keep."""
    library.lacking.clear()
    return Corpus(library, around.config, day=around.day).noting(questions)


def _whole(questions: set[Question]) -> frozenset[str]:
    return frozenset(question.about for question in questions if question.how == "whole")
