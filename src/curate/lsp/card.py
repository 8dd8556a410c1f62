"""What a name stands for, in a few lines of Markdown: its title and the facts to know it by.

Values are taken as they are written, so that a record which fails its schema is described too.
"""

from collections.abc import Iterator
from typing import Any

from curate.corpus import Corpus
from curate.counted import counted
from curate.lsp.words import dicts, plain, texts
from curate.mentions import Thing, parts

_MOST = 5


def card(corpus: Corpus, thing: Thing) -> str | None:
    """Describe a thing, or return None where it is not there."""
    entry = corpus.entry(thing.kind, thing.record)
    if entry is None or entry.document.value is None:
        return _unknown(thing) if entry is None else None
    value: Any = entry.document.value
    lines: list[str] = []
    if thing.what not in {"record", "paper"}:
        found = next((where for where, part in parts(entry) if part == thing), None)
        if found is None:
            return None
        value = entry.document.get(found)
        lines.append(f"{_NOUNS[str(found[0])]} of {plain(entry.id)}")
    describe = _CARDS[thing.kind if thing.what in {"record", "paper"} else thing.what]
    title = plain(value.get("title")) or plain(value.get("label")) or plain(thing.id)
    lines.extend(line for line in describe(corpus, value) if line)
    return "\n\n".join([f"**{title}**", "  \n".join(lines)]).strip()


def _unknown(thing: Thing) -> str | None:
    """Say how to get a paper that is cited and not known; a missing record is a finding."""
    if thing.what != "paper":
        return None
    pmid = plain(thing.id)
    return (
        f"**PMID {pmid}**\n\nNo reference in this corpus has this PMID. "
        f"`curate refs fetch {pmid}` takes it from PubMed."
    )


def _paper(corpus: Corpus, value: dict[str, Any]) -> Iterator[str]:
    authors = texts(value.get("authors"))
    if authors:
        yield f"{authors[0]} et al." if len(authors) > 1 else authors[0]
    yield _joined(" ", plain(value.get("journal")), plain(value.get("year")))
    yield _joined(", ", f"PMID {plain(value.get('pmid'))}", plain(value.get("doi")))
    became = plain(value.get("publication_status"))
    if became in _BECAME:
        yield _BECAME[became]
    for notice in dicts(value.get("notices"))[:_MOST]:
        kind = plain(notice.get("type")).replace("-", " ")
        yield _joined(": ", f"Notice ({kind})", plain(notice.get("note")))
    if plain(value.get("origin")) == "by-hand":
        yield "Entered by hand, not compared with PubMed."
    elif plain(value.get("retrieved")):
        yield f"As PubMed had it on {plain(value.get('retrieved'))}."
    pmid = value.get("pmid")
    studies = corpus.studies_of(pmid) if isinstance(pmid, int) else ()
    if studies:
        yield f"Recorded as {', '.join(f'`{study.id}`' for study in studies)}."


_BECAME = {
    "published": "Published; no notice about it is known.",
    "retracted": "**Retracted.**",
    "concern": "**Its journal has expressed concern about it.**",
    "corrected": "A correction of it was published.",
}


def _study(_: Corpus, value: dict[str, Any]) -> Iterator[str]:
    yield _status("study", value)
    pmid = plain(value.get("pmid"))
    yield _joined(", ", _word(value.get("design")), f"PMID {pmid}" if pmid else "")
    for group in dicts(value.get("groups"))[:_MOST]:
        yield f"{plain(group.get('label')) or plain(group.get('id'))}: {_enrolled(group)}"
    yield _said("Follow-up", _spread(value.get("follow_up")))
    yield _said("Conditions", ", ".join(texts(value.get("conditions"))))
    yield _said("Procedures", ", ".join(texts(value.get("procedures"))))
    harms = _count(value.get("adverse_events"), "adverse event")
    yield _joined(", ", _count(value.get("outcomes"), "outcome"), harms)


def _procedure(_: Corpus, value: dict[str, Any]) -> Iterator[str]:
    yield _status("procedure", value)
    yield _said("Also called", ", ".join(texts(value.get("synonyms"))))
    yield plain(value.get("description"))
    yield _named("Target", value.get("target"))
    yield _named("Technique", value.get("technique"))
    yield _named("A form of", value.get("parent"))
    yield _count(value.get("claims"), "claim")


def _condition(_: Corpus, value: dict[str, Any]) -> Iterator[str]:
    yield _status("condition", value)
    yield _said("Also called", ", ".join(texts(value.get("synonyms"))))
    yield plain(value.get("description"))
    yield _count(value.get("claims"), "claim")


def _measure(_: Corpus, value: dict[str, Any]) -> Iterator[str]:
    yield _status("measure", value)
    yield _named("Abbreviation", value.get("abbreviation"))
    low, high = plain(value.get("minimum")), plain(value.get("maximum"))
    bounds = f"{low} to {high}" if low and high else ""
    yield _said("Range", _joined(" ", bounds, plain(value.get("unit"))))
    yield _word(value.get("direction"))
    yield _said("Categories", ", ".join(texts(value.get("categories"))))


def _result(_: Corpus, value: dict[str, Any]) -> Iterator[str]:
    yield _named("Group", value.get("group"))
    yield _named("Follow-up", value.get("follow_up"))
    of = plain(value.get("analysed"))
    count, percent = plain(value.get("count")), plain(value.get("percent"))
    share = f"{count} of {of}" if count and of else count or (f"n = {of}" if of else "")
    yield _joined(", ", share, f"{percent} %" if percent else "")
    yield _spread(value)
    yield _named("Measure", value.get("measure"))
    yield _named("p", value.get("p"))


def _group(_: Corpus, value: dict[str, Any]) -> Iterator[str]:
    yield _joined(", ", _word(value.get("role")), _enrolled(value))
    yield _named("Within", value.get("within"))
    for part in dicts(value.get("parts"))[:_MOST]:
        yield f"{plain(part.get('label')) or plain(part.get('id'))}: {_enrolled(part)}"
    yield plain(value.get("note"))


def _claim(_: Corpus, value: dict[str, Any]) -> Iterator[str]:
    yield plain(value.get("text"))
    yield _named("About", value.get("about"))
    yield _said("PMIDs", ", ".join(texts(value.get("pmids"))))
    yield _said("Evidence", ", ".join(texts(value.get("evidence"))))


_NOUNS = {
    "outcomes": "outcome",
    "adverse_events": "adverse event",
    "groups": "group",
    "claims": "claim",
}
_CARDS = {
    "study": _study,
    "procedure": _procedure,
    "condition": _condition,
    "measure": _measure,
    "reference": _paper,
    "result": _result,
    "group": _group,
    "claim": _claim,
}


def _status(kind: str, value: dict[str, Any]) -> str:
    status = plain(value.get("status")).replace("\\_", " ")
    return _joined(", ", kind, status)


def _enrolled(group: dict[str, Any]) -> str:
    number = plain(group.get("enrolled"))
    return f"{number} enrolled" if number else "number enrolled not given"


def _spread(value: Any) -> str:
    """Return mean, median and their spread, as printed."""
    if not isinstance(value, dict):
        return ""
    figure = {name: plain(value.get(name)) for name in _FIGURES}
    said = [
        f"mean {figure['mean']}" if figure["mean"] else "",
        f"SD {figure['sd']}" if figure["sd"] else "",
        f"median {figure['median']}" if figure["median"] else "",
        f"quartiles {figure['q1']} to {figure['q3']}" if figure["q1"] and figure["q3"] else "",
        f"range {figure['min']} to {figure['max']}" if figure["min"] and figure["max"] else "",
        f"value {figure['value']}" if figure["value"] else "",
    ]
    figures = _joined(" ", _joined(", ", *said), plain(value.get("unit")) if any(said) else "")
    planned = plain(value.get("planned"))
    return _joined(", ", figures, f"planned {planned}" if planned else "")


_FIGURES = ("mean", "sd", "median", "q1", "q3", "min", "max", "value")


def _named(name: str, value: Any) -> str:
    return _said(name, plain(value))


def _said(name: str, said: str) -> str:
    return f"{name}: {said}" if said else ""


def _word(value: Any) -> str:
    """Return a word of ours as prose: `retrospective-cohort` is a retrospective cohort."""
    return plain(value).replace("-", " ")


def _count(value: Any, noun: str) -> str:
    number = len(dicts(value))
    return counted(number, noun) if number else ""


def _joined(between: str, *said: str) -> str:
    return between.join(one for one in said if one)
