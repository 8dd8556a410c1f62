"""The page that says how to read the others: statuses, certainty, what is computed, how to cite."""

from curate.formats.html.linked_data import of_site
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.page import Page, facts, sections
from curate.formats.html.result_tables import RATINGS, rating
from curate.formats.html.site import Site
from curate.formats.html.words import headed, meanings

_FIGURES = (
    "Every number is as the source prints it, digit by digit: 4.30 is not shown as 4.3.",
    (
        "“n of N” is the number of people who had the outcome, of the number who were analysed. "
        "Where the source does not print N, the page says “not reported”; it is never taken from "
        "elsewhere."
    ),
    (
        "Follow-up is when the outcome was observed. “Whole follow-up” is that of the study, of "
        "which one figure stands beside it."
    ),
    (
        "What is in italics with a dagger was computed here: a percentage from count and "
        "denominator, a 95 % confidence interval by Wilson's method, and, where an adverse event "
        "was seen in nobody, the one-sided 95 % limit on how frequent it can be all the same "
        "(1 − 0.05^(1/N), rounded up). It is computed for people only, not for sides, levels or "
        "operations, and not where the source prints an "
        "interval of its own. Nothing is pooled."
    ),
    (
        "“Worked out by the editors” names figures that the record gives although the source does "
        "not print them."
    ),
)


def about_page(site: Site) -> Page:
    """Return the page."""
    statuses: list[tuple[str, Inside]] = [
        (headed(status), meaning)
        for status, meaning in meanings("study", "status").items()
        if status != "draft"
    ]
    certainty = meanings("procedure", "rating", "Certainty")
    main = join(
        tag("h1", "How to read these pages"),
        sections(facts(*statuses), heading="Status", id_="--status"),
        sections(_paragraphs(*_FIGURES), heading="Figures", id_="--figures"),
        sections(
            tag("p", "How sure the evidence makes us, by GRADE; each rating gives its reasons."),
            facts(*((rating(word), certainty[word]) for word in reversed(RATINGS))),
            heading="Certainty",
            id_="--certainty",
        ),
        sections(
            _paragraphs(
                "A retracted paper, one with an expression of concern and one with a correction "
                "are marked wherever they are cited. That no mark stands there means that no "
                "notice is known here, not that there is none.",
            ),
            heading="Sources",
            id_="--sources",
        ),
        sections(_addresses(), heading="Addresses and files", id_="--addresses"),
        sections(_data(site), heading="The data", id_="--data"),
    )
    return Page(
        "about.html",
        "How to read these pages",
        "Statuses, figures, certainty.",
        main,
        of_site(site),
    )


def _paragraphs(*texts: str) -> Html:
    return join(*(tag("p", text) for text in texts))


def _addresses() -> Html:
    return join(
        tag(
            "p",
            "The address of a page is made of the record's id, which never changes; ",
            tag("code", "studies/<id>.html#<outcome>"),
            " is a result, ",
            tag("code", "procedures/<id>.html#<claim>"),
            " a statement. Under every table is a link to a file that says the same, for "
            "spreadsheets and statistics programs. A text in it that a spreadsheet would run has "
            "an apostrophe before it.",
        ),
    )


def _data(site: Site) -> Html:
    config = site.corpus.config
    rows: list[tuple[str, Inside]] = [
        ("Title", config.title),
        ("Version", config.version),
        ("Published by", config.publisher),
        ("Licence", config.license),
        ("Git commit", site.corpus.commit or "The records are not those of a commit."),
    ]
    intro = (
        "The same records are published for programs as JSON, CSV, SQLite and FHIR; each page "
        "names the file and the line that it is made from."
    )
    return join(facts(*rows), tag("p", intro))
