"""Parquet is written on request, with the rows and values of the other tables."""

import sys
from pathlib import Path

import duckdb
import pytest

from curate import config, source
from curate.corpus import Corpus
from curate.formats import format_names, load_format
from curate.formats.parquet import LEFT_OUT, render
from curate.pipeline import load
from curate.refusal import Refusal
from curate.tables.tables import tables
from full_corpus import corpus_of, full_values

ROOT = Path(__file__).parent.parent


def written(corpus: Corpus) -> dict[str, bytes]:
    return {artifact.path: b"".join(artifact.chunks) for artifact in render(corpus)}


def test_every_table_is_a_file_with_its_rows(tmp_path: Path) -> None:
    corpus = load(source.find(ROOT), config.load(ROOT))
    assert LEFT_OUT == {}
    artifacts = list(render(corpus))
    assert [artifact.path for artifact in artifacts] == [
        f"parquet/{table.name}.parquet" for table in tables()
    ]
    file = tmp_path / "table.parquet"
    for artifact, table in zip(artifacts, tables(), strict=True):
        file.write_bytes(b"".join(artifact.chunks))
        found = duckdb.sql(f"SELECT * FROM '{file}'")  # noqa: S608 - our own path
        assert len(found) == artifact.rows
        keys = [tuple(row) for row in found.project(*table.key).fetchall()]
        wanted = [
            tuple(dict(zip(table.columns, row, strict=True))[name] for name in table.key)
            for entry in corpus.published()
            for row in table.values(corpus, entry)
        ]
        assert keys == wanted


def test_numbers_can_be_computed_with_and_keep_their_digits(tmp_path: Path) -> None:
    file = tmp_path / "outcomes.parquet"
    file.write_bytes(written(corpus_of(full_values()))["parquet/outcomes.parquet"])
    found = duckdb.sql(f"SELECT mean, mean_printed, count, p FROM '{file}'")  # noqa: S608
    assert [str(type_) for type_ in found.types] == ["DOUBLE", "VARCHAR", "BIGINT", "VARCHAR"]
    assert found.fetchall() == [(0.3, "0.30", 1, "0.0360")]


def test_the_same_records_give_the_same_bytes() -> None:
    assert written(corpus_of(full_values())) == written(corpus_of(full_values()))


def test_it_is_written_only_on_request() -> None:
    needs = {name: load_format(name).extra for name in format_names()}
    assert needs["parquet"] == "parquet"


def test_without_duckdb_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Refusal, match=r"pip install 'curate\[parquet\]'"):
        list(render(corpus_of(full_values())))
