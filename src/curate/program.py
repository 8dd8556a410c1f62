"""Know whether the files of the program are still those that this process was started from."""

from collections.abc import Iterable

from curate import identity
from curate.watch import CONTENT, NAMES, Unwatched, Watch, hold_local


class Program:
    """The program as it is when this is made: before anything else of it is imported."""

    def __init__(self) -> None:
        self.told_by = _watch(identity.places())
        """What becomes readable when a file changes; None where that has to be looked at."""
        self._digest = identity.program()

    def imported(self) -> None:
        """Forget that Python has made folders for what it compiles: all is imported now."""
        if self.told_by is not None:
            notices = self.told_by.notices()
            if any(one.name != "__pycache__" for one in notices):
                raise Unwatched("a file was edited meanwhile")
        identity.known = self._digest

    def has_changed(self) -> bool:
        """Tell whether any file is another one now."""
        if self.told_by is not None:
            return self.told_by.has_notices()
        identity.known = None
        now, identity.known = identity.program(), self._digest
        return now != self._digest


def _watch(places: Iterable[tuple[str, bool]]) -> Watch | None:
    """Watch files and folders, or none of them where not all can be."""
    try:
        watch = Watch()
    except Unwatched:
        return None
    try:
        for path, is_folder in places:
            watch.add(path, NAMES if is_folder else CONTENT)
            if is_folder:
                hold_local(path)
    except (Unwatched, OSError):
        watch.close()
        return None
    return watch
