"""Find circles among links that each lead from one id to one other."""

from collections.abc import Iterator, Mapping


def circles(parents: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield each circle once, beginning with the smallest of its ids; every id is walked once."""
    done: set[str] = set()
    for start in sorted(parents):
        path: list[str] = []
        steps: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in done and at not in steps:
            steps[at] = len(path)
            path.append(at)
            at = parents.get(at)
        if at is not None and at in steps:
            circle = path[steps[at] :]
            smallest = circle.index(min(circle))
            yield circle[smallest:] + circle[:smallest]
        done.update(path)
