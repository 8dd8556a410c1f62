"""A corpus of one record a kind in which every field is filled, made from the published schemas.

A field that is added to a model tomorrow is in it: whoever forgets to export it is told.
"""

import json
import pickle
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from curate.config import Config
from curate.corpus import Corpus
from curate.document import number_text
from curate.entry import Entry
from curate.finding import Where
from curate.kinds import FOLDERS
from curate.pipeline import entry_of
from curate.published import schema
from curate.source import Source

CONFIG = Config(
    name="full",
    title="A full corpus",
    publisher="Nobody",
    license="CC0-1.0",
    publish=("in_review", "approved"),
)
PMID = 30587520

# What the schemas do not say: which ids exist.
_IDS = {
    "conditions": "full-condition",
    "procedures": "full-procedure",
    "overlaps": "full-study",
    "measure": "full-measure",
    "group": "the-group",
    "within": "the-group",
    "against": "the-group",
    "status": "in_review",
    "at": "title",
    "follow_up": "12 mo",
}
_RECORDS = {kind: f"full-{kind}" for kind in FOLDERS.values()} | {"reference": f"pmid-{PMID}"}


def full_values() -> dict[str, dict[str, Any]]:
    """Return the value of each record, by path; whoever asks may change it."""
    values: dict[str, dict[str, Any]] = pickle.loads(_full_values())  # noqa: S301 - our own
    return values


@cache
def _full_values() -> bytes:
    return pickle.dumps(
        {
            f"records/{folder}/{_RECORDS[kind]}.yaml": _Maker(kind).record()
            for folder, kind in FOLDERS.items()
        }
    )


def corpus_of(values: dict[str, Any], config: Config = CONFIG) -> Corpus:
    """Read values as the files that they would stand in."""
    return Corpus((_entry(path, to_yaml(value)) for path, value in values.items()), config)


@cache
def _entry(path: str, data: bytes) -> Entry:
    """Read a file once: of most corpora that tests hold against each other, one file differs."""
    return entry_of(Source(path, data))


def to_yaml(value: dict[str, Any]) -> bytes:
    """Write a value as an editor would, one thing on a line."""
    return "".join(f"{line}\n" for line in _lines(value)).encode()


def perturbed() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each leaf's name, `study.outcomes.mean`, and the corpus with another value there."""
    for path, kind in zip(full_values(), FOLDERS.values(), strict=True):
        for where, other in _Maker(kind).others():
            values = full_values()
            target: Any = values[path]
            for step in where[:-1]:
                target = target[step]
            target[where[-1]] = other
            yield ".".join([kind, *(step for step in where if isinstance(step, str))]), values


class _Maker:
    """Make a value that fits a kind's schema, and for each leaf another value that fits."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._schema = schema(kind)
        self._others: dict[Where, Any] = {}

    def record(self) -> dict[str, Any]:
        made: dict[str, Any] = self._make(self._schema, (), self._kind)
        return made

    def others(self) -> Iterator[tuple[Where, Any]]:
        self.record()
        return iter(self._others.items())

    def _make(self, node: dict[str, Any], where: Where, name: str) -> Any:
        if "$ref" in node:
            name = node["$ref"].rsplit("/", 1)[-1]
            return self._make(self._schema["$defs"][name], where, name)
        if "properties" in node:
            return {
                key: self._make(sub, (*where, key), name) for key, sub in node["properties"].items()
            }
        if node.get("type") == "array":
            return self._items(node["items"], where, name)
        listed = [branch for branch in node.get("anyOf", ()) if "items" in branch]
        if listed:  # one thing or a list of it: the list can say all that the one thing can
            return self._make(listed[0], where, name)
        value, other = self._leaf(node, where, name)
        if other is not None:
            self._others[where] = other
        return value

    def _items(self, node: dict[str, Any], where: Where, name: str) -> list[Any]:
        variants = node.get("oneOf", [node])
        if where[-1] == "evidence":
            self._others[(*where, 0)] = "full-study#another"
            return ["full-study#the-outcome", "full-study#the-adverse-event"]
        return [self._make(sub, (*where, index), name) for index, sub in enumerate(variants)]

    def _leaf(self, node: dict[str, Any], where: Where, name: str) -> tuple[Any, Any]:
        key = next(step for step in reversed(where) if isinstance(step, str))
        if "const" in node:
            return node["const"], None
        if "anyOf" in node:  # a p-value
            return Decimal("0.0360"), "<0.0010"
        if "enum" in node:
            value = _IDS.get(key, node["enum"][0])
            return value, next(one for one in node["enum"] if one not in {value, "draft"})
        if node["type"] == "string":
            return self._text(node, where, key, name)
        smallest = PMID if key in {"pmid", "pmids"} else node.get("minimum", 0) + 1
        values = {
            "boolean": (True, False),
            "integer": (smallest, smallest + 1),
            "number": (Decimal("0.30"), Decimal("0.3")),
        }
        return values[node["type"]]

    def _text(self, node: dict[str, Any], where: Where, key: str, name: str) -> tuple[str, str]:
        if where == ("id",):
            text = _RECORDS[self._kind]
        elif key == "id":
            text = "the-" + re.sub(r"\B([A-Z])", r"-\1", name).lower()
        elif key in {"parent", "replaced_by"}:
            text = _RECORDS[self._kind]
        elif key in _IDS:
            text = _IDS[key]
        else:
            text = (
                node["examples"][0]
                if "examples" in node
                else f"Text of {'/'.join(map(str, where))}"
            )
        changed = (
            text[:cut] + new + text[cut + 1 :] for cut in range(len(text)) for new in "2b7c1"
        )
        fits = re.compile(node.get("pattern", ""))
        # What begins still ends: start and end have the same example.
        return text, next(
            one
            for one in changed
            if one != text and fits.search(one) and (key != "start" or one < text)
        )


def _lines(value: Any) -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, dict):
            yield f"{key}:"
            yield from (f"  {line}" for line in _lines(item))
        elif isinstance(item, list):
            yield f"{key}:"
            for entry in item:
                below = list(_lines(entry)) if isinstance(entry, dict) else [_scalar(entry)]
                yield from (f"  {'  ' if n else '- '}{line}" for n, line in enumerate(below))
        else:
            yield f"{key}: {_scalar(item)}"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value)
