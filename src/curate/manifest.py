"""Assemble an export: the files of its formats, what they are, and the sums to check them by."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from curate import __version__
from curate.artifact import Artifact
from curate.contract import readme
from curate.corpus import Corpus, Entry
from curate.formats import Format
from curate.json_text import encode
from curate.kinds import KINDS
from curate.kinds.reference import Reference
from curate.pieces import Maker, Pieces

SCHEMA_VERSION = "1.0"


class Revision(NamedTuple):
    """The state in git that an export was made from; None where git does not know."""

    commit: str | None
    differs: bool | None
    """Whether the records are others than in that commit."""

    @property
    def of_records(self) -> str | None:
        """The commit, if the records are those of it: then a line of it can be looked up."""
        return None if self.differs else self.commit


class Written(NamedTuple):
    """What is known of a file once it is written."""

    path: str
    media_type: str
    size: int
    sha256: str
    rows: int | None
    schema: str | None


def assemble(
    corpus: Corpus,
    formats: Iterable[Format],
    revision: Revision,
    pieces: Pieces | None = None,
) -> Iterator[Artifact]:
    """Yield every file of an export, `manifest.json` and `SHA256SUMS` at the end.

    Each must be taken whole before the next is asked for: the last two say what the others held.
    """
    chosen = tuple(formats)
    pieces = pieces or Pieces(corpus)
    # All of one record at a time: its file is read, and its lines are counted, once.
    pieces.fill_with(dict.fromkeys([_SUMMARY, *(one for each in chosen for one in each.makers)]))
    files = _Files()
    yield files.noted(Artifact("README.md", "text/markdown", iter([readme().encode()])))
    for format_ in chosen:
        for artifact in format_.render(corpus, pieces):
            yield files.noted(artifact)
    manifest = encode(_manifest(pieces, chosen, revision, files.written)) + b"\n"
    yield files.noted(Artifact("manifest.json", "application/json", iter([manifest])))
    yield Artifact("SHA256SUMS", "text/plain", _sums(files.written))


class _Files:
    """Take note of files while somebody else reads them."""

    def __init__(self) -> None:
        self._begun = 0
        self._written: list[Written] = []

    @property
    def written(self) -> list[Written]:
        """Return what is known of the files, sorted by path."""
        if len(self._written) != self._begun:
            raise RuntimeError("a file of the export was asked for before the one before was read")
        return sorted(self._written)

    def noted(self, artifact: Artifact) -> Artifact:
        """Return the same file; once it is read to its end, its size and sum are known."""
        self._begun += 1
        return artifact._replace(chunks=self._counted(artifact))

    def _counted(self, artifact: Artifact) -> Iterator[bytes]:
        size, digest = 0, hashlib.sha256()
        for chunk in artifact.chunks:
            size += len(chunk)
            digest.update(chunk)
            yield chunk
        path, media_type, _, rows, schema = artifact
        self._written.append(Written(path, media_type, size, digest.hexdigest(), rows, schema))


def _sums(written: Iterable[Written]) -> Iterator[bytes]:
    """Write the sums as `sha256sum -c` reads them."""
    for file in written:
        yield f"{file.sha256}  {file.path}\n".encode()


def _manifest(
    pieces: Pieces, formats: Iterable[Format], revision: Revision, written: Iterable[Written]
) -> dict[str, Any]:
    config = pieces.corpus.config
    summaries = [_Summary._make(piece) for _, piece in pieces.each(_SUMMARY)]
    return {
        "schema_version": SCHEMA_VERSION,
        "corpus": {
            "name": config.name,
            "title": config.title,
            "version": config.version,
            "publisher": config.publisher,
            "license": config.license,
            "record_schema": config.schema,
            "published_statuses": list(config.publish),
        },
        "program": {"name": "curate", "version": __version__},
        "git": {"commit": revision.commit, "records_differ": revision.differs},
        "records": _counts(pieces),
        "references": _references(summaries),
        "waivers": _waivers(summaries),
        "not_published": _not_published(pieces.corpus),
        "left_out": {format_.name: dict(format_.left_out) for format_ in formats},
        "files": [_described(file) for file in written],
    }


class _Summary(NamedTuple):
    """What the manifest counts of one record."""

    waived: tuple[str, ...]
    """The rules by which something is accepted in it, one for each place."""
    reference: tuple[bool, str | None, str | None] | None
    """Of a reference: whether it was compared with PubMed, when, and what became of the paper."""


def _make(entry: Entry, _: Corpus, __: None) -> tuple[Any, ...]:
    record = entry.record
    assert record is not None  # noqa: S101 - only readable records are published
    waived = tuple(waiver.rule for waiver in record.waivers for _ in waiver.places)
    if not isinstance(record, Reference):
        return waived, None
    return waived, (record.origin != "by-hand", record.retrieved, record.publication_status)


_SUMMARY: Final = Maker("summary", _make)


def _counts(pieces: Pieces) -> dict[str, dict[str, int]]:
    """Count the published records by kind and status."""
    found = Counter((one.facts.kind, one.facts.status) for one in pieces.published)
    return {
        kind: {
            str(status): found[kind, status]
            for status in ("in_review", "approved", "retired")
            if found[kind, status]
        }
        for kind in KINDS
    }


def _references(summaries: Iterable[_Summary]) -> dict[str, Any]:
    """Count the published references, those that were compared with PubMed, and as of when."""
    references = [one.reference for one in summaries if one.reference is not None]
    verified = [retrieved for is_verified, retrieved, _ in references if is_verified]
    days = sorted(day for day in verified if day is not None)
    counts = Counter(status or "not-known" for _, _, status in references)
    return {
        "total": len(references),
        "verified": len(verified),
        "oldest": days[0] if days else None,
        "newest": days[-1] if days else None,
        "by_publication_status": dict(sorted(counts.items())),
    }


def _waivers(summaries: Iterable[_Summary]) -> dict[str, int]:
    """Count the places at which something is accepted in the published records, by rule."""
    return dict(sorted(Counter(rule for one in summaries for rule in one.waived).items()))


def _not_published(corpus: Corpus) -> list[dict[str, Any]]:
    """List the records that are not exported, such as drafts."""
    return [
        {"record": f"{facts.kind}/{facts.id}", "status": facts.status, "path": facts.path}
        for facts, _ in corpus.known()
        if not corpus.publishes(facts)
    ]


def _described(file: Written) -> dict[str, Any]:
    described = {
        "path": file.path,
        "media_type": file.media_type,
        "bytes": file.size,
        "sha256": file.sha256,
        "rows": file.rows,
        "schema": file.schema,
    }
    return {key: value for key, value in described.items() if value is not None}
