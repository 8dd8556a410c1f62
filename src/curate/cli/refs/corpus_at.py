"""The corpus that a call works on, its references, and how they are written."""

from collections.abc import Iterable
from pathlib import Path

from curate import config, source
from curate.cited import cited
from curate.config import Config
from curate.corpus import Corpus
from curate.disk.write_file import create_file, replace_file
from curate.document import Document
from curate.pipeline import load
from curate.reference_text import path_of, reference_text
from curate.snapshot import ABOUT_THE_ANSWER, Snapshot, snapshot


class Workplace:
    """A corpus on the disk, and its references by PMID."""

    def __init__(self) -> None:
        self.root = config.find_root(Path.cwd())
        self.config: Config = config.load(self.root)
        self.corpus: Corpus = load(source.find(self.root), self.config)

    def cited(self) -> list[int]:
        """Return every PMID that a record leans on, ascending."""
        records = (entry.record for entry in self.corpus.entries if entry.record is not None)
        return sorted({pmid for record in records for _, pmid in cited(record)})

    def known(self, pmid: int) -> bool:
        """Tell whether there is a reference of this PMID, readable or not."""
        return self.corpus.exists("reference", f"pmid-{pmid}")

    def document(self, pmid: int) -> Document | None:
        """Return a reference's file."""
        entry = self.corpus.entry("reference", f"pmid-{pmid}")
        return None if entry is None else entry.document

    def facts(self, pmid: int) -> Snapshot:
        """Return what a reference says now, as far as a machine writes it."""
        document = self.document(pmid)
        return snapshot((document and document.value) or {})

    def write(self, facts: Snapshot) -> str:
        """Write a reference, whole or not at all; return its path."""
        old = self.document(facts["pmid"])
        text = reference_text(facts, old).encode()
        if old is None:
            path = path_of(facts["pmid"])
            create_file(self.root / path, text)
        else:
            path = old.path
            replace_file(self.root / path, (self.root / path).read_bytes(), text)
        return path


def changes(before: Snapshot, after: Snapshot) -> list[str]:
    """Say in which fields two snapshots of a paper differ; what is about the answer is left out."""
    return [
        f"{name.replace('_', ' ')}: {_shown(before.get(name))} → {_shown(after.get(name))}"
        for name in dict.fromkeys([*after, *before])
        if name not in ABOUT_THE_ANSWER and _plain(before.get(name)) != _plain(after.get(name))
    ]


def _plain(value: object) -> object:
    """Leave out the editors' notes, which no answer has."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if key != "note"}
    return value


def _shown(value: object) -> str:
    if value in (None, [], ""):
        return "nothing"
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    if isinstance(value, dict):
        return " ".join(str(item) for key, item in value.items() if key != "note")
    return str(value)


def listed(pmids: Iterable[int]) -> str:
    """Write PMIDs one after the other."""
    return ", ".join(map(str, pmids))
