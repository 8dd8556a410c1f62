"""Run marked YAML: a small corpus with the findings that it must raise written into it.

A finding is marked by a comment line right below the line that it stands on: `# ^ rule-name`, the
`^` under the column where it starts, or `#< rule-name` where that is column 1. Several markers may
follow one line. The markers are taken out before the files are checked.

In a rule's docstring a fenced block holds several files, each after a line `# records/…`;
`# records/a.yaml -> b.yaml` makes a symbolic link. What cannot be seen or printed is written as
⟨U+202E⟩ (a character), ⟨0xFF⟩ (a byte), ⟨*9⟩ (the character before, nine times) or ⟨EOF⟩ (the file
ends here, without a line end).

`python tests/examples.py FOLDER…` prints what the corpus in a folder raises, as marked YAML.
"""

import re
import sys
import tempfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from curate.config import Config
from curate.corpus import Corpus
from curate.finding import Finding
from curate.mending import Mending, mend
from curate.pipeline import check, load
from curate.source import Source, find
from curate.workspace import Workspace

CONFIG = Config(name="examples", publish=("in_review", "approved"), max_reference_age="12 mo")
"""What a corpus of examples says of itself: as the one that is shipped, what is in review too."""

_FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADER = re.compile(r"# (records/.+?)(?: -> (.+))?")
_MARKER = re.compile(r" *#(?: *(\^)|<) *([a-z]+(?:-[a-z0-9]+)*) *")
_TIMES = re.compile(r"(.)⟨\*([0-9]+)⟩")
_UNSEEN = re.compile(r"⟨(?:U\+([0-9A-F]{4,6})|0x([0-9A-F]{2})|EOF)⟩")


class Mark(NamedTuple):
    """One finding, as a marker gives it."""

    path: str
    line: int
    column: int
    name: str


class File(NamedTuple):
    """One file as it is marked: its path, its text, and where it leads if it is a link."""

    path: str
    marked: str
    link: str | None = None

    @property
    def lines(self) -> list[str]:
        """The file's lines without the markers."""
        return [line for line in _lines(self.marked) if not _MARKER.fullmatch(line)]

    @property
    def data(self) -> bytes:
        """The bytes that are checked."""
        text = "".join(f"{line}\n" for line in self.lines)
        text = text.split("⟨EOF⟩", 1)[0]
        text = _TIMES.sub(lambda token: token[1] * int(token[2]), text)
        return _UNSEEN.sub(_unseen, text).encode("utf-8", "surrogateescape")

    @property
    def marks(self) -> list[Mark]:
        """The findings that are marked."""
        found: list[Mark] = []
        number, last = 0, ""
        for line in _lines(self.marked):
            marker = _MARKER.fullmatch(line)
            if marker is None:
                number, last = number + 1, line
                continue
            column = marker.start(1) + 1 if marker[1] else 1
            name = str(marker[2])
            found.append(Mark(self.path, max(number, 1), _written(last, column), name))
        return found


def blocks(doc: str, heading: str) -> list[str]:
    """Return the fenced YAML below a heading such as `Bad:` in a rule's docstring."""
    parts = re.split(r"^([A-Z][a-z]+:)$", doc, flags=re.MULTILINE)
    bodies = (
        body for title, body in zip(parts[1::2], parts[2::2], strict=True) if title == heading
    )
    return [block for body in bodies for block in _FENCE.findall(body)]


def fixed_pairs(doc: str) -> list[tuple[str, str]]:
    """Return each `Bad:` that a `Fixed:` follows, with what `--fix` is to make of it."""
    return _pairs(doc, "Fixed")


def guessed_pairs(doc: str) -> list[tuple[str, str]]:
    """Return each `Bad:` that a `Guessed:` follows: what `--fix --unsafe-fixes` makes of it."""
    return _pairs(doc, "Guessed")


def _pairs(doc: str, heading: str) -> list[tuple[str, str]]:
    parts = re.split(r"^([A-Z][a-z]+):$", doc, flags=re.MULTILINE)[1:]
    titled = list(zip(parts[::2], parts[1::2], strict=True))
    found: list[tuple[str, str]] = []
    for (title, body), (after, mended) in pairwise(titled):
        if after == heading:
            if title != "Bad":
                raise ValueError(f"{heading} stands after {title}, not after Bad")
            found.extend(zip(_FENCE.findall(body), _FENCE.findall(mended), strict=True))
    return found


def mended(files: Iterable[File], *, guesses: bool) -> Mending:
    """Mend the files as one corpus."""
    plain = [file for file in files if file.link is None]
    texts = {file.path: file.data for file in plain}
    sources = [Source(path, data) for path, data in sorted(texts.items())]
    return mend(Workspace(sources, CONFIG), texts, guesses=guesses)


def files_of(block: str) -> list[File]:
    """Split a fenced block into its files."""
    files: list[File] = []
    for line in _lines(block):
        header = _HEADER.fullmatch(line)
        if header is not None:
            files.append(File(str(header[1]), "", header[2]))
        elif files:
            last = files.pop()
            files.append(last._replace(marked=f"{last.marked}{line}\n"))
        else:
            raise ValueError(f"the example must begin with `# records/…`, not with {line!r}")
    return files


def files_in(folder: Path) -> list[File]:
    """Read the marked files of a folder that holds `records/`."""
    paths = sorted(path for path in (folder / "records").rglob("*") if path.is_file())
    return [
        File(path.relative_to(folder).as_posix(), path.read_bytes().decode("utf-8"))
        for path in paths
    ]


def corpus_of(files: Iterable[File]) -> Corpus:
    """Load the files as one corpus."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for file in files:
            path = root / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            if file.link is not None:
                path.symlink_to(file.link)
            else:
                path.write_bytes(file.data)
        return load(find(root), CONFIG)


def findings(files: Iterable[File]) -> list[Finding]:
    """Check the files as one corpus, with all rules; return what no waiver accepts."""
    report = check(corpus_of(files))
    return [finding for finding in report.findings if finding.waived is None]


def raised(files: Iterable[File]) -> list[Mark]:
    """Return what the files raise, in the order of marks."""
    return sorted(
        Mark(finding.path, finding.span.line, finding.span.column, finding.name)
        for finding in findings(files)
    )


def expected(files: Iterable[File]) -> list[Mark]:
    """Return what is marked in the files, sorted."""
    return sorted(mark for file in files for mark in file.marks)


def marked(file: File, marks: Iterable[Mark]) -> str:
    """Return the file's text with these markers, as an author would write them."""
    out = ["" if file.link is None else f"-> {file.link}\n"]
    mine = [mark for mark in marks if mark.path == file.path]
    for number, line in enumerate(file.lines or [""], 1):
        out.append(f"{line}\n")
        for mark in (mark for mark in mine if mark.line == number):
            column = _shown(line, mark.column)
            out.append(f"{_pointing_at(column)} {mark.name}\n")
    return "".join(out)


def _lines(text: str) -> list[str]:
    """Split at line feeds only: a file may hold other line ends on purpose."""
    return text.removesuffix("\n").split("\n") if text else []


def _pointing_at(column: int) -> str:
    """Return the start of a marker for a column."""
    if column <= len("#^"):
        return ("#<", "#^")[column - 1]
    return f"{'#':>{column - 2}} ^"


def _unseen(token: re.Match[str]) -> str:
    """Return what a token stands for; a lone byte as Python escapes it."""
    return chr(int(token[1], 16)) if token[1] else chr(0xDC00 + int(token[2], 16))


def _written(line: str, column: int) -> int:
    """Return the column in the file that stands under a column of the marked text."""
    before = line[: column - 1]
    return column - sum(len(token[0]) - 1 for token in _UNSEEN.finditer(before))


def _shown(line: str, column: int) -> int:
    """Return the column of the marked text for a column of the file."""
    for token in _UNSEEN.finditer(line):
        if token.start() + 1 < column:
            column += len(token[0]) - 1
    return column


def _say(folders: Iterable[Path]) -> None:
    """Print what the corpora in these folders raise, as marked YAML."""
    for folder in folders:
        files = files_in(folder)
        found = findings(files)
        marks = [
            Mark(finding.path, finding.span.line, finding.span.column, finding.name)
            for finding in found
        ]
        for file in files:
            sys.stdout.write(f"# {file.path}\n{marked(file, marks)}\n")
        for finding in found:
            line, column = finding.span[:2]
            sys.stdout.write(f"{finding.path}:{line}:{column} {finding.name}: ")
            sys.stdout.write(f"{finding.message} {finding.help}\n")


if __name__ == "__main__":
    _say([Path(name) for name in sys.argv[1:]])
