"""Small pieces that several pages show: terms, links in a row, notes, what leans on a record."""

from collections.abc import Iterable

from curate.corpus import RecordT
from curate.formats.html.markup import Html, join, tag
from curate.formats.html.site import ClaimOf, View
from curate.formats.html.words import words
from curate.parts.coding import Coding
from curate.record import Record

_ADDRESSES = {
    "mesh": "https://meshb.nlm.nih.gov/record/ui?ui={}",
    "loinc": "https://loinc.org/{}/",
}


def codes(found: Iterable[Coding]) -> Html:
    """Return terms of vocabularies, linked to their pages where these have open ones."""
    return join(*map(_code, found), by="; ")


def links(view: View, kind: type[RecordT], ids: Iterable[str]) -> Html:
    """Return links to records of one kind."""
    return join(*(view.named(kind, id_) for id_ in ids), by=", ")


def note(record: Record) -> Html | None:
    """Return the record's own note."""
    if record.note is None:
        return None
    return tag("p", tag("strong", "Note: "), record.note, class_="note prose")


def claims_list(view: View, claims: Iterable[ClaimOf]) -> Html | None:
    """Return statements with the records that make them, each once."""
    found = dict.fromkeys((one.record, one.claim.id) for one in claims)
    texts = {(one.record, one.claim.id): one.claim.text for one in claims}
    items = [
        tag(
            "li",
            view.link(record, texts[record, id_], anchor=id_),
            tag("span", f" ({record.title})", class_="fine"),
        )
        for record, id_ in found
    ]
    return tag("ul", items) if items else None


def _code(code: Coding) -> Html:
    address = _ADDRESSES.get(code.system)
    shown = tag("code", code.code)
    if address is not None:
        shown = tag("a", shown, href=address.format(code.code), rel="external")
    display = f" {code.display}" if code.display is not None else ""
    return join(f"{words(code.system)} ", shown, display)
