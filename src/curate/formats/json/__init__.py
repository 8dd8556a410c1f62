"""JSON: the whole corpus in one file with a published schema, and one file a record."""

from collections.abc import Iterator
from typing import Any

from curate.artifact import Artifact, gathered
from curate.corpus import Corpus, Entry
from curate.formats.json.csl import reference_item
from curate.formats.json.layout import SCHEMA_VERSION, record_object, with_commit
from curate.formats.json.schema import export_schema
from curate.json_text import encode, indented
from curate.kinds import KINDS
from curate.kinds.reference import Reference
from curate.pieces import Maker, Pieces, Task, packed, unpacked
from curate.record import Record

LEFT_OUT: dict[str, str] = {}

_JSON = "application/json"
_SCHEMA = "json/export.schema.json"

_CONTRACT = """\
| file | holds |
|---|---|
| `json/corpus.json` | every published record, by kind, one record on a line |
| `json/<folder>/<id>.json` | one record: the same object as in `corpus.json` |
| `json/export.schema.json` | the JSON Schema (2020-12) of `corpus.json`; a record's file fits its \
`$defs` |
| `json/references.csl.json` | the references as CSL-JSON, for citation processors |

A record's object has:

- `kind` and `id`, which together name it, `status`, and `source`: the file in the corpus, the line
  that the record starts on, and the git commit;
- `data`: the record as its editors wrote it. What a source does not print is absent, never null,
  zero or empty. Numbers have the digits that the source prints, `4.30` included: read them with a
  parser that keeps them (Python: `json.load(file, parse_float=decimal.Decimal)`);
- `lines`: for every value in `data`, by JSON Pointer, the line of `source.path` that it stands on;
- `pmids`: the papers that the record rests on, under the empty JSON Pointer, and those of each part
  that names its own, such as a claim; any other part rests on those of the part around it;
- `waived`: what is accepted although it is missing or odd, by JSON Pointer: the name of the rule,
  and `waiver`, the pointer to the reason, the person and the date.

`schema_version` is the version of this layout. The second number rises when something is added,
the first when a reader of the old layout could break.
"""


def _make(entry: Entry, _: Corpus, __: None) -> tuple[bytes, tuple[bytes, bytes] | None]:
    """Return a record's object, and a reference as an item of CSL-JSON."""
    item = reference_item(entry) if isinstance(entry.record, Reference) else None
    return packed(record_object(entry)), item


RECORD = Maker("json", _make)
MAKERS = (RECORD,)


def contract() -> str:
    """Return what readers can rely on, as Markdown."""
    return _CONTRACT


def render(corpus: Corpus, pieces: Pieces | None = None) -> Iterator[Artifact]:
    """Yield the corpus file, its schema, the references as CSL-JSON, and a file a record."""
    pieces = pieces or Pieces(corpus)
    yield Artifact("json/corpus.json", _JSON, gathered(_corpus(pieces)), schema=_SCHEMA)
    yield Artifact(_SCHEMA, "application/schema+json", _text(export_schema()))
    csl = "application/vnd.citationstyles.csl+json"
    yield Artifact("json/references.csl.json", csl, gathered(_list(_items(pieces))))
    for one in pieces.published:
        folder, name = one.path.removesuffix(".yaml").split("/")[1:]
        schema = f"{_SCHEMA}#/$defs/{one.facts.kind}-record"
        chunks = _record(pieces, one.path)
        yield Artifact(f"json/{folder}/{name}.json", _JSON, chunks, schema=schema)


def _corpus(pieces: Pieces) -> Iterator[bytes]:
    """Write the corpus file record by record, so that it is never held whole."""
    config = pieces.corpus.config
    head = {
        "name": config.name,
        "title": config.title,
        "version": config.version,
        "publisher": config.publisher,
        "license": config.license,
    }
    said = {key: value for key, value in head.items() if value}
    yield b'{\n"schema_version": ' + encode(SCHEMA_VERSION)
    yield b',\n"corpus": ' + encode(said, indent=None)
    yield b',\n"records": {'
    before = b"\n"
    for kind in sorted(KINDS.values(), key=_folder):
        yield before + encode(kind.folder) + b": "
        paths = (one.path for one in pieces.published if one.facts.kind == kind.kind)
        yield from _list(_object(pieces, path) for path in paths)
        before = b",\n"
    yield b"}\n}\n"


def _folder(kind: type[Record]) -> str:
    return kind.folder


def _record(pieces: Pieces, path: str) -> Iterator[bytes]:
    yield indented(_object(pieces, path)) + b"\n"


def _object(pieces: Pieces, path: str) -> bytes:
    """Return the object of a record on one line."""
    text, _ = pieces.of(Task(path, RECORD))
    return with_commit(unpacked(text), "commit", pieces.corpus.commit)


def _items(pieces: Pieces) -> Iterator[bytes]:
    for one in pieces.published:
        if one.facts.kind == Reference.kind:
            _, item = pieces.of(Task(one.path, RECORD))
            yield with_commit(item, "source_commit", pieces.corpus.commit)


def _text(value: Any) -> Iterator[bytes]:
    yield encode(value) + b"\n"


def _list(items: Iterator[bytes]) -> Iterator[bytes]:
    """Write a list, one item on a line."""
    before = b"[\n"
    for item in items:
        yield before + item
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


__all__ = ["LEFT_OUT", "MAKERS", "contract", "export_schema", "render"]
