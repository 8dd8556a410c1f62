"""`curate refs import`: take references from a file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.counted import counted

if TYPE_CHECKING:
    from curate.citation_files import Entry
    from curate.cli.refs.corpus_at import Workplace


@click.command("import", short_help="Take references from a file.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Also papers that no record cites.")
def command(file: Path, *, everything: bool) -> int:
    """Take the papers that the records cite from FILE: no key and no network is needed.

    FILE is what PubMed exports (.nbib; Send to: Citation manager), or RIS (.ris) or CSL-JSON
    (.json) from PubMed or a reference manager. Only .nbib says whether a paper was retracted or
    corrected; an entry that does not say so never replaces one that does.

    Exit code: 0 all is written, 1 an entry could not be taken, 2 the file cannot be read.
    """
    # A call for help must not wait for what only the work needs.
    from curate.citation_files import read  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.cli.refs.corpus_at import Workplace  # noqa: PLC0415

    place = Workplace()
    wanted = set(place.cited()) | set(place.corpus.references_by_pmid)
    written = failed = left = 0
    for entry in list(read(file)):
        if entry.pmid is None:
            failed += 1
            write([f"{_said(entry)}: the entry gives no PMID, so it was not taken.\n"])
        elif not everything and entry.pmid not in wanted:
            left += 1
        elif _takes(place, entry):
            written += 1
        else:
            failed += 1
    more = f", {left} cited by no record and left out (--all takes them)" if left else ""
    write([f"{counted(written, 'reference')} written, {failed} not{more}\n"])
    return 1 if failed else 0


def _takes(place: "Workplace", entry: "Entry") -> bool:
    """Write one reference, or say why it stays as it is."""
    from curate.abstracts import Abstracts, folder  # noqa: PLC0415 - see above
    from curate.cli.common import write  # noqa: PLC0415
    from curate.cli.refs.corpus_at import changes  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.snapshot import snapshot  # noqa: PLC0415
    from curate.today import today  # noqa: PLC0415

    pmid = entry.facts["pmid"]
    before = place.facts(pmid)
    if "publication_status" in before and "publication_status" not in entry.facts:
        write([f"{_said(entry)}: the file does not say whether the paper still stands; kept.\n"])
        return False
    facts = snapshot({**entry.facts, "origin": "imported", "retrieved": today().isoformat()})
    try:
        write([f"wrote {place.write(facts)}: {facts.get('title')}\n"])
    except Refusal as error:
        write([f"{_said(entry)}: {error}\n"])
        return False
    write(f"  {change}\n" for change in (changes(before, facts) if before else ()))
    if "\n" in entry.text.strip():
        Abstracts(folder()).put(pmid, entry.text)
    return True


def _said(entry: "Entry") -> str:
    return f"PMID {entry.pmid}" if entry.pmid is not None else f"“{entry.name}”"
