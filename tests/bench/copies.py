"""Write a corpus of copies of the shipped records: as long, as dense, and as often waived.

Each copy has ids, PMIDs, DOIs, PMCIDs and words of its titles to itself, and links to its own like.
The same size gives the same bytes.
"""

import re
import shutil
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

SHIPPED = Path(__file__).parents[2]
KINDS = {
    "conditions": "condition",
    "measures": "measure",
    "procedures": "procedure",
    "references": "reference",
    "studies": "study",
}
_LINE = re.compile(r"(?P<before> *(?:- )?(?:(?P<key>\w+): )?)(?P<value>\S+)")
_LINKING = {None, "id", "measure", "parent", "replaced_by"}
_FIRST_PMID = 10_000_000


def write(folder: Path, size: int) -> dict[str, list[Path]]:
    """Write whole copies until there are at least `size` records; return their files by kind."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(SHIPPED / "curate.toml", folder)
    written: dict[str, list[Path]] = {kind: [] for kind in KINDS.values()}
    texts = {path: path.read_text("utf-8") for path in sorted(SHIPPED.glob("records/*/*.yaml"))}
    pmids = sorted({*re.findall(r"\b(?:pmid: |pmid-|- )([0-9]{7,8})$", *_joined(texts))})
    ids = {path.stem for path in texts}
    for number in count():
        if sum(map(len, written.values())) >= size:
            return written
        say = partial(_line, ids, {pmid: at for at, pmid in enumerate(pmids)}, number)
        for path, text in texts.items():
            name = _id(path.stem, say)
            copy = folder / "records" / path.parent.name / f"{name}.yaml"
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text("\n".join(map(say, text.split("\n"))), encoding="utf-8")
            written[KINDS[path.parent.name]].append(copy)
    raise AssertionError


def _joined(texts: dict[Path, str]) -> tuple[str, int]:
    return "\n".join(texts.values()), re.MULTILINE


def _id(stem: str, say: Callable[[str], str]) -> str:
    return say(f"id: {stem}").removeprefix("id: ")


def _line(ids: set[str], pmids: dict[str, int], number: int, line: str) -> str:
    """Return a line of a copy, by its number."""
    if line.startswith("title: "):
        ending = chr(97 + number // 26) + chr(97 + number % 26)
        return "title: " + re.sub(r"\b[A-Za-z]{6,}\b", lambda word: word[0] + ending, line[7:])
    found = _LINE.fullmatch(line)
    if found is None:
        return line
    before, key, value = found.group("before", "key", "value")
    return before + _value(ids, pmids, number, key, value, is_inner=before.startswith(" "))


def _value(  # noqa: PLR0913 - what a value depends on
    ids: set[str],
    pmids: dict[str, int],
    number: int,
    key: str | None,
    value: str,
    *,
    is_inner: bool,
) -> str:
    paper = value.removeprefix("pmid-")
    if paper in pmids and (key in {None, "pmid"} or value != paper):
        value = value.replace(paper, str(_FIRST_PMID + number * len(pmids) + pmids[paper]))
    elif key == "doi":
        value = f"{value}.{number}"
    elif key == "pmcid":
        value = f"PMC{int(value[3:]) % 100_000}{number:04}"
    elif key in _LINKING and not (key == "id" and is_inner):
        name, hash_, result = value.partition("#")
        if name in ids:
            value = f"{name}-{number}{hash_}{result}"
    return value
