"""Forest plots: one row a result, its figures beside it, all rows on one axis."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from curate.corpus import Corpus
from curate.kinds.study import Study
from curate.parts.result import AdverseEvent, Outcome
from curate.plots import caption, comparable, words
from curate.plots.comparable import Comparison, Shown
from curate.plots.estimate import denominator
from curate.plots.marks import drawing
from curate.plots.picture import Picture, Row
from curate.plots.reach import axis_of, null_of
from curate.plots.sheet import NARROW, WIDE, Line, Sheet, draw

COLUMNS = ("Study", "Group", "Outcome", "Follow-up", "Denominator", "As printed", "Computed")
_SAYS_ITS_DENOMINATOR = re.compile(r"(up to |at least |about )?[0-9]+ of [0-9]")
_LONGEST = 80


def of_study(corpus: Corpus, study: Study) -> tuple[Picture, ...]:
    """Return the forest plots of one study: a picture for each outcome that can be compared."""
    return tuple(
        _picture(corpus, found, f"{_sort(found)}-{found.rows[0].result.id}")
        for found in comparable.within(study)
    )


def across(corpus: Corpus, studies: Iterable[Study]) -> tuple[Picture, ...]:
    """Return the forest plots between studies: the same outcome at the same time."""
    found = tuple(comparable.across(studies))
    names = [f"{_sort(one)}-{_slug(caption.title(corpus, one))}" for one in found]
    return tuple(
        _picture(corpus, one, name if names.count(name) == 1 else f"{name}-{index}")
        for index, (one, name) in enumerate(zip(found, names, strict=True), 1)
    )


def _picture(corpus: Corpus, found: Comparison, name: str) -> Picture:
    title, shared = caption.title(corpus, found), _Shared.of(found)
    sheet = Sheet(
        name,
        title,
        _subtitle(found, shared),
        caption.description(corpus, found, title),
        tuple(_line(corpus, shown, shared) for shown in found.rows),
        caption.below(corpus, found),
        (
            *caption.legend(found.rows),
            caption.sources(corpus, [shown.study for shown in found.rows]),
        ),
        null=null_of(found),
        harm=all(shown.harm for shown in found.rows),
    )
    wide, narrow = (
        draw(sheet, layout, axis_of(corpus, found, layout)) for layout in (WIDE, NARROW)
    )
    rows = tuple(_row(corpus, shown) for shown in found.rows)
    return Picture(name, title, sheet.description, COLUMNS, rows, wide, narrow)


class _Shared(NamedTuple):
    """What the rows have in common, and need not say each."""

    study: bool
    group: bool
    outcome: bool

    @classmethod
    def of(cls, found: Comparison) -> "_Shared":
        study = len({shown.study.id for shown in found.rows}) == 1
        groups = {(shown.study.id, shown.result.group) for shown in found.rows}
        return cls(study, len(groups) == 1, bool(found.stem))


def _subtitle(found: Comparison, shared: _Shared) -> str:
    """Say the group that all rows have in common, or that they are different outcomes."""
    if not shared.outcome:
        return "Different outcomes: the rows share an axis, and do not compare with each other."
    return _groups(found.rows[0]) if shared.group else ""


def _line(corpus: Corpus, shown: Shown, shared: _Shared) -> Line:
    study, result, estimate = shown
    names = [] if shared.study else [words.named(corpus, study)]
    beside = [words.when(study, result)]
    if not shared.outcome:
        names.append(result.title)
        beside.insert(0, _groups(shown))
    elif not shared.group:
        names.append(_groups(shown))
    if not names:
        # Study, group and outcome are said above: the time is what tells these rows apart.
        when = beside.pop()
        names.append(f"{when[:1].upper()}{when[1:]}")
    beside.append(denominator(result, said=bool(_SAYS_ITS_DENOMINATOR.match(estimate.printed))))
    beside += _gravity(result)
    data = {
        "data_study": study.id,
        "data_result": result.id,
        "data_pmid": study.pmid,
        "data_follow_up": result.follow_up,
        "data_analysed": result.analysed,
        "data_count": result.count,
    }
    computed = f"computed: {estimate.computed}" if estimate.computed else ""
    return Line(
        ": ".join(names),
        ", ".join(filter(None, beside)),
        estimate.printed,
        computed,
        data,
        drawing(estimate),
    )


def _gravity(event: Outcome | AdverseEvent) -> list[str]:
    if not isinstance(event, AdverseEvent):
        return []
    serious = {None: [], True: ["serious"], False: ["not serious"]}[event.serious]
    return [*serious, *filter(None, [event.course])]


def _row(corpus: Corpus, shown: Shown) -> Row:
    study, result, estimate = shown
    cells = (
        words.named(corpus, study),
        _groups(shown),
        ", ".join([result.title, *_gravity(result)]),
        words.when(study, result),
        denominator(result, said=False),
        estimate.printed,
        estimate.computed,
    )
    return Row(study.id, result.id, study.pmid, cells)


def _groups(shown: Shown) -> str:
    """Return whose figures these are: the group's, and of an effect what it is compared with."""
    own, against = words.group(shown.study, shown.result.group), shown.against
    if against is None:
        return own
    other = against if against == "baseline" else words.group(shown.study, against)
    return f"{own} against {other}"


def _sort(found: Comparison) -> str:
    """Return a word for what is drawn: one result may have a picture of each sort."""
    if found.rows[0].against is not None:
        return "effects"
    return "shares" if found.rows[0].estimate.kind == "proportion" else "values"


def _slug(title: str) -> str:
    """Return a title as a name for an anchor and a file."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:_LONGEST].strip("-")
