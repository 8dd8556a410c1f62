"""Spread the check of a corpus over many workers, and put together what they find."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol, TypeVar

from curate import __version__
from curate.corpus import Corpus
from curate.engine.join import Join
from curate.engine.shard import Circumstances, Needs, begin, finish
from curate.facts import Facts
from curate.finding import Finding
from curate.refusal import Refusal
from curate.report import Report

SHARD = 500
"""How many files a worker is given at a time."""

ResultT = TypeVar("ResultT")


class Engine(Protocol):
    """What runs functions somewhere."""

    def run(
        self, function: Callable[..., ResultT], calls: Iterable[tuple[Any, ...]]
    ) -> Iterator[tuple[tuple[Any, ...], ResultT]]:
        """Call a function with each of the arguments; yield these and the result, as they come."""


class _Shard(NamedTuple):
    """Files that are checked together, and what is known to be needed for that, packed."""

    paths: tuple[str, ...]
    needs: bytes


def check(engine: Engine, around: Circumstances, size: int = SHARD) -> tuple[Report, Corpus]:
    """Check a corpus; return what one process would find, and the corpus to report it from.

    The first round reads every file and notes what it asks of others; the next check it with the
    answers. An answer may lead to another question: then the files concerned have another round.
    """
    paths = around.store.paths()
    facts, shards = _begin(engine, around, paths, size)
    join = Join(around.store, facts)
    found: dict[str, list[Finding]] = {}
    while shards:
        calls = (_with_answers(around, join, shard) for shard in shards)
        again = []
        for (_, _, answers, _), checked in engine.run(finish, calls):
            for finding in checked.findings:
                found.setdefault(finding.path, []).append(finding)
            if checked.undecided:
                asked = answers.asked | checked.needs.asked
                needs = Needs(asked, checked.needs.whole).pack()
                again.append(_Shard(checked.undecided, needs))
        shards = again
    findings = (finding for path in sorted(found) for finding in found[path])
    return Report(findings, paths, join.drafts), Corpus(join, around.config, day=around.day)


def _begin(
    engine: Engine, around: Circumstances, paths: list[str], size: int
) -> tuple[list[Facts], list[_Shard]]:
    """Have every file read; return what they tell, and what the shards need to know."""
    facts: list[Facts] = []
    shards: list[_Shard] = []
    cut = (tuple(paths[at : at + size]) for at in range(0, len(paths), size))
    for (_, of_shard), told in engine.run(begin, ((around, some) for some in cut)):
        if told.version != __version__:
            raise Refusal(
                f"A worker has curate {told.version}, this is {__version__}; install the same on "
                "all machines."
            )
        facts += told.facts
        shards.append(_Shard(of_shard, told.needs))
    return facts, shards


def _with_answers(around: Circumstances, join: Join, shard: _Shard) -> tuple[Any, ...]:
    """Return what a shard is checked with: its files, the answers, and the files it looks into."""
    needs = Needs.unpack(shard.needs)
    others = {facts.path for term in needs.whole for facts in join.holders(term)}
    own = frozenset(shard.paths)
    return around, shard.paths, join.answers(needs.asked), tuple(sorted(others - own))
