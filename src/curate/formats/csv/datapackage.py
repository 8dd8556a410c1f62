"""Describe the tables as a Data Package, version 2 (https://datapackage.org)."""

from typing import Any

from curate.corpus import Corpus
from curate.tables.column import Column
from curate.tables.table import Table
from curate.tables.tables import tables

_PROFILES = "https://datapackage.org/profiles/2.0"


def datapackage(corpus: Corpus) -> dict[str, Any]:
    """Return the descriptor of a corpus's tables."""
    config = corpus.config
    described = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": config.name,
        "title": config.title,
        "version": config.version,
        "licenses": [{"name": config.license}] if config.license else None,
        "contributors": [{"title": config.publisher}] if config.publisher else None,
        "resources": [_resource(table) for table in tables()],
    }
    return {key: value for key, value in described.items() if value}


def _resource(table: Table) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.text,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    described: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(name, column) for name, column in table.columns.items()],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    keys = [
        {
            "fields": [name],
            # Within one table, Table Schema writes its name as nothing.
            "reference": {
                "resource": "" if column.refers_to == table.name else column.refers_to,
                "fields": ["id"],
            },
        }
        for name, column in table.columns.items()
        if column.refers_to is not None
    ]
    return {**described, "foreignKeys": keys} if keys else described


def _field(name: str, column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if column.required:
        limits["required"] = True
    if column.choices:
        limits["enum"] = list(column.choices)
    field = {"name": name, "type": column.type, "description": column.text}
    return {**field, "constraints": limits} if limits else field
