"""The first page: what is here, and of what standing it is."""

from collections import Counter

from curate.counted import counted
from curate.formats.html.citation import is_doubtful, short, standing
from curate.formats.html.claims import GROUPS
from curate.formats.html.linked_data import of_site
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.page import FOLDERS, Page, facts, sections, view_of
from curate.formats.html.site import Claiming, Site, View
from curate.formats.html.words import words
from curate.kinds import KINDS
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure


def home_page(site: Site) -> Page:
    """Return the first page."""
    config = site.corpus.config
    view = view_of(site, "index.html")
    main = join(
        tag("h1", config.title),
        _reviewed(site),
        _counts(view),
        _doubtful(view),
        _cards(view, "Procedures", list(site.all(Procedure))),
        _cards(view, "Conditions", list(site.all(Condition))),
        _standing(site),
    )
    description = f"{config.title}: statements on procedures and conditions, with their sources."
    return Page("index.html", config.title, description, main, of_site(site))


def _reviewed(site: Site) -> Html:
    statuses = Counter(entry.status for entry in site.entries.values())
    if not statuses["in_review"] and not statuses["retired"]:
        text: Inside = "Every record here was approved by a named reviewer."
    elif not statuses["approved"]:
        text = join(
            tag("strong", "Not reviewed by clinicians."),
            " No record here has been approved by a clinician; every page says so.",
        )
    else:
        number = statuses["approved"]
        text = join(
            tag("strong", f"{number} of {statuses.total()} records are approved."),
            " The others were not reviewed by clinicians; each page says which it is.",
        )
    status = "approved" if statuses["approved"] == statuses.total() else "in_review"
    return tag("p", text, class_=f"standing {status}", role="note")


def _counts(view: View) -> Html:
    kinds = Counter(kind for kind, _ in view.site.entries)
    items = [
        tag(
            "li",
            tag(
                "a",
                tag("b", str(kinds[kind])),
                " ",
                name if kinds[kind] != 1 else words(kind).capitalize(),
                href=f"{KINDS[kind].folder}/index.html",
            ),
        )
        for kind, name in FOLDERS.items()
    ]
    return tag("ul", items, class_="counts")


def _doubtful(view: View) -> Html | None:
    found = [one for one in view.site.references.values() if is_doubtful(one)]
    if not found:
        return None
    items = [tag("li", join(view.link(one, short(one)), standing(one), by=" ")) for one in found]
    intro = "These papers were retracted, or their journals have doubts about them:"
    return sections(tag("p", intro), tag("ul", items), heading="Doubtful sources", id_="--doubtful")


def _cards(view: View, heading: str, records: list[Claiming]) -> Html | None:
    if not records:
        return None
    cards = [_card(view, record) for record in sorted(records, key=_name)]
    return sections(tag("ul", cards, class_="cards"), heading=heading, id_=f"--{heading.lower()}")


def _name(record: Claiming) -> tuple[str, str]:
    return record.title.casefold(), record.id


def _card(view: View, record: Claiming) -> Html:
    claims = Counter(claim.about for claim in record.claims)
    said = [f"{words(about)} {claims[about]}" for about in GROUPS if claims[about]]
    studies = len(view.site.studies_of.get((record.kind, record.id), ()))
    said.append(counted(studies, "study", "studies"))
    return tag("li", view.link(record), tag("span", " · ".join(said), class_="fine"))


def _standing(site: Site) -> Html:
    statuses = Counter(entry.status for entry in site.entries.values())
    waivers = sum(
        len(waiver.places)
        for entry in site.entries.values()
        if entry.record is not None
        for waiver in entry.record.waivers
    )
    checked = sum(1 for one in site.references.values() if one.origin != "by-hand")
    by_status = ", ".join(
        f"{statuses[status]} {words(status)}"
        for status in ("approved", "in_review", "retired")
        if statuses[status]
    )
    rows: list[tuple[str, Inside]] = [
        ("Records", by_status),
        ("Statements", str(len(site.claims))),
        ("Results of studies", str(len(site.results))),
        ("Figures accepted as missing or odd, each with a reason", str(waivers)),
        ("References taken from PubMed by machine", f"{checked} of {len(site.references)}"),
    ]
    more = tag("p", tag("a", "How to read these pages", href="about.html"))
    return sections(facts(*rows), more, heading="Of what standing", id_="--standing")
