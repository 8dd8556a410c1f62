"""What waits for somebody: drafts, reviews that fall due, waivers, references to be compared."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from curate.corpus import Corpus
from curate.counted import counted
from curate.duration import in_days
from curate.finding import Severity
from curate.kinds.reference import Reference
from curate.report import Report


class Item(NamedTuple):
    """One thing to do: which record, since or until when, and what it is about."""

    what: str
    """draft, review, waiver, reference or citation."""
    path: str
    line: int
    date: str | None
    """The day that it is about: when it falls due, or since when it has been so."""
    days: int | None
    """How many days ago that was; less than nought is to come."""
    text: str


def todo(corpus: Corpus, report: Report) -> tuple[Item, ...]:
    """Return all that waits, what is oldest or due first first in each kind."""
    found = [
        *_drafts(corpus, report),
        *_reviews(corpus),
        *_waivers(corpus),
        *_references(corpus),
    ]
    order = list(KINDS_OF_WORK)
    return tuple(
        sorted(found, key=lambda item: (order.index(item.what), -(item.days or 0), item.path))
    )


KINDS_OF_WORK = {
    "draft": "Drafts: never exported",
    "review": "Reviews",
    "waiver": "Waivers: findings that are accepted",
    "stale": "References to compare with PubMed again",
    "unverified": "References that nobody has compared with PubMed",
}
"""What there may be to do, in the order in which it is told."""


def _drafts(corpus: Corpus, report: Report) -> Iterator[Item]:
    left = Counter(
        finding.path for finding in report.standing if finding.severity is not Severity.NOTICE
    )
    for entry in corpus.entries:
        if entry.status == "draft":
            count = left[entry.path]
            left_over = f"{counted(count, 'finding')} left"
            said = left_over if count else "nothing left to mend"
            line = entry.document.span(("status",)).line
            yield Item("draft", entry.path, line, None, None, said)


def _reviews(corpus: Corpus) -> Iterator[Item]:
    for entry in corpus.entries:
        review = entry.record.review if entry.record is not None else None
        if review is not None and review.next is not None:
            line = entry.document.span(("review", "next")).line
            days = _ago(review.next, corpus.today)
            said = f"last reviewed on {review.date} by {review.by}"
            yield Item("review", entry.path, line, review.next, days, said)


def _waivers(corpus: Corpus) -> Iterator[Item]:
    for entry in corpus.entries:
        for index, waiver in enumerate(entry.record.waivers if entry.record is not None else ()):
            line = entry.document.span(("waivers", index)).line
            until = f", until {waiver.until}" if waiver.until is not None else ""
            said = f"{waiver.rule} at {', '.join(waiver.places)}{until}: {waiver.reason}"
            days = _ago(waiver.date, corpus.today)
            yield Item("waiver", entry.path, line, waiver.date, days, said)


def _references(corpus: Corpus) -> Iterator[Item]:
    longest = in_days(corpus.config.max_reference_age) if corpus.config.max_reference_age else None
    for entry in corpus.entries:
        reference = entry.record
        if not isinstance(reference, Reference):
            continue
        if reference.origin == "by-hand":
            line = entry.document.span(("origin",)).line
            yield Item("unverified", entry.path, line, None, None, reference.title)
        elif longest is not None and reference.retrieved is not None:
            days = _ago(reference.retrieved, corpus.today)
            if days is not None and days > longest:
                line = entry.document.span(("retrieved",)).line
                yield Item("stale", entry.path, line, reference.retrieved, days, reference.title)


def _ago(day: str, today: date) -> int | None:
    try:
        return (today - date.fromisoformat(day)) // timedelta(days=1)
    except ValueError:
        return None
