"""Mend the records of a corpus, and keep only what leaves them with no finding that they had not.

Nothing is written here: what comes out is each file's bytes before and after. The whole corpus is
checked again with the mended files in it. A fix after which a record that could be read has a new
finding is taken back; in one that could not be read, what comes to light was there before. A guess
is also taken back where the rules object to what it wrote. A record is tidied once
nothing is left to mend in it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from curate.corpus import Corpus
from curate.document import Fault
from curate.fault import Rename
from curate.finding import Finding, Severity, Span, pointer
from curate.fix import apply, fix
from curate.pipeline import mendable
from curate.report import Report
from curate.source import Source
from curate.tidy import tidied
from curate.workspace import Workspace

T = TypeVar("T")
_MOST_ROUNDS = 5
"""How often it is looked for more, since mending a field's name shows what lies in it."""


class Mended(NamedTuple):
    """A record's bytes before and after."""

    path: str
    old: bytes
    new: bytes


class Mending(NamedTuple):
    """What mending made of a corpus: the files that change, and how many fixes and guesses."""

    files: tuple[Mended, ...]
    fixes: int
    guesses: int
    tidied: int
    """How many records got another order of fields or another layout."""
    report: Report
    """What a check of the mended corpus finds."""
    corpus: Corpus


def mend(
    workspace: Workspace,
    texts: Mapping[str, bytes],
    *,
    fixes: bool = True,
    guesses: bool = False,
    tidy: bool = False,
) -> Mending:
    """Mend the files of a workspace whose texts are given; it holds the mended ones afterwards."""
    work = _Work(workspace, dict(texts))
    for _ in range(_MOST_ROUNDS):
        done = (fixes and work.fix()) + (guesses and work.guess())
        # A text that was laid out anew may be one that more can be mended in.
        if not done and not (tidy and work.tidy()):
            break
    files = [Mended(path, texts[path], new) for path, new in work.texts.items()]
    return Mending(
        tuple(file for file in files if file.old != file.new),
        work.fixes,
        work.guesses,
        len(work.tidied),
        workspace.report(),
        workspace.corpus,
    )


class _Candidate(NamedTuple):
    """One guess, and the file that it is for."""

    path: str
    fault: Fault


class _Work:
    """The texts as they are now, and how much was mended."""

    def __init__(self, workspace: Workspace, texts: dict[str, bytes]) -> None:
        self.workspace = workspace
        self.texts = texts
        self.fixes = 0
        self.guesses = 0
        self.tidied: set[str] = set()
        self._looked_at: dict[str, bytes] = {}
        """The texts as tidying left them: what is not laid out at a glance takes milliseconds."""

    def fix(self) -> int:
        """Mend what is safe, file by file; return how many faults were mended."""
        found = self._mendable("safe")
        fixed = {path: fix(path, self.texts[path], faults) for path, faults in found.items()}
        changed = [path for path, one in fixed.items() if one.names]

        def texts(paths: list[str]) -> dict[str, bytes]:
            return {path: fixed[path].data for path in paths}

        kept = self._keep(changed, texts, guessed=False)
        count = sum(len(fixed[path].names) for path in kept)
        self.fixes += count
        return count

    def guess(self) -> int:
        """Write what was likely meant, guess by guess; return how many were kept."""
        found = self._mendable("unsafe")
        candidates = [_Candidate(path, fault) for path, faults in found.items() for fault in faults]
        possible = [one for one in candidates if apply(one.path, self.texts[one.path], [one.fault])]

        def texts(chosen: list[_Candidate]) -> dict[str, bytes] | None:
            by_path: defaultdict[str, list[Fault]] = defaultdict(list)
            for one in chosen:
                by_path[one.path].append(one.fault)
            new = {path: apply(path, self.texts[path], by_path[path]) for path in by_path}
            sound = {path: data for path, data in new.items() if data is not None}
            return sound if len(sound) == len(new) else None

        kept = self._keep(possible, texts, guessed=True)
        self.guesses += len(kept)
        return len(kept)

    def tidy(self) -> int:
        """Put fields in order and lay records out; return in how many that changed anything."""
        open_ = {
            path: data for path, data in self.texts.items() if self._looked_at.get(path) != data
        }
        new = {path: tidied(path, data) for path, data in open_.items()}
        changed = [path for path, data in new.items() if data != self.texts[path]]

        def texts(paths: list[str]) -> dict[str, bytes]:
            return {path: new[path] for path in paths}

        kept = self._keep(changed, texts, guessed=False)
        self.tidied.update(kept)
        self._looked_at = dict(self.texts)
        return len(kept)

    def _mendable(self, how: str) -> dict[str, list[Fault]]:
        """Return what can be mended in each file."""
        report = self.workspace.report()
        paths = {
            found.path for found in report.standing if found.fix == how and found.path in self.texts
        }
        return {
            path: [
                fault
                for fault in mendable(self.workspace.corpus, path)
                if (fault.edit if how == "safe" else fault.guess) is not None
            ]
            for path in sorted(paths)
        }

    def _keep(
        self,
        candidates: list[T],
        texts: Callable[[list[T]], dict[str, bytes] | None],
        *,
        guessed: bool,
    ) -> list[T]:
        """Take over the candidates that are sound together, trying ever smaller halves.

        Those of the second half are tried on top of what was kept of the first.
        """
        kept: list[T] = []

        def take(some: list[T]) -> None:
            together = texts([*kept, *some])
            if together is not None and self._is_sound(together, some if guessed else ()):
                kept.extend(some)
            elif len(some) > 1:
                take(some[: len(some) // 2])
                take(some[len(some) // 2 :])

        if candidates:
            take(candidates)
        for path, data in (texts(kept) or {}).items() if kept else ():
            self.texts[path] = data
            self.workspace.put(Source(path, data))
        return kept

    def _is_sound(self, new: dict[str, bytes], guesses: Iterable[object]) -> bool:
        """Tell whether files could be written so: nothing is found then that was not before."""
        before = self.workspace.report()
        read = {entry.path for entry in self.workspace.corpus.entries if entry.record is not None}
        for path, data in new.items():
            self.workspace.put(Source(path, data))
        after = self.workspace.report()
        for path in new:
            self.workspace.put(Source(path, self.texts[path]))
        came = _came(before, after)
        # What could not be read before may bring to light what is wrong in the files around it.
        spoken_for = read if read.issuperset(new) else read & set(new)
        places = {(one.path, _place(one.fault)) for one in guesses if isinstance(one, _Candidate)}
        return not any(
            found.path in spoken_for or (found.path, found.pointer) in places for found in came
        )


def _came(before: Report, after: Report) -> list[Finding]:
    """Return the findings that were not there before, but for notices, which ask for nothing."""
    old = Counter(map(_key, before.findings))
    came = []
    for found in after.findings:
        if old[_key(found)]:
            old[_key(found)] -= 1
        elif found.severity is not Severity.NOTICE:
            came.append(found)
    return came


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.name, finding.pointer


def _place(fault: Fault) -> str:
    """Return where a guess writes, as findings name it."""
    where = fault.where
    if isinstance(where, Span):
        return ""
    if isinstance(fault.guess, Rename):
        where = (*where[:-1], fault.guess.name)
    return pointer(where)
