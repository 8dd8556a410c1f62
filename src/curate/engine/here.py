"""Run tasks in this process, one after the other: what is read of a corpus need not be held."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")


class Here:
    """No cluster at all."""

    def run(
        self, function: Callable[..., ResultT], calls: Iterable[tuple[Any, ...]]
    ) -> Iterator[tuple[tuple[Any, ...], ResultT]]:
        """Call a function with each of the arguments; yield these and the result, in order."""
        for call in calls:
            yield call, function(*call)
