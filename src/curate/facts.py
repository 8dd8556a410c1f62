"""What a record tells the others: the small part of it that cross references are made of.

Whatever one record may ask of the others is found by a *term*, such as `named study horisawa-2019`
or `pmid study 30587520`. A question that no term of a record answers does not concern that record:
this is what tells, once it has changed, whom to check again.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple, Protocol

from curate.entry import Entry
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.same_paper import author_keys, paper_keys, title_keys
from curate.source import Obstacle, Source


class Holder(Protocol):
    """Who a term is of: as much as may be told of a file without reading it."""

    @property
    def path(self) -> str:
        """Where it is."""

    @property
    def status(self) -> str | None:
        """The status that is written, also where the record cannot be read."""

    @property
    def readable(self) -> bool:
        """Whether it is a record."""


class Told(NamedTuple):
    """A holder, and nothing else."""

    path: str
    status: str | None
    readable: bool


class Facts(NamedTuple):
    """What is known of one file without reading it."""

    path: str
    kind: str | None
    status: str | None
    readable: bool
    inside: str | None
    """The id that is written in it."""
    parent: str | None
    terms: tuple[str, ...]
    label: str = ""
    """What it is called in a list: its title, and of a paper where and when it was published."""
    version: str = ""
    """A name of its content, where that is told."""

    @property
    def id(self) -> str:
        """The id that the file's name gives its record."""
        return self.path.rsplit("/", 1)[-1].removesuffix(".yaml")

    @property
    def holder(self) -> Told:
        """What is told to those who ask for one of its terms."""
        return Told(self.path, self.status, self.readable)


def facts_of(entry: Entry, version: str = "") -> Facts:
    """Take the facts out of an entry; `version` names its content."""
    parent = getattr(entry.record, "parent", None)
    return Facts(
        entry.path,
        entry.kind,
        entry.status,
        entry.record is not None,
        entry.inside,
        parent,
        tuple(dict.fromkeys(_terms(entry))),
        _label(entry),
        version,
    )


def _label(entry: Entry) -> str:
    value = entry.document.value
    title = None if value is None else value.get("title")
    if value is None or not isinstance(title, str):
        return ""
    if len(title) > _MOST_LETTERS:
        title = f"{title[: _MOST_LETTERS - 1]}…"
    if entry.kind != Reference.kind:
        return title
    published = [value.get("journal"), value.get("year")]
    said = " ".join(str(one)[:_MOST_LETTERS] for one in published if isinstance(one, str | int))
    return f"{title} ({said})" if said else title


_MOST_LETTERS = 80


_DIGITS = 32
"""Of a name, as many as nobody will find twice; processors know how to take this digest."""


def version_of(item: Source | Obstacle) -> str:
    """Name a file's content."""
    if isinstance(item, Obstacle):
        return f"! {item.name} {item.message}"
    return sha256(item.data).hexdigest()[:_DIGITS]


def ids_of(known: Iterable[Facts], kind: str) -> frozenset[str]:
    """Return the ids of all records of a kind: as named, and as written inside."""
    of_kind = [facts for facts in known if facts.kind == kind]
    written = {facts.inside for facts in of_kind if facts.inside is not None}
    return frozenset(written | {facts.id for facts in of_kind})


def parents_of(known: Iterable[Facts], kind: str) -> dict[str, str]:
    """Return the parent that each record of a kind names."""
    return {
        facts.id: facts.parent for facts in known if facts.kind == kind and facts.parent is not None
    }


def folded(path: str) -> str:
    """Return what file systems that ignore case and forms of a letter take a path for."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _terms(entry: Entry) -> Iterator[str]:
    yield f"path {folded(entry.path)}"
    if entry.kind is None:
        return
    yield f"named {entry.kind} {entry.id}"
    if entry.inside is not None:
        yield f"inside {entry.kind} {entry.inside}"
    record = entry.record
    if isinstance(record, Study):
        if record.pmid is not None:
            yield f"pmid study {record.pmid}"
        if record.doi is not None:
            yield f"doi study {record.doi.casefold()}"
    elif isinstance(record, Reference):
        yield from _of_reference(record)


def _of_reference(reference: Reference) -> Iterator[str]:
    yield f"pmid reference {reference.pmid}"
    for key in paper_keys(reference.title, reference.doi, reference.pmcid):
        yield f"paper reference {key}"
    for title in (reference.title, reference.title_in_original):
        if title is not None:
            for key in title_keys(title):
                yield f"title reference {key}"
    if reference.authors and reference.year is not None:
        for key in author_keys(reference.authors[0]):
            yield f"author reference {reference.year} {key}"
