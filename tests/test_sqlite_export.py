"""The database is the tables of the CSV format: typed, linked, searchable, the same every time."""

import csv
import io
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from curate import config, source
from curate.corpus import Corpus
from curate.formats.csv import render as render_csv
from curate.formats.sqlite import LEFT_OUT, render
from curate.pipeline import load
from curate.tables.cell import unguard
from curate.tables.tables import tables
from full_corpus import corpus_of, full_values, perturbed

ROOT = Path(__file__).parent.parent


def database(corpus: Corpus) -> bytes:
    (artifact,) = render(corpus)
    return b"".join(artifact.chunks)


def opened(corpus: Corpus) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database(corpus))
    connection.row_factory = sqlite3.Row
    return connection


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load(source.find(ROOT), config.load(ROOT))


@pytest.fixture
def here(shipped: Corpus) -> Iterator[sqlite3.Connection]:
    with closing(opened(shipped)) as connection:
        yield connection


@pytest.fixture
def full() -> Iterator[sqlite3.Connection]:
    with closing(opened(corpus_of(full_values()))) as connection:
        yield connection


@pytest.mark.no_cover  # some hundred corpora that differ in one value each
def test_every_field_is_in_the_database_or_said_to_be_left_out() -> None:
    before = database(corpus_of(full_values()))
    lost = {name for name, values in perturbed() if database(corpus_of(values)) == before}
    assert lost == LEFT_OUT.keys()


def test_the_database_is_whole_and_every_link_leads_somewhere(
    here: sqlite3.Connection, full: sqlite3.Connection
) -> None:
    for connection in (here, full):
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_it_holds_what_the_csv_tables_hold(here: sqlite3.Connection, shipped: Corpus) -> None:
    files = {artifact.path: b"".join(artifact.chunks).decode() for artifact in render_csv(shipped)}
    for table in tables():
        rows = csv.DictReader(io.StringIO(files[f"csv/{table.name}.csv"], newline=""))
        stored = here.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid')  # noqa: S608
        for row, held in zip(rows, stored, strict=True):
            for name, text in row.items():
                column = table.columns[name]
                value = held[f"{name}_printed" if column.type == "number" else name]
                if column.type == "boolean" and value is not None:
                    value = "true" if value else "false"
                assert unguard(text) == ("" if value is None else str(value))


def test_numbers_can_be_computed_with_and_keep_their_digits(full: sqlite3.Connection) -> None:
    row = full.execute(
        "SELECT mean, mean_printed, typeof(mean) AS number, typeof(mean_printed) AS text, "
        "typeof(count) AS whole FROM outcomes"
    ).fetchone()
    assert tuple(row) == (0.3, "0.30", "real", "text", "integer")


def test_columns_have_their_types_keys_links_and_words(full: sqlite3.Connection) -> None:
    links = full.execute("PRAGMA foreign_key_list(outcomes)").fetchall()
    assert {(link["from"], link["table"], link["to"]) for link in links} >= {
        ("study", "studies", "id"),
        ("group", "groups", "id"),
        ("measure", "measures", "id"),
    }
    columns = {row["name"]: row for row in full.execute("PRAGMA table_xinfo(outcomes)")}
    assert columns["id"]["pk"] == 1
    assert columns["title"]["notnull"] == 1
    assert [columns[name]["type"] for name in ("count", "mean", "title")] == [
        "INTEGER",
        "REAL",
        "TEXT",
    ]
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        full.execute("UPDATE claims SET about = 'gossip'")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        full.execute("INSERT INTO synonyms SELECT * FROM synonyms")


def test_texts_are_found_by_their_words_accents_or_not(here: sqlite3.Connection) -> None:
    find = "SELECT id, text FROM claims WHERE rowid IN (SELECT rowid FROM claims_fts(?))"
    found = here.execute(find, ("tremor",)).fetchall()
    assert found
    assert all("tremor" in row["text"].casefold() for row in found)
    author = "SELECT author FROM reference_authors WHERE rowid IN (SELECT rowid FROM {}(?))"
    assert here.execute(author.format("reference_authors_fts"), ("gunduz",)).fetchall()


def test_every_index_names_its_table_as_datasette_looks_for_it(here: sqlite3.Connection) -> None:
    query = "SELECT name, sql FROM sqlite_master WHERE sql LIKE '%VIRTUAL TABLE%'"
    indexes = {row["name"]: row["sql"] for row in here.execute(query)}
    assert {"claims_fts", "studies_fts", "outcomes_fts", "waivers_fts"} <= indexes.keys()
    for name, sql in indexes.items():
        assert f'content="{name.removesuffix("_fts")}"' in sql


def test_the_corpus_is_described(here: sqlite3.Connection) -> None:
    row = here.execute("SELECT * FROM corpus").fetchone()
    assert (row["name"], row["license"]) == ("functional-neurosurgery", "CC0-1.0")


PROGRAM = """
import sys
from pathlib import Path
from curate import config, source
from curate.pipeline import load
from test_sqlite_export import ROOT, database
sys.stdout.buffer.write(database(load(source.find(ROOT), config.load(ROOT))))
"""


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_the_same_records_give_the_same_bytes(shipped: Corpus, seed: str) -> None:
    environment = os.environ | {
        "PYTHONPATH": str(Path(__file__).parent),
        "PYTHONHASHSEED": seed,
        "TZ": "Pacific/Kiritimati",
    }
    call = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(call, env=environment, check=True, capture_output=True)
    assert done.stdout == database(shipped)


def test_the_bytes_do_not_name_the_library_that_wrote_them(shipped: Corpus) -> None:
    written = int.from_bytes(database(shipped)[96:100], "big")
    assert written == 3_031_000 != sqlite3.sqlite_version_info
