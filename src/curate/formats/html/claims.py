"""The claims of a procedure or a condition: what is said, how sure, and what carries it."""

from collections.abc import Iterable
from typing import Final

from curate.formats.html.citation import short, standing
from curate.formats.html.figures import estimates
from curate.formats.html.followed import when
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.result_tables import rating, study_name
from curate.formats.html.site import Claiming, ResultOf, View
from curate.formats.html.words import day, number, words
from curate.kinds.condition import Condition
from curate.parts.claim import About, Claim
from curate.parts.quote import Quote
from curate.results import PARTICIPANTS

GROUPS: Final[dict[About, str]] = {
    "benefit": "Benefit",
    "harm": "Harm",
    "indication": "For whom it is meant",
    "contraindication": "For whom it must not be used",
    "technique": "Technique",
    "mechanism": "How it is thought to work",
    "comparison": "Compared with other treatments",
}


class Papers:
    """The papers that a page cites, numbered as they are first mentioned."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._pmids: dict[int, int] = {}

    @property
    def pmids(self) -> tuple[int, ...]:
        """The papers in their order."""
        return tuple(self._pmids)

    def number(self, pmid: int) -> int:
        """Return the number of a paper in the page's list."""
        return self._pmids.setdefault(pmid, len(self._pmids) + 1)

    def cite(self, pmid: int) -> Html:
        """Return a short citation that leads to the page's list, and what became of the paper."""
        reference = self._view.site.references.get(pmid)
        name = f"PMID {pmid}" if reference is None else short(reference)
        link = tag("a", f"{name} [{self.number(pmid)}]", href=f"#--paper-{pmid}")
        return join(link, reference and standing(reference), by=" ")


def claims_section(view: View, record: Claiming, papers: Papers) -> list[Html]:
    """Return a section for each thing that is claimed of."""
    sections = []
    for about, heading in GROUPS.items():
        claims = [claim for claim in record.claims if claim.about == about]
        if claims:
            shown = [_claim(view, record, claim, papers) for claim in claims]
            title = tag("h2", heading, id=f"--{about}")
            sections.append(
                tag("section", title, shown, class_=f"claims {about}", aria_labelledby=f"--{about}")
            )
    return sections


def _claim(view: View, record: Claiming, claim: Claim, papers: Papers) -> Html:
    anchor = tag(
        "a", "#", href=f"#{claim.id}", class_="anchor", aria_label="link to this statement"
    )
    conditions = [view.named(Condition, id_) for id_ in claim.conditions]
    where = ("claims", record.claims.index(claim))
    return tag(
        "article",
        tag(
            "div",
            tag("h3", claim.text, " ", anchor, class_="statement prose"),
            _certainty(claim),
            conditions and tag("p", "Holds for: ", join(*conditions, by=", "), class_="fine"),
            class_="says",
        ),
        tag(
            "div",
            _quote(claim.quote, papers) if claim.quote is not None else None,
            _carried(view, claim),
            tag("p", "Sources: ", join(*map(papers.cite, claim.pmids), by="; "), class_="sources"),
            class_="rests",
        ),
        id=claim.id,
        **view.site.origin(record, where).attributes(),
    )


def _certainty(claim: Claim) -> Html:
    if claim.certainty is None:
        return tag("p", "Certainty not rated", class_="certainty fine")
    reasons = [
        tag("li", tag("b", f"{words(reason.domain).capitalize()}: "), reason.note, class_="prose")
        for reason in claim.certainty.reasons
    ]
    return join(
        tag("p", "Certainty: ", rating(claim.certainty.rating), class_="certainty"),
        tag("ul", reasons, class_="reasons-of-certainty fine") if reasons else None,
    )


def _quote(quote: Quote, papers: Papers) -> Html:
    if quote.checked is None:
        checked: Inside = "not looked up in the source"
    else:
        found = {"found": "found in", "not-found": "not found in"}[quote.checked.result]
        checked = join(
            f"{found} the source's abstract on ", day(quote.checked.date), _digests(quote)
        )
    return tag(
        "figure",
        tag("blockquote", tag("p", quote.text, class_="prose")),
        tag("figcaption", papers.cite(quote.pmid), " · ", checked, class_="fine"),
        class_="quote",
    )


def _digests(quote: Quote) -> Html | None:
    """Return the sums by which an edit after the check is found out, for whoever compares them."""
    checked = quote.checked
    if checked is None:
        return None
    said = f"Digests: text {checked.text_digest}, claim {checked.claim_digest}"
    return join(" ", tag("data", "(checked text)", value=said, title=said))


def _carried(view: View, claim: Claim) -> Html | None:
    found = [view.site.results.get(link) for link in claim.evidence]
    items = [
        tag("li", tag("code", link)) if one is None else _carrying(view, one)
        for link, one in zip(claim.evidence, found, strict=True)
    ]
    return tag("ul", items, class_="carried") if items else None


def _carrying(view: View, one: ResultOf) -> Html:
    """Return a result on one line: what, of whom, when, and how many."""
    result = one.result
    counts: Inside = None
    noun = "" if (result.counted or PARTICIPANTS) == PARTICIPANTS else f" {result.counted}"
    if result.count is not None and result.analysed is not None:
        counts = f"{number(result.count)} of {number(result.analysed)}{noun}"
    elif result.count is not None:
        counts = f"{number(result.count)}{noun}, N not reported"
    elif result.analysed is not None:
        counts = f"N = {number(result.analysed)}{noun}"
    lines = list(estimates(view, one.study, result))
    said: Iterable[Inside] = (
        counts,
        tag("span", lines, class_="inline-estimate") if lines else None,
        when(one.study, result) or "follow-up not reported",
        view.link(one.study, study_name(view, one.study)),
    )
    title = view.link(one.study, result.title, anchor=result.id)
    return tag("li", title, ": ", join(*said, by=" · "))
