"""`curate trace`: find the way back from an exported value to its file, line and papers."""

from pathlib import Path

import click


@click.command("trace", short_help="Find where an exported value is from.")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("where", required=False)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text to read, or JSON for programs.",
)
def command(file: Path, where: str | None, output_format: str) -> None:
    """Print the record, the file and line, and the PMIDs that a value of an export is from.

    WHERE is a JSON Pointer in a JSON file; a resource's id or a JSON Pointer in a FHIR bundle; in a
    CSV file a row, with or without a column: 12, 12:count, E12 or horisawa-2019#all:enrolled; in
    the SQLite file the same after the table: outcomes:12:count; in a page of the site what stands
    behind # in its address: score-12-mo. It may also be joined to the file by a colon:
    outcomes.csv:12, or as in an address: horisawa-2019.html#score-12-mo.
    """
    # A call for help must not wait for what only tracing needs.
    from curate.cli.common import write  # noqa: PLC0415
    from curate.json_text import encode  # noqa: PLC0415
    from curate.printable import printable  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.tracing import trace  # noqa: PLC0415

    if where is None and not file.exists():
        name, _, where = file.name.partition("#" if ".html#" in file.name else ":")
        file = file.with_name(name) if name else file
    if not where:
        raise Refusal(f"Say which place of {file} is meant; see `curate trace --help`.")
    trail = trace(file, where)
    if output_format == "json":
        write([encode(trail.object()).decode() + "\n"])
    else:
        write(f"{printable(line)}\n" for line in trail.lines())
