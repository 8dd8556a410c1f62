"""Find the way back from a value of an export to the file, the line and the papers it is from.

Nothing but the export is read: what it says of itself must be enough.
"""

from pathlib import Path

from curate.refusal import Refusal
from curate.tracing.in_database import trace_in_database
from curate.tracing.in_fhir import trace_in_fhir
from curate.tracing.in_json import trace_in_json
from curate.tracing.in_page import trace_in_page
from curate.tracing.in_table import trace_in_table
from curate.tracing.reading import read_json
from curate.tracing.trail import Trail


def trace(path: Path, where: str) -> Trail:
    """Return where a place of an exported file is from.

    `where` is a JSON Pointer or, in a bundle, a resource's id; in a CSV file a row, with or without
    a column (`12`, `12:count`, `E12`, `horisawa-2019#all:count`); in a database that after the
    table (`outcomes:12:count`); in a page of the site what stands behind `#` in its address.
    """
    if not path.is_file():
        raise Refusal(f"There is no file {path}.")
    if path.suffix == ".csv":
        return trace_in_table(path, where)
    if path.suffix == ".html":
        return trace_in_page(path, where)
    if path.suffix == ".db":
        return trace_in_database(path, where)
    value = read_json(path)
    if isinstance(value, dict) and value.get("resourceType") == "Bundle":
        return trace_in_fhir(path, value, where)
    return trace_in_json(path, value, where)


__all__ = ["Trail", "trace"]
