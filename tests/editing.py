"""Edit a corpus as people do: write, change, rename, delete and put back records, in any order.

The texts are those of the rules' own examples and some that are broken, so that every rule has
something to find, and the same few ids are written, cited and taken away again and again.
"""

from collections import defaultdict
from typing import TypeAlias

from hypothesis import strategies as st

from curate.rules import all_rules
from curate.source import Obstacle, Source, too_large
from examples import blocks, files_of

Step: TypeAlias = tuple[Source | Obstacle | str, ...]
"""What happens between two reports: files that are written, and paths that are deleted."""


def _examples() -> list[list[Source]]:
    found = []
    for rule in all_rules():
        for block in (*blocks(rule.doc, "Bad:"), *blocks(rule.doc, "Good:")):
            files = [file for file in files_of(block) if file.link is None]
            found.append([Source(file.path, file.data) for file in files])
    return found


EXAMPLES = _examples()


def _variants() -> dict[str, list[Source | Obstacle]]:
    texts: defaultdict[str, dict[bytes, None]] = defaultdict(dict)
    for example in EXAMPLES:
        for path, data in example:
            texts[path][data] = None
            texts[path][data.replace(b"status: in_review", b"status: draft")] = None
            texts[path][data.replace(b"status: in_review", b"status: retired")] = None
            texts[path][data.replace(b"title:", b"tilte:", 1)] = None
            texts[path][data[: len(data) // 2]] = None
    found: dict[str, list[Source | Obstacle]] = {
        path: [Source(path, data) for data in several] for path, several in texts.items()
    }
    for path, several in found.items():
        several.append(too_large(path))
    return found


VARIANTS = _variants()
_PATHS = sorted(VARIANTS)
_OFTEN = sorted(_PATHS, key=lambda path: -len(VARIANTS[path]))[:15]


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    """Draw what is done to an empty corpus."""
    whole = st.sampled_from(EXAMPLES).map(tuple)
    path = st.one_of(st.sampled_from(_OFTEN), st.sampled_from(_PATHS))
    text = path.flatmap(lambda path: st.sampled_from(VARIANTS[path]))
    one = st.one_of(text.map(_alone), path.map(_alone), _renamed(), whole)
    several = st.lists(text | path, min_size=2, max_size=4).map(tuple)
    return draw(st.lists(one | several, min_size=2, max_size=8))


def apply(files: dict[str, Source | Obstacle], step: Step) -> None:
    """Do one step to the files of a corpus, by path."""
    for change in step:
        if isinstance(change, str):
            files.pop(change, None)
        else:
            files[change.path] = change


def _alone(change: Source | Obstacle | str) -> Step:
    return (change,)


def _renamed() -> st.SearchStrategy[Step]:
    """Move a text to another file of its folder, as it is: its id then differs from its name."""

    def moved(example: list[Source], index: int, name: str) -> Step:
        old = example[index % len(example)]
        folder = old.path.rpartition("/")[0]
        return old.path, Source(f"{folder}/{name}.yaml", old.data)

    names = st.sampled_from(["horisawa-2019", "copied", "Thalamotomy", "thalamotomy", "a-copy"])
    return st.builds(moved, st.sampled_from(EXAMPLES), st.integers(0, 5), names)
