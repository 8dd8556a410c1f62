"""The page of what each field becomes in FHIR, found out by changing the field and looking.

No table of the mapping is kept by hand: each leaf of a full corpus is given another value, and the
elements that differ then are those that it becomes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from curate.corpus import Corpus
from curate.finding import Where
from curate.formats import load_format
from curate.formats.fhir.conformance.definitions import definitions
from curate.formats.fhir.shelf import Shelf
from curate.kinds import FOLDERS
from curate.pieces import Pieces
from fhir_bundle import read
from full_corpus import corpus_of, full_values, perturbed

NARRATIVE = "text"
_SHOWN = "the narrative only: R5 has no element for it"

_TOP = """\
# What each field of a record becomes in FHIR

Found out by giving each field of a full record another value, and looking which elements differ
then; written by `pytest tests/test_fhir_fields.py --update-golden`. An element stands without the
parts of its data type: `Evidence.statistic.quantity` is value, unit, system, code and comparator.
A type alone means that there are other resources of it, or that they have another id. Whatever a
field becomes, the narrative of its resource may show as well.
"""


def page() -> str:
    """Return the page as Markdown."""
    becomes = _becomes()
    left_out = load_format("fhir").left_out
    rows = defaultdict(list)
    for field in _fields():
        kind, _, name = field.partition(".")
        elements = becomes[field]
        if elements:
            said = ", ".join(f"`{element}`" for element in sorted(elements - {NARRATIVE}))
            rows[kind].append(f"| `{name}` | {said or _SHOWN} |\n")
        else:
            rows[kind].append(f"| `{name}` | left out: {left_out[field]} |\n")
    tables = [
        f"\n## {kind.capitalize()}\n\n| field | becomes |\n|---|---|\n{''.join(lines)}"
        for kind, lines in rows.items()
    ]
    return "".join([_TOP, *tables])


def _becomes() -> dict[str, set[str]]:
    before = _elements(corpus_of(full_values()))
    found: dict[str, set[str]] = defaultdict(set)
    for field, values in perturbed():
        found[field] |= _differences(before, _elements(corpus_of(values)))
    for field, where, path in _leaves():
        if field not in found:
            found[field] |= _of_fixed(before, path, where)
    return found


def _fields() -> list[str]:
    return list(dict.fromkeys(field for field, _, _ in _leaves()))


def _of_fixed(before: dict[str, Counter[Any]], path: str, where: Where) -> set[str]:
    """Return what a field becomes that has only one value: what goes with the thing it is of."""
    values = full_values()
    target: Any = values[path]
    if len(where) == 1:
        text = str(target[where[0]])
        leaves = [leaf for resource in before.values() for leaf in resource]
        return {element for element, value in leaves if text in value} - {NARRATIVE}
    for step in where[:-2]:
        target = target[step]
    del target[where[-2]]
    return _differences(before, _elements(corpus_of(values)))


def _differences(before: dict[str, Counter[Any]], after: dict[str, Counter[Any]]) -> set[str]:
    found: set[str] = set()
    for name in before.keys() | after.keys():
        if name not in before or name not in after:
            found.add(name.partition("/")[0])
            continue
        changed = (before[name] - after[name]) + (after[name] - before[name])
        found |= {element for element, _ in changed}
    return found


def _elements(corpus: Corpus) -> dict[str, Counter[Any]]:
    """Return the leaves of each resource: the elements they belong to, and their values."""
    # Of a changed corpus no bundle could be made: what was referred to may have gone.
    return {
        one.name: Counter(_in_resource(read(b"".join(one.kept.put))["resource"]))
        for one in Shelf(Pieces(corpus)).all()
    }


def _in_resource(resource: dict[str, Any]) -> Iterator[tuple[str, str]]:
    type_ = resource["resourceType"]
    for name, value in resource.items():
        if name == "text":
            yield NARRATIVE, value["div"]
        elif name == "identifier":
            # The second says the line of the record, on which the field stands.
            yield from _in_element(f"{type_}.{name}", type_, name, [value[0], *value[2:]])
        else:
            yield from _in_element(f"{type_}.{name}", type_, name, value)


def _in_element(path: str, shape: str, name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the leaves below an element; a part of a resource has elements of its own."""
    element = definitions().shapes[shape].elements.get(name)
    is_part = element is not None and "." in element.type
    for one in value if isinstance(value, list) else [value]:
        if is_part and element is not None and isinstance(one, dict):
            for key, item in one.items():
                yield from _in_element(f"{path}.{key}", element.type, key, item)
        else:
            yield path, repr(one)


def _leaves() -> Iterator[tuple[str, Where, str]]:
    """Yield each leaf of a full corpus: its name, where it stands, and in which file."""
    for (path, value), kind in zip(full_values().items(), FOLDERS.values(), strict=True):
        for where in _below(value, ()):
            yield ".".join([kind, *(step for step in where if isinstance(step, str))]), where, path


def _below(value: Any, where: Where) -> Iterator[Where]:
    if not isinstance(value, dict | list):
        yield where
        return
    for step, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _below(item, (*where, step))
