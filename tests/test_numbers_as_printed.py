"""Every number of every record leaves as it was printed, in every format."""

import csv
import io
import itertools
import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from curate import config, source
from curate.corpus import Corpus
from curate.document import number_text
from curate.finding import Where, pointer
from curate.formats import format_names, load_format
from curate.pipeline import load
from curate.tables.tables import tables
from full_corpus import corpus_of, full_values
from html_site import anchors, by_id, parsed, shown

ROOT = Path(__file__).parent.parent
P_VALUE = re.compile(r"(<|<=|>|>=)(0\.[0-9]+)")
WORD = re.compile(r"(?<![\w.])-?[0-9]+(?:\.[0-9]+)?")
PARTS = ("outcomes", "adverse_events", "claims")
# Where a FHIR resource comes from holds line numbers, which are no numbers of the record.
ORIGIN = re.compile(r"<li><b>Source</b>.*?</li>")


def numbers(value: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Yield every number of a value with its place, as it is printed; `<0.001` is one too."""
    if isinstance(value, dict | list):
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        for step, item in steps:
            yield from numbers(item, (*where, step))
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield where, number_text(value)
    elif isinstance(value, str) and P_VALUE.fullmatch(value):
        yield where, value


Files = dict[str, bytes]


def files(corpus: Corpus, name: str) -> Files:
    return {item.path: b"".join(item.chunks) for item in load_format(name).render(corpus)}


def json_misses(corpus: Corpus, written: Files) -> Iterator[str]:
    """Look at the very place: in the corpus file and in the record's own."""
    whole = exact(written["json/corpus.json"])
    found = {
        item["source"]["path"]: item["data"]
        for items in whole["records"].values()
        for item in items
    }
    for entry in corpus.published():
        own = exact(written[f"json/{entry.path.removeprefix('records/')[:-5]}.json"])["data"]
        for where, text in numbers(entry.document.value):
            if not at(found[entry.path], where) == at(own, where) == text:
                yield f"{entry.path} {pointer(where)}: {text}"


def csv_misses(corpus: Corpus, written: Files) -> Iterator[str]:
    """Look for a cell in a row of the record whose place the number is in."""
    rows = [
        row
        for path, data in written.items()
        if path.endswith(".csv")
        for row in csv.DictReader(io.StringIO(data.decode(), newline=""))
    ]
    yield from row_misses(corpus, rows)


def row_misses(corpus: Corpus, rows: list[dict[str, str]]) -> Iterator[str]:
    of: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        of.setdefault(row["source_path"], []).append(row)
    for entry in corpus.published():
        for where, text in numbers(entry.document.value):
            if not any(holds(row, where, text) for row in of[entry.path]):
                yield f"{entry.path} {pointer(where)}: {text}"


def holds(row: dict[str, str], where: Where, text: str) -> bool:
    """Tell whether a row is of the place, and has the number in the column named for it."""
    here = pointer(where)
    if here == row["pointer"]:
        return text in row.values()
    if not here.startswith(f"{row['pointer']}/"):
        return False
    column = here.removeprefix(row["pointer"])[1:].replace("/", "_")
    return row.get(column) == text


def sqlite_misses(corpus: Corpus, written: Files) -> Iterator[str]:
    """Look in the tables as for CSV; a number with decimals is in the printed twin."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(written["sqlite/corpus.db"])
    with closing(connection):
        rows = [printed(row) for table in tables() for row in selected(connection, table.name)]
    yield from row_misses(corpus, rows)


def selected(connection: sqlite3.Connection, name: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - our own name
    columns = [column[0] for column in cursor.description]
    for values in cursor:
        yield dict(zip(columns, values, strict=True))


def parquet_misses(corpus: Corpus, written: Files) -> Iterator[str]:
    rows: list[dict[str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.parquet")
        for data in written.values():
            path.write_bytes(data)
            found = duckdb.sql(f"SELECT * FROM '{path}'")  # noqa: S608 - our own path
            rows += [
                printed(dict(zip(found.columns, row, strict=True))) for row in found.fetchall()
            ]
    yield from row_misses(corpus, rows)


def printed(row: dict[str, Any]) -> dict[str, str]:
    """Return a row's texts; of a column with a printed twin, the twin's."""
    return {
        name: str(row.get(f"{name}_printed", value))
        for name, value in row.items()
        if not name.endswith("_printed")
    }


def fhir_misses(corpus: Corpus, written: Files) -> Iterator[str]:
    """Look for each number in what was made of the record."""
    bundle = exact(written["fhir/bundle.json"])
    said: dict[str, set[str]] = {}
    for entry in bundle["entry"]:
        resource = entry["resource"]
        path = resource["identifier"][1]["value"].partition(":")[0]
        said.setdefault(path, set()).update(words(resource))
    for entry in corpus.published():
        for where, text in numbers(entry.document.value):
            number = text.lstrip("<>=")
            comparator = text.removesuffix(number)
            found = said[entry.path]
            if number not in found or (comparator and comparator not in found):
                yield f"{entry.path} {pointer(where)}: {text}"


def html_misses(corpus: Corpus, written: Files) -> Iterator[str]:
    """Look in the row of the result or in the claim that the number is of, or on its page."""
    for entry in corpus.published():
        assert entry.record is not None
        page = parsed(written[f"html/{entry.record.folder}/{entry.record.id}.html"])
        parts = {id_: set(WORD.findall(shown(by_id(page, id_)))) for id_ in anchors(page)}
        for where, text in numbers(entry.document.value):
            around = "main"
            if where[0] in PARTS and "pmid" not in str(where):
                around = at(entry.document.value, where[:2])["id"]
            number = text.lstrip("<>=")
            if number not in parts[around]:
                yield f"{entry.path} {pointer(where)}: {text}"


def words(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from words(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from words(item, key)
    elif key == "comparator":
        yield value
    elif isinstance(value, str) and not value.startswith("records/"):
        yield from WORD.findall(ORIGIN.sub("", value) if key == "div" else value)


def exact(data: bytes) -> Any:
    """Read JSON with every number as its text."""
    return json.loads(data, parse_float=str, parse_int=str)


def at(value: Any, where: Where) -> Any:
    for step in where:
        value = value[step]
    return value


LOOK = {
    "json": json_misses,
    "csv": csv_misses,
    "sqlite": sqlite_misses,
    "parquet": parquet_misses,
    "fhir": fhir_misses,
    "html": html_misses,
}


def test_every_format_is_looked_at() -> None:
    # Pictures show what can share an axis; that it is as printed, test_plots holds.
    assert LOOK.keys() | {"plots"} == set(format_names())


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load(source.find(ROOT), config.load(ROOT))


@pytest.mark.parametrize("name", LOOK)
def test_every_number_of_every_record_here_is_in_every_format(shipped: Corpus, name: str) -> None:
    seen = sum(1 for entry in shipped.published() for _ in numbers(entry.document.value))
    assert seen > 500
    assert list(LOOK[name](shipped, files(shipped, name))) == []


@pytest.fixture(scope="module")
def unmistakable() -> Corpus:
    """Return a corpus in which every number is another, and ends in 0 where it has decimals."""
    decimals = (Decimal(f"0.{number}0") for number in itertools.count(301))
    whole = itertools.count(1901)
    values = full_values()

    def replaced(value: Any, where: Where) -> Any:
        if isinstance(value, dict):
            # A reference is known by its number, which changes here: what replaces it, too.
            return {
                key: replaced(item, (*where, key))
                for key, item in value.items()
                if key != "replaced_by"
            }
        if isinstance(value, list):
            return [replaced(item, (*where, index)) for index, item in enumerate(value)]
        if isinstance(value, bool):
            return value
        if where[-1] == "p":
            return f"<{next(decimals)}"
        if isinstance(value, int):
            return next(whole)
        return next(decimals) if isinstance(value, Decimal) else value

    return corpus_of({path: replaced(value, ()) for path, value in values.items()})


@pytest.mark.parametrize("name", LOOK)
def test_every_number_that_a_record_can_hold_is_in_every_format(
    unmistakable: Corpus, name: str
) -> None:
    found = [
        text for entry in unmistakable.published() for _, text in numbers(entry.document.value)
    ]
    assert len(list(unmistakable.published())) == 5
    assert len(found) > 40
    assert len(set(found)) == len(found)
    assert list(LOOK[name](unmistakable, files(unmistakable, name))) == []


@pytest.mark.parametrize("name", LOOK)
def test_a_number_that_lost_a_digit_is_noticed(name: str) -> None:
    before, after = (
        corpus_of({"records/measures/vas.yaml": MEASURE | {"minimum": Decimal(printed)}})
        for printed in ("4.30", "4.3")
    )
    assert list(LOOK[name](before, files(before, name))) == []
    assert list(LOOK[name](before, files(after, name))) == [
        "records/measures/vas.yaml /minimum: 4.30"
    ]


MEASURE = {"id": "vas", "title": "A scale", "status": "in_review"}
