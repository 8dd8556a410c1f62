"""Say whether the version of the schema is the one that its changes call for."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import jsonschema_rs

from curate.compatibility.change import Change
from curate.compatibility.compare import VERSION_FIELD, compare
from curate.compatibility.earlier import Earlier
from curate.refusal import Refusal

_MOST_MISFITS = 5


class Judgement(NamedTuple):
    """What an earlier export is to a reader of today's, and today's to one of the earlier."""

    before: str
    now: str
    changes: list[Change]
    misfits: list[str]
    """Where the earlier corpus file does not fit today's schema."""

    @property
    def follows(self) -> str:
        """The version that the changes call for."""
        major, minor = _numbers(self.before)
        if self.misfits or any(change.breaks for change in self.changes):
            return f"{major + 1}.0"
        return f"{major}.{minor + 1}" if self.changes else self.before

    @property
    def holds(self) -> bool:
        """Whether today's version says what a reader must know."""
        return _numbers(self.now) >= _numbers(self.follows)

    def lines(self) -> Iterator[str]:
        """Yield what to tell, for people."""
        breaking = [change for change in self.changes if change.breaks]
        yield from _part("These break a reader:", map(str, breaking))
        others = (str(change) for change in self.changes if not change.breaks)
        yield from _part("These do not:", others)
        yield from _part("The earlier corpus.json does not fit today's schema:", self.misfits)
        if not self.changes and not self.misfits:
            yield "Nothing changed for readers."
        verdict = "as it must" if self.holds else f"and must be {self.follows}"
        if self.follows == self.before:
            yield f"schema_version stays {self.before}; this program writes {self.now}."
        else:
            yield (
                f"schema_version {self.follows} follows {self.before}; this program writes "
                f"{self.now}, {verdict}."
            )


def judge(earlier: Earlier, schema: dict[str, Any]) -> Judgement:
    """Compare an earlier export with today's schema."""
    now = _version(schema)
    changes = [] if earlier.schema is None else compare(earlier.schema, schema)
    if earlier.corpus is not None:
        before = str(earlier.corpus.get(VERSION_FIELD))
    else:
        before = _version(earlier.schema or {})
    _numbers(before)
    misfits = [] if earlier.corpus is None else _misfits(earlier.corpus, schema)
    return Judgement(before, now, changes, misfits)


def _misfits(corpus: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    # That it names another version is what is being judged, and no misfit.
    of_any_version = {**schema, "properties": {**schema["properties"], VERSION_FIELD: True}}
    errors = jsonschema_rs.Draft202012Validator(of_any_version).iter_errors(corpus)
    found = []
    for error in errors:
        found.append(f"/{'/'.join(map(str, error.instance_path))}: {error.message[:200]}")
        if len(found) == _MOST_MISFITS:
            break
    return found


def _version(schema: dict[str, Any]) -> str:
    field = schema["properties"][VERSION_FIELD]
    return str(field["const"] if "const" in field else field.get("examples", [None])[0])


def _numbers(version: str) -> tuple[int, int]:
    major, dot, minor = version.partition(".")
    if not (dot and major.isdecimal() and minor.isdecimal()):
        raise Refusal(f"the earlier export has no version such as 1.0, but {version!r}.")
    return int(major), int(minor)


def _part(title: str, items: Iterator[str] | list[str]) -> Iterator[str]:
    said = [f"  {item}" for item in items]
    if said:
        yield title
        yield from said
