"""What a page must say is not known, each with the reason that a waiver gives."""

from collections.abc import Iterator

from curate.finding import Where
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.site import Accepted, ResultOf, View
from curate.formats.html.words import day, headed
from curate.kinds.study import Study
from curate.record import Record, Waiver
from curate.results import results

_SPEAKS_OF = {
    "denominator": "outcome-without-denominator",
    "follow-up": "outcome-without-follow-up",
    "count": "percentage-without-count",
    "figures": "outcome-without-figures",
}


class Missing:
    """The reasons that a page refers to, numbered as they are first mentioned."""

    def __init__(self, view: View, own: Record) -> None:
        self._view = view
        self._own = own
        self._noted: dict[tuple[str, int], tuple[Record, Waiver]] = {}

    def say(self, found: ResultOf, what: str) -> Html:
        """Say that a result's denominator, follow-up, count or figures are not reported."""
        mark = self._mark(found, _SPEAKS_OF[what])
        return tag("span", "not reported", mark, class_="missing")

    def marks(self, found: ResultOf, *, but: tuple[str, ...] = ()) -> Html | None:
        """Return marks for all else that is accepted at a result."""
        noted = dict.fromkeys(
            self._number(found.study, one.number)
            for one in self._covering(found)
            if one.waiver.rule not in {_SPEAKS_OF[what] for what in but}
        )
        return join(*map(_link, noted)) if noted else None

    def note_all(self, record: Record) -> None:
        """Take note of every waiver of a record, mentioned or not."""
        for index in range(len(record.waivers)):
            self._number(record, index)

    def listed(self) -> Html | None:
        """Return the reasons as a numbered list, or nothing where there are none."""
        if not self._noted:
            return None
        items = [
            tag("li", self._item(record, waiver), id=f"--reason-{number}")
            for number, (record, waiver) in enumerate(self._noted.values(), 1)
        ]
        return tag("ol", items, class_="reasons")

    def _mark(self, found: ResultOf, rule: str) -> Html | None:
        for one in self._covering(found):
            if one.waiver.rule == rule:
                return _link(self._number(found.study, one.number))
        return None

    def _covering(self, found: ResultOf) -> Iterator[Accepted]:
        """Yield what is accepted at a result, above it or below it."""
        for one in self._view.site.accepted(found.study):
            if one.where is not None and _meets(one.where, found.where):
                yield one

    def _number(self, record: Record, index: int) -> int:
        key = (f"{record.kind}/{record.id}", index)
        self._noted.setdefault(key, (record, record.waivers[index]))
        return list(self._noted).index(key) + 1

    def _item(self, record: Record, waiver: Waiver) -> Html:
        whose = None if record == self._own else join(self._view.link(record), ": ")
        return join(
            tag("p", whose, self._places(record, waiver)),
            tag("p", waiver.reason, class_="prose"),
            tag(
                "p",
                tag("code", waiver.rule),
                f" · {waiver.by}, ",
                day(waiver.date),
                waiver.until and join(", until ", day(waiver.until)),
                class_="fine",
            ),
        )

    def _places(self, record: Record, waiver: Waiver) -> Html:
        titles = _titles(record)
        shown: list[Inside] = []
        for at in waiver.places:
            steps = at.split(".")
            title = titles.get(steps[1]) if len(steps) > 1 else None
            if title is None:
                shown.append(headed(at.replace(".", ", ")))
            else:
                shown.append(self._view.link(record, title, anchor=steps[1]))
        return join(*shown, by="; ")


def _titles(record: Record) -> dict[str, str]:
    """Return the titles of what has an anchor on a study's page."""
    if not isinstance(record, Study):
        return {}
    return {result.id: result.title for _, result in results(record)}


def _meets(one: Where, other: Where) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _link(number: int) -> Html:
    return tag(
        "sup", tag("a", str(number), href=f"#--reason-{number}", aria_label=f"reason {number}")
    )
