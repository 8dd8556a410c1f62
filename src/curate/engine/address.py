"""Which engine an address means."""

from collections.abc import Iterator
from contextlib import contextmanager

from curate.engine import dask
from curate.engine.here import Here
from curate.engine.spread import Engine
from curate.refusal import Refusal
from curate.suggest import did_you_mean


@contextmanager
def engine_at(address: str | None) -> Iterator[Engine]:
    """Reach the engine at an address such as `dask://HOST:PORT`; none means this process."""
    if address is None:
        yield Here()
        return
    scheme, separator, place = address.partition("://")
    if scheme not in dask.SCHEMES or not separator or not place:
        guess = did_you_mean(scheme, dask.SCHEMES)
        raise Refusal(
            f"`{address}` is no engine; give the address of a Dask scheduler, such as "
            f"dask://HOST:8786. {guess}".rstrip()
        )
    with dask.connect(address) as cluster:
        yield cluster
