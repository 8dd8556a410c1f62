"""Read `records/seeds.toml`: where each statement of a corpus's first documents went."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from curate.refusal import Refusal
from curate.source import COMPANION, RECORDS

FILE = f"{RECORDS}/{COMPANION}"
WENT = ("carried", "corrected", "not-carried")


class Statement(NamedTuple):
    """One statement of a document, and what became of it."""

    id: str
    says: str
    """What it says, in a few words of our own."""
    went: str
    how: str
    """What is different in the records, or why they do not say it."""
    to: tuple[str, ...] = ()
    """What says it now: `procedures/vim-dbs`, or with `#` a claim or another part of a record."""


class Seed(NamedTuple):
    """One document that the corpus was begun from."""

    id: str
    title: str
    case: str
    """The folder where what is wrong with it is marked."""
    statements: tuple[Statement, ...]


def read_seeds(root: Path) -> tuple[Seed, ...]:
    """Return the documents of the corpus at `root`; a corpus without the file began from none."""
    path = root / FILE
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refusal(f"{path} is not TOML: {error}.") from error
    return tuple(_seed(document, path) for document in _tables(table, "document", path))


def renamed(text: str, old: str, new: str) -> str:
    """Return the text of the file with a record, `studies/bond-2017`, or a part of one renamed."""
    return _links_to(old).sub(rf"\g<1>{new}", text)


def lines_about(text: str, name: str) -> Iterator[int]:
    """Yield the lines that name a record, or a part of one."""
    for number, line in enumerate(text.split("\n"), 1):
        if _links_to(name).search(line):
            yield number


def _links_to(name: str) -> re.Pattern[str]:
    # A record is also named before a # and its part; a part has nothing behind it.
    return re.compile(rf"""(["']){re.escape(name)}(?=["'#])""")


def _seed(document: dict[str, Any], path: Path) -> Seed:
    statements = tuple(_statement(claim, path) for claim in _tables(document, "claim", path))
    id_, title, case = (_text(document, key, path) for key in ("id", "title", "case"))
    return Seed(id_, title, case, statements)


def _statement(claim: dict[str, Any], path: Path) -> Statement:
    id_, says, went, how = (_text(claim, key, path) for key in ("id", "says", "went", "how"))
    if went not in WENT:
        raise Refusal(f"{path}: `went` of {id_} is one of {', '.join(WENT)}.")
    to = claim.get("to", [])
    if not isinstance(to, list) or not all(isinstance(link, str) for link in to):
        raise Refusal(f"{path}: `to` of {id_} is a list of texts.")
    if went == "carried" and not to:
        raise Refusal(f"{path}: {id_} is carried, so `to` must say where.")
    return Statement(id_, says, went, how, tuple(to))


def _tables(table: dict[str, Any], key: str, path: Path) -> list[dict[str, Any]]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Refusal(f"{path}: write each {key} as `[[...]]`, a table of a list.")
    return found


def _text(table: dict[str, Any], key: str, path: Path) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise Refusal(f"{path}: {table.get('id', 'a table')} needs `{key}`, a text in quotes.")
    return value
