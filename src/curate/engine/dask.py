"""Run tasks on a Dask cluster that is already there: `dask://HOST:PORT` is its scheduler."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from curate.refusal import Refusal

SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
"""How an address begins, and what Dask calls it."""

_PATIENCE = 15
"""How many seconds a scheduler may take to answer, and then to have a worker."""
_AHEAD = 4
"""How many tasks are given out for each thread of the cluster: enough to keep it busy."""

ResultT = TypeVar("ResultT")


class Cluster:
    """A cluster that runs tasks; what a lost worker had is done again by another."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def run(
        self, function: Callable[..., ResultT], calls: Iterable[tuple[Any, ...]]
    ) -> Iterator[tuple[tuple[Any, ...], ResultT]]:
        """Call a function with each of the arguments; yield these and the result, as they come."""
        from distributed import KilledWorker, as_completed  # noqa: PLC0415 - an extra

        left = iter(calls)
        given: dict[str, tuple[Any, ...]] = {}
        running = as_completed(loop=self.client.loop)
        try:
            self._give(function, islice(left, self._room()), given, running)
            for future in running:
                call = given.pop(future.key)
                result = future.result()
                future.release()
                # One that is done makes room for the next: a corpus of any size waits here.
                self._give(function, islice(left, 1), given, running)
                yield call, result
        except KilledWorker as error:
            raise Refusal(
                f"The workers ended several times over the same files ({error}); look at their "
                "logs, or give them more memory."
            ) from error
        except OSError as error:
            raise Refusal(f"The cluster is not there any more: {error}.") from error

    def _give(
        self,
        function: Callable[..., Any],
        calls: Iterable[tuple[Any, ...]],
        given: dict[str, tuple[Any, ...]],
        running: Any,
    ) -> None:
        for call in calls:
            future = self.client.submit(function, *call, pure=False)
            given[future.key] = call
            running.add(future)

    def _room(self) -> int:
        threads = sum(self.client.nthreads().values())
        return int(_AHEAD * max(threads, 1))


@contextmanager
def connect(address: str) -> Iterator[Cluster]:
    """Reach the scheduler at an address, and let go of it afterwards."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        said = "To use a Dask cluster, install the extra: `pip install 'curate[cluster]'`."
        raise Refusal(said) from error
    scheme, _, place = address.partition("://")
    # Its log tells operators what happens to workers; an editor is told only what stops a check.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = Client(f"{SCHEMES[scheme]}://{place}", timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Refusal(f"There is no Dask scheduler at {place}: {_said(error)}.") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise Refusal(f"The scheduler at {place} has no worker.") from error
        yield Cluster(client)


def _said(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".")
