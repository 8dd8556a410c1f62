"""What can be written here: ids, PMIDs, and in waivers rules and places.

Fields and words that a schema lists are left to the YAML language server.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from lsprotocol import types

from curate.corpus import Entry, place
from curate.fields import marks_at
from curate.finding import Where
from curate.kinds import KINDS
from curate.lsp.card import card
from curate.lsp.home import Home
from curate.lsp.page import page, rule_named
from curate.lsp.places import where_of
from curate.lsp.typed import Typed, typed_at
from curate.lsp.words import bare, short
from curate.marks import GroupOf, OutcomeOf, PaperId, RefTo, SameKind
from curate.mentions import Thing, parts
from curate.rules import all_rules
from curate.source import SUFFIX
from curate.values import BASELINE

TRIGGERS = ("#", ".", " ")
MOST = 100
"""How many are offered at once; typing on brings up the others."""


class _Choice(NamedTuple):
    """Something that may be written: its text, what it is, and how far up it stands."""

    text: str
    about: str
    rank: int = 1
    thing: Thing | None = None
    rule: str = ""
    kind: types.CompletionItemKind = types.CompletionItemKind.Reference


def completion(home: Home, path: str, position: types.Position) -> types.CompletionList:
    """Return what may be written at a position, the likeliest first."""
    entry, buffer = home.entry(path), home.buffer(path)
    typed = None if buffer is None else typed_at(buffer, buffer.offset(position))
    if entry is None or buffer is None or typed is None or entry.kind is None:
        return types.CompletionList(is_incomplete=False, items=[])
    fits = (one for one in _choices(home, entry, typed) if _fits(one, typed.text))
    ranked = sorted(islice(fits, _MOST_LOOKED_AT), key=lambda one: one.rank)
    where = buffer.range(typed.start, typed.end)
    about = _About(str(home.root), where, typed.lead)
    items = [_item(number, one, about) for number, one in enumerate(ranked[:MOST])]
    return types.CompletionList(is_incomplete=len(ranked) > MOST, items=items)


def resolve(
    homes: Iterable[Home], item: types.CompletionItem, *, markdown: bool = True
) -> types.CompletionItem:
    """Add what an item stands for, which would be too much to send for each."""
    data = item.data if isinstance(item.data, dict) else {}
    thing, rule = _thing(data.get("thing")), rule_named(data.get("rule"))
    home = next((home for home in homes if str(home.root) == data.get("root")), None)
    said = None
    if rule is not None:
        said = page(rule)
    elif thing is not None and home is not None:
        said = card(home.corpus, thing)
    if said is not None:
        shown = types.MarkupContent(types.MarkupKind.Markdown, said)
        item.documentation = shown if markdown else bare(said)
    return item


def _choices(home: Home, entry: Entry, typed: Typed) -> Iterator[_Choice]:
    """Yield what may stand in the field that is being filled in."""
    where = typed.where
    if where[:1] == ("waivers",) and "rule" in where:
        yield from _rules(home, entry)
    elif where[:1] == ("waivers",) and "at" in where:
        yield from _places(home, entry, where)
    taken = _siblings(entry, where)
    for mark in marks_at(KINDS[str(entry.kind)], where):
        for choice in _marked(home, entry, mark, typed):
            if choice.text not in taken:
                yield choice


def _marked(home: Home, entry: Entry, mark: Any, typed: Typed) -> Iterator[_Choice]:
    match mark:
        case RefTo(kind):
            yield from _ids(home, kind, entry)
        case SameKind():
            yield from _ids(home, str(entry.kind), entry)
        case PaperId():
            yield from _papers(home, entry, typed.where)
        case GroupOf():
            yield from _groups(entry, typed.where)
        case OutcomeOf(kind):
            yield from _results(home, entry, kind, typed)


def _ids(home: Home, kind: str, own: Entry) -> Iterator[_Choice]:
    for id_, label in _listed(home, kind):
        if (kind, id_) != (own.kind, own.id):
            yield _Choice(id_, label, thing=Thing("record", kind, id_, id_))


def _papers(home: Home, entry: Entry, where: Where) -> Iterator[_Choice]:
    cited = _pmids_beside(entry, where)
    for id_, label in _listed(home, "reference"):
        pmid = id_.removeprefix("pmid-")
        if pmid.isdecimal():
            rank = 0 if int(pmid) in cited else 1
            yield _Choice(pmid, label, rank, Thing("paper", "reference", id_, pmid))


def _listed(home: Home, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the id and the title of each record of a kind."""
    for path, label in sorted(home.labels(kind).items()):
        yield path.rpartition("/")[2].removesuffix(SUFFIX), label


def _groups(entry: Entry, where: Where) -> Iterator[_Choice]:
    own = entry.document.get((*where[:2], "id")) if where[:1] == ("groups",) else None
    for at, thing in parts(entry):
        if thing.what == "group" and thing.id != own:
            part = entry.document.get(at)
            yield _Choice(thing.id, short(part.get("label")), thing=thing)
    if where[-1] == "against":
        yield _Choice(BASELINE, "the time before treatment")


def _results(home: Home, entry: Entry, kind: str, typed: Typed) -> Iterator[_Choice]:
    """Yield results of one study once it is named; before, those of the papers cited here."""
    study, hash_, _ = typed.text.partition("#")
    if hash_:
        found = home.corpus.entry(kind, study)
        yield from () if found is None else _results_of(found, 0)
        return
    papers = _pmids_beside(entry, typed.where)
    for pmid in sorted(papers):
        for record in home.corpus.studies_of(pmid):
            found = home.corpus.entry(record.kind, record.id)
            yield from () if found is None else _results_of(found, 0)
    for id_, label in _listed(home, kind):
        yield _Choice(f"{id_}#", label, thing=Thing("record", kind, id_, id_))


def _results_of(study: Entry, rank: int) -> Iterator[_Choice]:
    for where, thing in parts(study):
        if thing.what == "result":
            about = short(study.document.get((*where, "title")))
            yield _Choice(f"{study.id}#{thing.id}", about, rank, thing)


def _rules(home: Home, entry: Entry) -> Iterator[_Choice]:
    found = Counter(finding.name for finding in home.findings_of(entry.path))
    for rule in all_rules():
        if rule.waivable:
            here = found[rule.name]
            about = f"found {here}× in this record" if here else rule.summary
            kind = types.CompletionItemKind.EnumMember
            yield _Choice(rule.name, about, 0 if here else 1, rule=rule.name, kind=kind)


def _places(home: Home, entry: Entry, where: Where) -> Iterator[_Choice]:
    """Yield where the waived rule is broken, and then every part that can be named."""
    rule = entry.document.get((*where[:2], "rule"))
    seen: set[str] = set()
    kind = types.CompletionItemKind.Field
    for finding in home.findings_of(entry.path):
        at = place(entry.document.value, where_of(finding.pointer, entry.document.value))
        if finding.name == rule and at and at not in seen:
            seen.add(at)
            yield _Choice(at, short(finding.message), 0, kind=kind)
    for found, thing in parts(entry):
        at = place(entry.document.value, found)
        if at not in seen:
            part = entry.document.get(found)
            about = short(part.get("title") or part.get("label") or part.get("text"))
            yield _Choice(at, about, thing=thing, kind=kind)


def _pmids_beside(entry: Entry, where: Where) -> set[int]:
    """Return the papers that the claim around a place cites."""
    pmids = entry.document.get((*where[:2], "pmids")) if where[:1] == ("claims",) else None
    here = entry.document.get(where)
    listed = pmids if isinstance(pmids, list) else []
    return {pmid for pmid in listed if isinstance(pmid, int) and pmid != here}


def _siblings(entry: Entry, where: Where) -> set[str]:
    """Return what the list that is being filled in holds already."""
    if not where or not isinstance(where[-1], int):
        return set()
    listed = entry.document.get(where[:-1])
    others = enumerate(listed if isinstance(listed, list) else ())
    return {str(item) for number, item in others if number != where[-1]}


def _fits(choice: _Choice, text: str) -> bool:
    """Tell whether a choice begins with what was typed, or its title has all the words of it."""
    typed = text.casefold().strip()
    if typed in choice.text.casefold():
        return True
    about = choice.about.casefold()
    return all(word in about for word in typed.split())


class _About(NamedTuple):
    """What all items of one answer share."""

    root: str
    where: types.Range
    lead: str


def _item(number: int, choice: _Choice, about: _About) -> types.CompletionItem:
    said = short(choice.about, _LONGEST)
    return types.CompletionItem(
        label=choice.text,
        label_details=types.CompletionItemLabelDetails(description=said),
        kind=choice.kind,
        detail=said,
        sort_text=f"{number:04}",
        # Typing words of a title finds the number or id that it belongs to.
        filter_text=f"{choice.text} {said}",
        text_edit=types.TextEdit(about.where, f"{about.lead}{choice.text}"),
        data={
            "root": about.root,
            "thing": None if choice.thing is None else [*choice.thing],
            "rule": choice.rule or None,
        },
    )


def _thing(data: Any) -> Thing | None:
    """Read back what an item was made for."""
    is_thing = isinstance(data, list) and len(data) == len(Thing._fields)
    return Thing(*data) if is_thing and all(isinstance(item, str) for item in data) else None


_MOST_LOOKED_AT = 20_000
_LONGEST = 160
