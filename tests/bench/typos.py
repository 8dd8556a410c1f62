"""Mistype one digit of the shipped corpus at a time, and count how many the checks catch.

Every number of every study is mistyped once in each digit, and so is every number of a claim. A
typo is caught where a finding appears that was not there before; the records that a record is
linked with are checked beside it. Prints Markdown; with --write it goes into CONTRIBUTING.md.
"""

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from curate.config import Config
from curate.corpus import Corpus, Entry
from curate.document import number_text
from curate.evidence.prose import located
from curate.finding import Where
from curate.pipeline import check, load
from curate.source import Source, find

ROOT = Path(__file__).parents[2]
CONFIG = Config(name="typos", publish=("in_review",))
PAGE = ROOT / "CONTRIBUTING.md"
PASSAGE = re.compile(r"(<!-- bench: typos -->\n).*?(<!-- end of bench -->)", re.DOTALL)


class Typo(NamedTuple):
    """One wrong digit: the kind of field it stands in, its file, and the file's bytes with it."""

    field: str
    path: str
    data: bytes


def main(arguments: list[str]) -> None:
    """Print how many typos are caught in each kind of field."""
    sources = [item for item in find(ROOT) if isinstance(item, Source)]
    corpus = load(sources, CONFIG)
    data = {source.path: source.data for source in sources}
    near = _neighbours(corpus)
    before = {entry.path: _findings(near[entry.path], data) for entry in corpus.entries}
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    by: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for typo in _typos(corpus):
        found = _findings(near[typo.path], data | {typo.path: typo.data}) - before[typo.path]
        made[typo.field] += 1
        caught[typo.field] += bool(found)
        by[typo.field].update({name for _, name, _ in found})
    table = "".join(_rows(made, caught, by))
    sys.stdout.write(table)
    if "--write" in arguments:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(PASSAGE.sub(lambda part: part[1] + table + part[2], text), encoding="utf-8")


def _rows(made: Counter[str], caught: Counter[str], by: dict[str, Counter[str]]) -> Iterator[str]:
    yield "| field | typos | caught | mostly by |\n|---|---|---|---|\n"
    for field, count in made.most_common():
        rules = ", ".join(f"`{name}`" for name, _ in by[field].most_common(2))
        yield f"| {field} | {count} | {100 * caught[field] / count:.0f} % | {rules} |\n"
    total = made.total()
    yield f"| all | {total} | {100 * caught.total() / total:.0f} % | |\n"


def _neighbours(corpus: Corpus) -> dict[str, list[str]]:
    """Return for each file those that it links to or is linked from, and what those link to."""
    ways: defaultdict[str, set[str]] = defaultdict(set)
    for entry in corpus.entries:
        for link in corpus.links(entry.record) if entry.record is not None else ():
            other = corpus.entry(link.kind, link.id)
            if other is not None:
                ways[entry.path].add(other.path)
        reference = _reference(corpus, entry)
        if reference is not None:
            ways[entry.path].add(reference)
    back: defaultdict[str, set[str]] = defaultdict(set)
    for path, others in ways.items():
        for cited in others:
            back[cited].add(path)
    near: dict[str, list[str]] = {}
    for entry in corpus.entries:
        first = {entry.path} | ways[entry.path] | back[entry.path]
        near[entry.path] = sorted(first.union(*(ways[path] for path in first)))
    return near


def _reference(corpus: Corpus, entry: Entry) -> str | None:
    pmid = getattr(entry.record, "pmid", None)
    found = corpus.entry("reference", f"pmid-{pmid}")
    return found.path if found is not None else None


def _findings(paths: list[str], data: dict[str, bytes]) -> set[tuple[str, str, str]]:
    report = check(load([Source(path, data[path]) for path in paths], CONFIG))
    return {
        (found.path, found.name, found.pointer or "")
        for found in report.findings
        if found.waived is None and found.severity != "notice"
    }


def _typos(corpus: Corpus) -> Iterator[Typo]:
    chance = random.Random(6)  # noqa: S311 - typos, not secrets
    for entry in corpus.entries:
        if entry.record is None or entry.kind in {"reference", "measure"}:
            continue
        lines = entry.document.text.split("\n")
        for where, value in _leaves(entry.document.value, ()):
            field = _field(entry, where)
            if field is None:
                continue
            span = entry.document.span(where)
            line = lines[span.line - 1]
            start = span.column - 1
            for at in _digits(value, line[start:]):
                place = start + at
                digit = chance.choice([one for one in "0123456789" if one != line[place]])
                wrong = [*lines]
                wrong[span.line - 1] = line[:place] + digit + line[place + 1 :]
                yield Typo(field, entry.path, "\n".join(wrong).encode())


def _leaves(value: Any, where: Where) -> Iterator[tuple[Where, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*where, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*where, index))
    else:
        yield where, value


def _field(entry: Entry, where: Where) -> str | None:
    """Name the kind of field that a value stands in, or None where it holds no figure."""
    names = [step for step in where if isinstance(step, str)]
    if entry.kind != "study":
        return "a claim's text" if names == ["claims", "text"] else _PMID.get(names[-1])
    if names[0] in {"outcomes", "adverse_events"}:
        return _RESULT.get(names[-1])
    if names[0] == "groups":
        return "enrolled" if names[-1] == "enrolled" else None
    if names[0] == "follow_up":
        return "the study's follow-up"
    return _PMID.get(names[-1]) if names[0] == "pmid" else None


_PMID = {"pmid": "PMID of a study", "pmids": "PMID of a claim"}
_RESULT = {
    "analysed": "analysed, available",
    "available": "analysed, available",
    "count": "count",
    "percent": "percent",
    "mean": "mean, median, value",
    "median": "mean, median, value",
    "value": "mean, median, value",
    "sd": "SD, SE",
    "se": "SD, SE",
    **dict.fromkeys(("q1", "q3", "min", "max"), "quartiles, range"),
    **dict.fromkeys(("low", "high"), "interval"),
    "p": "p-value",
    "follow_up": "time of a result",
}


def _digits(value: Any, written: str) -> Iterator[int]:
    """Yield the places of the digits of a value as it is written."""
    if isinstance(value, str) and " " in value and not value[0].isdigit():
        for start, mention in located(value):
            if mention.text[0].isdigit() and value in written:
                first = written.index(value) + start
                yield from (first + at for at, one in enumerate(mention.text) if one.isdigit())
        return
    text = number_text(value) if isinstance(value, int | Decimal) else str(value)
    if isinstance(value, bool) or text not in written:
        return
    first = written.index(text)
    yield from (first + at for at, one in enumerate(text) if one.isdigit())


if __name__ == "__main__":
    main(sys.argv[1:])
