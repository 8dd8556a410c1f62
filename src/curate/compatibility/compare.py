"""Walk two schemas side by side, and name what differs."""

from collections.abc import Iterator
from typing import Any

from curate.compatibility.change import Change
from curate.compatibility.node import LIMITS, Node, Schema, name_of, others, shape, words
from curate.suggest import nearest

VERSION_FIELD = "schema_version"


def compare(old: Node, new: Node) -> list[Change]:
    """Return every difference that matters to a reader, each once, in the order of the schema."""
    return list(_Comparison(Schema(old), Schema(new)).node(old, new, ""))


class _Comparison:
    """Two schemas, and which of their definitions were compared already."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._old = old
        self._new = new
        self._seen: set[tuple[str, str]] = set()

    def node(self, old: Node, new: Node, at: str) -> Iterator[Change]:
        """Compare what stands at a place; a definition that is used in many is compared once."""
        if at == VERSION_FIELD:
            return
        if "$ref" in old and "$ref" in new:
            pair = name_of(old), name_of(new)
            if pair in self._seen:
                return
            self._seen.add(pair)
            at = pair[1]
        old, new = self._old.resolved(old), self._new.resolved(new)
        before, after = dict(self._old.alternatives(old)), dict(self._new.alternatives(new))
        for word, branch in before.items():
            if word not in after:
                yield Change(at, f"can no longer be {_article(word)}.")
            elif len(before) == len(after) == 1:
                yield from self._alternative(old, new, at)
            else:
                yield from self._alternative_of_several(branch, after[word], at)
        for word in after:
            if word not in before:
                yield Change(at, f"may now be {_article(word)}.")

    def _alternative_of_several(self, old: Node, new: Node, at: str) -> Iterator[Change]:
        if "$ref" in old and "$ref" in new:
            yield from self.node(old, new, at)
        else:
            yield from self._alternative(self._old.resolved(old), self._new.resolved(new), at)

    def _alternative(self, old: Node, new: Node, at: str) -> Iterator[Change]:
        yield from _numbers(old, new, at)
        yield from _values(old, new, at)
        yield from _limits(old, new, at)
        if old.get("pattern") != new.get("pattern"):
            yield Change(at, "is a text of another form now.")
        if "items" in old or "items" in new:
            yield from self.node(old.get("items", {}), new.get("items", {}), f"{at}[]")
        if "properties" in old or "properties" in new:
            yield from self._fields(old, new, at)
        yield from self._other_fields(old, new, at)
        if others(old) != others(new):
            names = ", ".join(sorted(others(old).keys() | others(new).keys()))
            yield Change(at, f"has other rules now ({names}).")

    def _fields(self, old: Node, new: Node, at: str) -> Iterator[Change]:
        before, after = old.get("properties", {}), new.get("properties", {})
        gone = [name for name in before if name not in after]
        added = [name for name in after if name not in before]
        needed_before, needed_after = old.get("required", ()), new.get("required", ())
        for name in gone:
            yield Change(_below(at, name), f"is gone.{self._renamed(old, new, name, added)}")
        for name in before:
            if name not in after:
                continue
            here = _below(at, name)
            if name in needed_before and name not in needed_after:
                yield Change(here, "may now be absent.")
            elif name in needed_after and name not in needed_before:
                yield Change(here, "must now be there, and earlier exports may lack it.")
            yield from self.node(before[name], after[name], here)
        for name in added:
            if name in needed_after:
                message = "is new and must be there, so that earlier exports do not fit."
                yield Change(_below(at, name), message)
            else:
                yield Change(_below(at, name), "is new, and may be absent.", breaks=False)

    def _renamed(self, old: Node, new: Node, name: str, added: list[str]) -> str:
        """Guess the new name of a field that is gone: a new one of its shape, or much like it."""
        wanted = shape(old["properties"][name])
        same = [one for one in added if shape(new["properties"][one]) == wanted]
        guess = nearest(name, same) or (same[0] if len(same) == 1 else nearest(name, added))
        return f" It may be called `{guess}` now." if guess else ""

    def _other_fields(self, old: Node, new: Node, at: str) -> Iterator[Change]:
        """Compare what fields without a name of their own hold."""
        before, after = (node.get("additionalProperties", True) for node in (old, new))
        if isinstance(before, dict) and isinstance(after, dict):
            yield from self.node(before, after, _below(at, "*"))
        elif before != after:
            yield Change(at, "allows other fields than those that are listed, or no longer.")


def _numbers(old: Node, new: Node, at: str) -> Iterator[Change]:
    before, after = old.get("type"), new.get("type")
    if (before, after) == ("integer", "number"):
        yield Change(at, "may now have decimals.")
    elif (before, after) == ("number", "integer"):
        yield Change(at, "can no longer have decimals.")


def _values(old: Node, new: Node, at: str) -> Iterator[Change]:
    before, after = words(old), words(new)
    if before is None and after is not None:
        yield Change(at, f"takes only {_list(after)} now.")
    elif before is not None and after is None:
        yield Change(at, "takes any value now.")
    elif before is not None and after is not None:
        if more := [value for value in after if value not in before]:
            yield Change(at, f"may now be {_list(more)}.")
        if fewer := [value for value in before if value not in after]:
            yield Change(at, f"can no longer be {_list(fewer)}.")


def _limits(old: Node, new: Node, at: str) -> Iterator[Change]:
    for limit, sign in LIMITS.items():
        before, after = old.get(limit), new.get(limit)
        if before == after:
            continue
        tighter = before is None or (after is not None and sign * (after - before) > 0)
        verb = "takes less than before" if tighter else "takes more than before"
        yield Change(at, f"{verb}: {limit} was {_shown(before)}, and is {_shown(after)}.")


def _below(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _article(word: str) -> str:
    return word if word == "anything" else f"{'an' if word[0] in 'aeio' else 'a'} {word}"


def _list(values: list[Any]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _shown(limit: Any) -> str:
    return "none" if limit is None else str(limit)
