"""Of which files each term is, noted as the files become known."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from curate.facts import Facts, Holder


class Terms:
    """The files of each term."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[Holder, ...]] = {}
        self._more: defaultdict[str, list[Holder]] = defaultdict(list)
        """Those beside the first, of terms that several files have."""
        self.readable: set[str | None] = set()
        """The kinds of which a record can be read."""

    def add(self, known: Sequence[Facts]) -> None:
        """Note the terms of some files."""
        files, more = self._files, self._more
        for facts in known:
            if facts.readable:
                self.readable.add(facts.kind)
            alone = (facts,)
            for term in facts.terms:
                # Nearly every term is of one file, whose terms then share what is held of it.
                if files.setdefault(term, alone) is not alone:
                    more[term].append(facts)

    def files(self) -> Mapping[str, tuple[Holder, ...]]:
        """Return the files of each term, in the order of their paths."""
        for term, more in self._more.items():
            known = (*self._files[term], *more)
            self._files[term] = tuple(sorted(known, key=lambda file: file.path))
        self._more.clear()
        return self._files
