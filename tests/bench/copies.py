"""Write a corpus of copies of the shipped records: as long, as dense, and as often waived.

Each copy has ids, PMIDs, DOIs, PMCIDs and words of its titles to itself, and links to its own like.
The same size gives the same bytes.
"""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

from curate.kinds import FOLDERS

SHIPPED = Path(__file__).parents[2]
_PMID = re.compile(r"\b(?:pmid: |pmid-|- )([0-9]{7,8})$", re.MULTILINE)
_LINE = re.compile(r"(?P<before> *(?:- )?(?:(?P<key>\w+): )?)(?P<value>\S+)")
_LINKING = {None, "id", "measure", "parent", "replaced_by"}
_FIRST_PMID = 10_000_000


def write(folder: Path, size: int) -> dict[str, list[Path]]:
    """Write whole copies until there are at least `size` records; return their files by kind."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(SHIPPED / "curate.toml", folder)
    texts = {path: path.read_text("utf-8") for path in sorted(SHIPPED.glob("records/*/*.yaml"))}
    ids = {path.stem for path in texts}
    pmids = sorted({pmid for text in texts.values() for pmid in _PMID.findall(text)})
    written: dict[str, list[Path]] = {kind: [] for kind in FOLDERS.values()}
    for number in range(-(-size // len(texts))):
        copy = _Copy(number, ids, {pmid: at for at, pmid in enumerate(pmids)})
        for path, text in texts.items():
            name = copy.line(f"id: {path.stem}").removeprefix("id: ")
            target = folder / "records" / path.parent.name / f"{name}.yaml"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("\n".join(map(copy.line, text.split("\n"))), encoding="utf-8")
            written[FOLDERS[path.parent.name]].append(target)
    return written


class _Copy(NamedTuple):
    """One copy of all records."""

    number: int
    ids: set[str]
    """Those of the shipped records."""
    pmids: dict[str, int]
    """Theirs, each with a number."""

    def line(self, line: str) -> str:
        """Return a line as this copy has it."""
        if line.startswith("title: "):
            ending = chr(97 + self.number // 26) + chr(97 + self.number % 26)
            return "title: " + re.sub(r"\b[A-Za-z]{6,}\b", lambda word: word[0] + ending, line[7:])
        found = _LINE.fullmatch(line)
        if found is None:
            return line
        before, key, value = found.group("before", "key", "value")
        is_inner = key == "id" and before.startswith(" ")
        return line if is_inner else before + self._value(key, value)

    def _value(self, key: str | None, value: str) -> str:
        paper = value.removeprefix("pmid-")
        if paper in self.pmids and (key in {None, "pmid"} or value != paper):
            own = _FIRST_PMID + self.number * len(self.pmids) + self.pmids[paper]
            return value.replace(paper, str(own))
        if key == "doi":
            return f"{value}.{self.number}"
        if key == "pmcid":
            return f"PMC{int(value[3:]) % 100_000}{self.number:04}"
        name, hash_, result = value.partition("#")
        if key in _LINKING and name in self.ids:
            return f"{name}-{self.number}{hash_}{result}"
        return value
