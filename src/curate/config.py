"""Read `curate.toml`, which stands at the root of a corpus and says what it is."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from curate.refusal import Refusal
from curate.suggest import did_you_mean

FILE = "curate.toml"


class Config(NamedTuple):
    """What a corpus says of itself; every key of `[corpus]` in curate.toml."""

    name: str
    """A short name for file names and identifiers, in lower case."""
    title: str = "A corpus of medical knowledge"
    version: str = "0.1.0"
    """The corpus's own version; the schemas and the program have theirs."""
    schema: int = 1
    """The version of the record format that the corpus is written in."""
    publisher: str = ""
    license: str = ""
    """The licence of the records, as an SPDX identifier."""
    base_url: str = ""
    """The address below which the exported FHIR resources are known; none means urn:uuid."""
    publish: tuple[str, ...] = ("approved",)
    """The statuses that are exported."""
    email: str = ""
    """Whom PubMed may write to when `curate refs` asks too much of it."""
    max_reference_age: str = ""
    """How old a snapshot of PubMed may be, such as `12 mo`; none means any age."""
    require_references: bool = False
    """Whether a PMID without a reference is an error even before there is any reference."""
    tidy: bool = True
    """Whether `curate validate --fix` also sorts fields and lays records out."""
    baseline: str = ""
    """The file, from the root, that lists the findings which `curate validate` accepts."""


SCHEMA_VERSION = 1
_AGE = re.compile(r"[1-9][0-9]{0,4} (d|wk|mo|a)")
PUBLISHABLE = ("in_review", "approved", "retired")
"""The statuses that a corpus may export; a draft never is."""


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds a curate.toml."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise Refusal(
        f"There is no {FILE} in {start} or above it; run `curate init` in the folder of a corpus."
    )


def load(root: Path) -> Config:
    """Read the configuration of the corpus at `root`."""
    path = root / FILE
    try:
        return parse(path.read_bytes(), path)
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from error


def parse(data: bytes, path: Path | str) -> Config:
    """Read the text of a configuration; the path is what a refusal names."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refusal(f"{path} is not TOML: {error}.") from error
    _only(table, ("corpus",), path)
    corpus = table.get("corpus", {})
    _only(corpus, Config._fields, path)
    return _checked({key: _typed(key, value, path) for key, value in corpus.items()}, path)


def _only(table: Any, known: tuple[str, ...], path: Path | str) -> None:
    if not isinstance(table, dict):
        raise Refusal(f"{path}: `[corpus]` must be a table.")
    for key in table:
        if key not in known:
            guess = did_you_mean(key, known)
            raise Refusal(f"{path}: there is no setting `{key}`. {guess}".rstrip())


def _typed(key: str, value: Any, path: Path | str) -> Any:
    if key == "publish":
        if not isinstance(value, list) or not all(item in PUBLISHABLE for item in value):
            raise Refusal(f"{path}: `publish` is a list of {', '.join(PUBLISHABLE)}.")
        return tuple(value)
    if key == "schema":
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refusal(f"{path}: `schema` must be a whole number.")
        return value
    if key in {"require_references", "tidy"}:
        if not isinstance(value, bool):
            raise Refusal(f"{path}: `{key}` must be true or false.")
        return value
    if not isinstance(value, str):
        raise Refusal(f"{path}: `{key}` must be a text in quotes.")
    return value.rstrip("/") if key == "base_url" else value


def _checked(settings: dict[str, Any], path: Path | str) -> Config:
    if not settings.get("name"):
        raise Refusal(f"{path}: `name` is missing; give the corpus a short name in lower case.")
    config = Config(**settings)
    if config.schema > SCHEMA_VERSION:
        raise Refusal(
            f"{path}: the records are written for schema {config.schema}, this program knows "
            f"{SCHEMA_VERSION}; install a newer curate."
        )
    if config.base_url and not config.base_url.startswith(("https://", "http://")):
        raise Refusal(f"{path}: `base_url` must start with https://.")
    if config.max_reference_age and not _AGE.fullmatch(config.max_reference_age):
        raise Refusal(
            f"{path}: `max_reference_age` is a number, a space and a unit: d, wk, mo or a (years), "
            "such as `12 mo`."
        )
    return config
