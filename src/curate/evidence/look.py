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
    exceeds: bool
    """Whether a count is above the number analysed, or stands without one."""


def look(study: Study) -> Look:
    """Return what all results have; kept until another study is asked about."""
    if not _kept or _kept[0][0] is not study:
        _kept[:] = [(study, _gathered(study))]
    return _kept[0][1]


_kept: list[tuple[Study, Look]] = []


def _gathered(study: Study) -> Look:
    titles, sizes, exceeds = [], [], False
    for one in all_results(study):
        titles.append(one.title)
        analysed, available, count = one.analysed or 0, one.available, one.count
        sizes.append(analysed)
        if available is not None:
            sizes.append(available)
        if count is not None and (count > analysed or one.analysed is None):
            exceeds = True
    return Look("\n".join(titles).lower(), max(sizes, default=0), exceeds)
