"""Compare two corpora record by record, in what they publish."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from curate.changes.change import SECTIONS, Change, Field
from curate.changes.fields import differing, is_number
from curate.corpus import Corpus

Values = Mapping[str, dict[str, Any]]
"""What is published, by `kind/id`."""

_RESULTS = ("outcomes", "adverse_events")
_STANDING = ("publication_status", "notices")
_OF_RECORD = ("status", "review", "replaced_by", "retired_because")


def changes(before: Corpus, after: Corpus) -> list[Change]:
    """Return every change of what is published, by section, then by record."""
    old, new = _published(before), _published(after)
    resting = _resting(new)
    found = [
        change
        for record in sorted(old.keys() | new.keys())
        for change in _of_record(record, old.get(record), new.get(record))
    ]
    order = list(SECTIONS)
    told = [
        change._replace(claims=resting[change.name]) if change.part else change for change in found
    ]
    return sorted(told, key=lambda change: order.index(change.section))


def _published(corpus: Corpus) -> Values:
    """Return the values of what is exported, also of records that today's schema refuses."""
    return {
        f"{entry.kind}/{entry.id}": entry.document.value
        for entry in corpus.entries
        if entry.kind and entry.document.value and entry.status in corpus.config.publish
    }


def _resting(values: Values) -> defaultdict[str, tuple[str, ...]]:
    """Return the claims that rest on each result."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for record, value in values.items():
        for id_, claim in _parts(value, "claims").items():
            for result in _list(claim.get("evidence")):
                found[f"study/{result}"] += (f"{record}#{id_}",)
    return found


def _of_record(
    record: str, old: dict[str, Any] | None, new: dict[str, Any] | None
) -> Iterator[Change]:
    before, after = old or {}, new or {}
    title = str(after.get("title", before.get("title", "")))
    if old is None or new is None:
        yield Change("records", "added" if old is None else "withdrawn", record, "", title)
    elif fields := tuple(differing(_only(old, _OF_RECORD), _only(new, _OF_RECORD))):
        yield Change("records", "changed", record, "", title, fields)
    for name in _RESULTS:
        yield from _results(record, _parts(before, name), _parts(after, name))
    yield from _claims(record, _parts(before, "claims"), _parts(after, "claims"))
    yield from _waivers(record, before, after)
    if old is not None and new is not None:
        if fields := tuple(differing(_only(old, _STANDING), _only(new, _STANDING))):
            yield Change("references", "changed", record, "", title, fields)
        told = ("id", *_RESULTS, *_STANDING, *_OF_RECORD, "claims", "waivers")
        if fields := tuple(differing(_without(old, told), _without(new, told))):
            yield Change("other", "changed", record, "", title, fields)
    elif (status := after.get("publication_status")) not in {None, "published"}:
        field = Field("publication_status", None, str(status))
        yield Change("references", "added", record, "", title, (field,))


def _results(record: str, old: Values, new: Values) -> Iterator[Change]:
    for id_ in _ids(old, new):
        before, after = old.get(id_), new.get(id_)
        title = str((after or before or {}).get("title", ""))
        fields = tuple(differing(before or {}, after or {}))
        if before is None or after is None:
            shown = tuple(field for field in fields if is_number(field))
            verb = "added" if before is None else "withdrawn"
            yield Change("results", verb, record, id_, title, shown)
        elif fields:
            section = "numbers" if any(map(is_number, fields)) else "results"
            yield Change(section, "changed", record, id_, title, fields)


def _claims(record: str, old: Values, new: Values) -> Iterator[Change]:
    for id_ in _ids(old, new):
        before, after = old.get(id_), new.get(id_)
        text = str((after or before or {}).get("text", ""))
        if before is None or after is None:
            verb = "added" if before is None else "withdrawn"
            yield Change("claims", verb, record, id_, text)
        elif fields := tuple(differing(before, after)):
            reworded = any(field.name == "text" for field in fields)
            yield Change("claims", "reworded" if reworded else "changed", record, id_, text, fields)


def _waivers(record: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    before, after = _waived(old), _waived(new)
    for key in sorted(before.keys() | after.keys()):
        rule, place = key
        fields = tuple(differing(before.get(key, {}), after.get(key, {})))
        if not fields:
            continue
        verb = "changed"
        if key not in before or key not in after:
            verb = "added" if key not in before else "withdrawn"
            fields = tuple(field for field in fields if field.name == "reason")
        yield Change("waivers", verb, record, "", f"{rule} at {place}", fields)


def _waived(value: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what is accepted by rule and place: a waiver may name several places."""
    found = {}
    for waiver in _dicts(value.get("waivers")):
        at = waiver.get("at")
        for place in _list(at) or [at]:
            found[str(waiver.get("rule")), str(place)] = _without(waiver, ("rule", "at"))
    return found


def _parts(value: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    return {str(part["id"]): part for part in _dicts(value.get(name)) if "id" in part}


def _list(value: Any) -> list[Any]:
    """Return a list, or none: an older record may have something else in its place."""
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (item for item in _list(value) if isinstance(item, dict))


def _ids(old: Values, new: Values) -> list[str]:
    """Return the ids of both, in the order of the new, then what is gone."""
    return [*new, *(id_ for id_ in old if id_ not in new)]


def _only(value: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if name in names}


def _without(value: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if name not in names}
