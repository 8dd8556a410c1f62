"""A kind's schema with the ids of one corpus in it, so that any editor offers them.

Where a field names another record, a list of those there are stands beside the form of an id: the
YAML language server offers the list with its titles, and the verdict stays the same, since an id
that is not in the list still has the form of one.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from curate.corpus import Corpus, Entry
from curate.fields import marks_at
from curate.kinds import KINDS
from curate.marks import OutcomeOf, PaperId, RefTo, SameKind
from curate.mentions import PAPER, parts
from curate.part import Part
from curate.printable import printable
from curate.published import schema

MOST = 5_000
"""A longer list would slow the editor down; then only the form of an id is asked."""
_OUTSIDE = ("description", "markdownDescription", "examples")
_LONGEST = 120


def corpus_schema(kind: str, corpus: Corpus) -> dict[str, Any]:
    """Return the published schema of a kind, with lists of what its fields may name."""
    found = deepcopy(schema(kind))
    lists = _Lists(corpus)
    models = {part.__name__: part for part in _parts(Part)}
    _list_ids(found, KINDS[kind], kind, lists)
    for name, definition in found["$defs"].items():
        _list_ids(definition, models[name], kind, lists)
    return found


class _Lists:
    """What there is to name, with titles: looked up once for all kinds."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._known: dict[object, dict[str | int, str]] = {}

    def of(self, mark: object, kind: str) -> Mapping[str | int, str]:
        """Return what a field with a mark may name, in a record of a kind."""
        wanted = RefTo(kind) if isinstance(mark, SameKind) else mark
        # Marks are tuples: two of different classes may be equal.
        key = type(wanted), wanted
        if key not in self._known:
            self._known[key] = dict(self._look_up(wanted))
        return self._known[key]

    def _look_up(self, mark: object) -> Iterator[tuple[str | int, str]]:
        for entry in self._corpus.entries:
            match mark:
                case RefTo(kind) if entry.kind == kind:
                    yield entry.id, _title(entry)
                case PaperId() if entry.kind == PAPER:
                    pmid = entry.document.get(("pmid",))
                    if isinstance(pmid, int) and not isinstance(pmid, bool):
                        yield pmid, _title(entry)
                case OutcomeOf(kind) if entry.kind == kind:
                    for where, thing in parts(entry):
                        if thing.what == "result":
                            title = _said(entry.document.get((*where, "title")))
                            yield f"{entry.id}#{thing.id}", title or _title(entry)


def _list_ids(node: dict[str, Any], model: type[Part], kind: str, lists: _Lists) -> None:
    """Put lists into the fields of one part of a schema."""
    for name, field in node["properties"].items():
        for mark in marks_at(model, (name,)):
            known = lists.of(mark, kind)
            if 0 < len(known) <= MOST:
                holder = field.get("items", field)
                form = {key: holder.pop(key) for key in [*holder] if key not in _OUTSIDE}
                listed = {"enum": [*known], "enumDescriptions": [*known.values()]}
                holder["anyOf"] = [listed, form]


def _parts(of: type[Part]) -> Iterator[type[Part]]:
    for part in of.__subclasses__():
        yield part
        yield from _parts(part)


def _title(entry: Entry) -> str:
    return _said((entry.document.value or {}).get("title")) or entry.id


def _said(value: Any) -> str:
    text = printable(" ".join(value.split())) if isinstance(value, str) else ""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
