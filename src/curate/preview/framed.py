"""Put the findings of a record above its page, and the script that reloads it."""

import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final, NamedTuple

from curate.counted import counted
from curate.document import Document
from curate.finding import Finding, Severity
from curate.formats.html.linked_data import of_site
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.page import POLICY, Page
from curate.formats.html.site import Site
from curate.kinds import FOLDERS
from curate.printable import printable
from curate.report import Report, Summary

OWN: Final = "-"
"""The folder of what only a preview has; no folder of records is called that."""

PREVIEW_POLICY: Final = f"{POLICY}; connect-src 'self'"
"""The site's own policy, and besides: the page may ask this server whether it has changed."""

_MOST_FILES = 50


class Frame(NamedTuple):
    """What is said above a page."""

    path: str
    """The file whose record the page shows; empty where it shows none."""
    broken: bool
    """Whether the record cannot be read now, so that the page shows it as it was."""
    findings: Sequence[Finding]
    lines: Document | None
    report: Report
    trouble: str = ""
    """What keeps the corpus as a whole from being read."""
    failed: str = ""
    """What went wrong in making the page of a record that can be read."""


def framed(page: bytes, frame: Frame) -> bytes:
    """Return a page with the findings above it, and with a policy that lets it be reloaded."""
    head, found, body = page.decode().partition("</head>")
    before, main, after = body.partition("<main")
    head = head.replace(escape(POLICY), escape(PREVIEW_POLICY), 1)
    panel = _panel(frame)
    whole = f"{before}{panel}{main}{after}"
    mark = hashlib.sha256(f"{head}{whole}".encode()).hexdigest()[:16]
    added = join(
        tag("link", rel="stylesheet", href=f"/{OWN}/preview.css"),
        tag("script", src=f"/{OWN}/preview.js", defer=True, data_mark=mark),
    )
    return f"{head}{added}{found}{whole}".encode()


def mark_of(page: bytes) -> str:
    """Return the mark of a page that was framed: it changes when the page does."""
    return page.decode().partition('data-mark="')[2].partition('"')[0]


def stand_in(site: Site, address: str, frame: Frame) -> Page:
    """Return a page for an address that has none of its own now."""
    if frame.broken:
        title = "This record cannot be read yet"
        said = "Its page appears here as soon as the record can be read. Above is what is wrong."
    elif frame.failed:
        title = "This page cannot be made yet"
        said = "It appears here once what is wrong above is mended."
    else:
        title = "There is no such page"
        said = "No record has this address now. Should one be saved, it appears here."
    main = join(tag("h1", title), tag("p", said))
    return Page(address, title, said, main, of_site(site))


def _panel(frame: Frame) -> Html:
    inside = join(*_notices(frame), _of_record(frame) if frame.path else _of_corpus(frame.report))
    grave = frame.broken or frame.trouble or frame.failed
    errors = any(finding.severity == Severity.ERROR for finding in frame.findings)
    class_ = "preview bad" if grave or errors else "preview"
    return tag("aside", inside, class_=class_, aria_label="What the checks find", id="--preview")


def _notices(frame: Frame) -> Iterator[Html]:
    if frame.trouble:
        said = "The corpus cannot be read now; what you see is how it was. "
        yield tag("p", tag("strong", said), printable(frame.trouble))
    if frame.broken:
        yield tag("p", tag("strong", "The record cannot be read now."), _AS_IT_WAS)
    if frame.failed:
        errors = any(finding.severity == Severity.ERROR for finding in frame.findings)
        bug = "" if errors else " The record has no error: this is a bug of curate, please report."
        said = f"The page cannot be made of the record as it is ({frame.failed})."
        yield tag("p", tag("strong", said), _AS_IT_WAS, bug)


_AS_IT_WAS = " The page below, if there is one, shows it as it last could be."


def _of_record(frame: Frame) -> Html:
    counts = _counted(frame.findings)
    said = tag("p", tag("code", printable(frame.path)), ": ", counts or "nothing to mend")
    items = [_item(frame, one) for one in frame.findings]
    return join(said, tag("ol", items, class_="findings", tabindex=0) if items else None)


def _item(frame: Frame, finding: Finding) -> Html:
    span = finding.span
    grade = tag("strong", finding.severity.value, class_=f"grade {finding.severity.value}")
    named = join(grade, " ", tag("code", f"{finding.code} {finding.name}"))
    where = tag("span", f"line {span.line}, column {span.column}", class_="where")
    line = frame.lines.line(span.line) if frame.lines is not None else ""
    return tag(
        "li",
        tag("p", named, " ", where),
        tag("p", _said(finding.message)),
        tag("pre", _marked(line, finding)) if line.strip() else None,
        tag("p", tag("strong", "Help: "), _said(finding.help)) if finding.help else None,
        tag("p", "More: ", tag("code", f"curate rule {finding.name}"), class_="more"),
    )


def _marked(line: str, finding: Finding) -> Html:
    """Return a line of the record with what is meant in it marked."""
    span = finding.span
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    before, meant, after = line[:start], line[start:end], line[end:]
    inside: list[Inside] = [
        printable(before),
        tag("mark", printable(meant)) if meant else "",
        printable(after),
    ]
    return tag("code", inside)


def _said(text: str) -> Html:
    """Return a sentence with what stands between backticks as code."""
    pieces = printable(text).split("`")
    return join(*(tag("code", piece) if at % 2 else piece for at, piece in enumerate(pieces)))


def _counted(findings: Sequence[Finding]) -> str:
    numbers = [
        (sum(finding.severity == severity for finding in findings), severity.value)
        for severity in Severity
    ]
    return ", ".join(counted(number, word) for number, word in numbers if number)


def _of_corpus(report: Report) -> Html:
    """Say how the whole corpus stands, and lead to the records that need mending."""
    summary: Summary = report.summary
    by_file: dict[str, list[Finding]] = {}
    for finding in report.standing:
        if finding.severity != Severity.NOTICE:
            by_file.setdefault(finding.path, []).append(finding)
    shown = list(by_file.items())[:_MOST_FILES]
    items = [tag("li", _link(path), ": ", _counted(found)) for path, found in shown]
    more = len(by_file) - len(shown)
    return join(
        tag("p", f"The corpus: {summary}."),
        tag("ul", items) if items else None,
        tag("p", f"{more} more; `curate validate` lists all.") if more else None,
    )


def _link(path: str) -> Html:
    steps = path.split("/")
    shown = tag("code", printable(path))
    if len(steps) != 3 or steps[1] not in FOLDERS:  # noqa: PLR2004 - records/<folder>/<id>.yaml
        return shown
    return tag("a", shown, href=f"/{steps[1]}/{steps[2].removesuffix('.yaml')}.html")
