"""What rules first look at in all results of a study, gathered in one go.

In nearly every record a first look is enough, and several rules begin with the same one.
"""

from typing import NamedTuple

from curate.kinds.study import Study
from curate.results import all_results


class Look(NamedTuple):
    """What all results of a study have, taken together."""

    titles: str
    """Their titles in small letters, one a line."""
    largest: int
    """The most that were analysed or available; 0 where none says."""


def look(study: Study) -> Look:
    """Return what all results have; kept until another study is asked about."""
    if not _kept or _kept[0][0] is not study:
        _kept[:] = [(study, _gathered(study))]
    return _kept[0][1]


_kept: list[tuple[Study, Look]] = []


def _gathered(study: Study) -> Look:
    found = all_results(study)
    sizes = [one.analysed or 0 for one in found]
    sizes += [one.available or 0 for one in found]
    return Look(
        "\n".join([one.title for one in found]).lower(),
        max(sizes, default=0),
    )
