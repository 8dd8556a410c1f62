"""What rules first look at in all results of a study, gathered in one go.

In nearly every record a first look is enough, and several rules begin with the same one.
"""

from typing import NamedTuple

from curate.kinds.study import Study
from curate.results import all_results


class Look(NamedTuple):
    """What all results of a study have, taken together."""

    titles: str
    """Their titles in small letters, each once, one a line."""
    repeats: bool
    """Whether two of them have the same id."""
    groups: frozenset[str]
    """The groups that they are of."""
    times: frozenset[str | None]
    """When they were observed; None where one does not say."""
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
    titles, ids, groups, times, sizes = set(), set(), set(), set(), {0}
    exceeds = False
    found = all_results(study)
    for one in found:
        titles.add(one.title)
        ids.add(one.id)
        groups.add(one.group)
        times.add(one.follow_up)
        analysed, available, count = one.analysed or 0, one.available, one.count
        sizes.add(analysed)
        if available is not None:
            sizes.add(available)
        if count is not None and (count > analysed or one.analysed is None):
            exceeds = True
    return Look(
        "\n".join(titles).lower(),
        len(ids) < len(found),
        frozenset(groups),
        frozenset(times),
        max(sizes),
        exceeds,
    )
