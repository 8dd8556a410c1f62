"""The tables' definitions in SQL, from what is known of their columns."""

from collections.abc import Iterator

from curate.tables.column import Column
from curate.tables.table import Table

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}
_LINKED = ("id", "record", "pointer", "source_path", "source_commit")
_NO_TEXTS = frozenset(("pmid", "pmids", "status", "code", "doi", "pmcid", "orcid", "p", "effect_p"))


def create_statements(table: Table) -> Iterator[str]:
    """Yield the statements that make a table and the indexes of its foreign keys."""
    lines: list[str] = []
    for name, column in table.columns.items():
        lines.extend(_definitions(name, column))
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    yield f"CREATE TABLE {_quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"
    for name, column in table.columns.items():
        if column.refers_to is not None:
            index = _quoted(f"{table.name}_by_{name}")
            yield f"CREATE INDEX {index} ON {_quoted(table.name)} ({_quoted(name)})"


def search_statements(table: Table) -> Iterator[str]:
    """Yield the statements that make and fill the full-text index of a table with texts."""
    texts = [name for name, column in table.columns.items() if _is_text(name, column)]
    if not texts:
        return
    index, names = _quoted(f"{table.name}_fts"), ", ".join(map(_quoted, texts))
    yield (
        f"CREATE VIRTUAL TABLE {index} USING fts5 ({names}, content={_quoted(table.name)}, "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    yield f"INSERT INTO {index} ({index}) VALUES ('rebuild')"  # noqa: S608 - our own names
    yield f"INSERT INTO {index} ({index}) VALUES ('optimize')"  # noqa: S608 - likewise


def is_printed(column: Column) -> bool:
    """Tell whether a column's numbers may have decimals, whose digits only a text keeps."""
    return column.type == "number"


def _definitions(name: str, column: Column) -> Iterator[str]:
    needed = " NOT NULL" if column.required else ""
    quoted = _quoted(name)
    if is_printed(column):
        printed = _quoted(f"{name}_printed")
        yield f"{printed} TEXT{needed}"
        yield f"{quoted} REAL GENERATED ALWAYS AS (CAST({printed} AS REAL)) VIRTUAL"
        return
    limit = ""
    if column.choices:
        words = ", ".join(f"'{word}'" for word in column.choices)
        limit = f" CHECK ({quoted} IN ({words}))"
    elif column.type == "boolean":
        limit = f" CHECK ({quoted} IN (0, 1))"
    link = "" if column.refers_to is None else f" REFERENCES {_quoted(column.refers_to)} (id)"
    yield f"{quoted} {_TYPES.get(column.type, 'TEXT')}{needed}{limit}{link}"


def _is_text(name: str, column: Column) -> bool:
    """Tell whether a column holds words to look for, and no name, word of a list, link or place."""
    return (
        column.type == "string"
        and not column.choices
        and column.refers_to is None
        and name not in _LINKED
        and name not in _NO_TEXTS
    )


def _quoted(name: str) -> str:
    return f'"{name}"'
