"""Explain fields that are not known here, and fields that are missing."""

from collections.abc import Iterator
from typing import Any

from curate.document import Fault
from curate.explain.verdict import Node, Refused
from curate.explain.words import all_of, listed, one_of, sentences, short, written
from curate.fault import Rename
from curate.finding import Where
from curate.kinds import KINDS
from curate.published import schema
from curate.suggest import nearest, only_one

MOST_FIELDS = 20
"""How many unknown fields of one set of fields are explained."""


def unknown(refused: Refused) -> Iterator[Fault]:
    """Explain each field that has no place here."""
    known: Node = refused.node.get("properties", {})
    free = [name for name in known if name not in refused.value]
    strangers = [key for key in refused.value if key not in known]
    for key in strangers[:MOST_FIELDS]:
        meant = meant_fields(key, free)
        yield Fault(
            "unknown-field",
            (*refused.where, key),
            _stranger(key, refused),
            _instead(key, meant, free, refused),
            edit := _respelt(key, strangers, free),
            None if edit else _one_meant(key, strangers, free),
        )


def missing(refused: Refused) -> Iterator[Fault]:
    """Explain each field that must be here, unless a misspelt one was meant for it."""
    known: Node = refused.node.get("properties", {})
    free = [name for name in known if name not in refused.value]
    strangers = [key for key in refused.value if key not in known][:MOST_FIELDS]
    misspelt = {name for key in strangers for name in meant_fields(key, free)}
    for key in refused.limit:
        if key not in refused.value and key not in misspelt:
            yield missing_field(key, refused.where, refused.resolve(known.get(key, {})))


def missing_field(key: str, where: Where, about: Node) -> Fault:
    """Say what is missing, what it is for, and a line that could be written."""
    choices = about.get("enum")
    example = next(iter(about.get("examples", [])), None)
    if choices:
        line = f"Add `{key}:` with {one_of(choices)}."
    elif example is not None and about.get("type") not in {"array", "object"}:
        line = f"Add a line such as {written(example, f'{key}: ')}."
    else:
        line = f"Add `{key}:`."
    return Fault(
        "missing-field",
        (*where, key),
        f"The field `{key}` is missing.",
        sentences(line, about.get("description", "")),
    )


def wrong_folder(kind: str, value: Any) -> Fault | None:
    """Tell whether a record is one of another kind that lies in the wrong folder."""
    strangers = _strangers(kind, value)
    if len(strangers) < _ENOUGH:
        return None
    for other, model in KINDS.items():
        required = schema(other).get("required", ())
        if not _strangers(other, value) and all(key in value for key in required):
            return Fault(
                "unknown-field",
                (strangers[0],),
                f"This looks like a {other}, but it lies among the {KINDS[kind].folder}.",
                f"Move the file to `records/{model.folder}/`.",
            )
    return None


_ENOUGH = 2


def meant_fields(key: str, free: list[str]) -> list[str]:
    """Return the fields that a name may have been meant for: one, or several of one meaning."""
    folded = _folded(key)
    same = [name for name in free if _folded(name) == folded]
    if same:
        return same
    synonyms = [name for name in _SYNONYMS.get(folded, "").split() if name in free]
    if synonyms:
        return synonyms
    guess = nearest(key, free)
    return [] if guess is None else [guess]


def _instead(key: str, meant: list[str], free: list[str], refused: Refused) -> str:
    if meant and _folded(meant[0]) == _folded(key):
        return f"Write it as `{meant[0]}`: field names are lower-case words joined by `_`."
    if len(meant) > 1:
        return f"Write {one_of(meant)}, whichever it is."
    if meant:
        return f"Did you mean `{meant[0]}`?"
    twin = next((name for name in refused.node.get("properties", {}) if _same(name, key)), None)
    if twin is not None:
        return f"`{twin}` is written here already; keep one of the two."
    ends = _ENDS.get(_folded(key), ())
    if ends and set(ends).issubset(free):
        return f"Write its two ends, each in its field: {all_of(ends)}."
    return _elsewhere(key, refused) or f"Fields that can stand here: {listed(free)}."


def _elsewhere(key: str, refused: Refused) -> str:
    """Say where a field belongs that is known, but one level further in or out."""
    inner = [
        name
        for name, node in refused.node.get("properties", {}).items()
        if key in _fields_below(node, refused)
    ]
    if inner:
        return f"It belongs to what stands under {one_of(inner)}: check the indentation."
    for outer in reversed(refused.around):
        if outer is not refused.node and key in outer.get("properties", {}):
            return f"`{key}` is a field of what this lies in: indent it less."
    return ""


def _fields_below(node: Node, refused: Refused) -> Node:
    """Return the fields of a part, or of the parts in a list."""
    whole = refused.resolve(node)
    part = refused.resolve(whole.get("items", whole))
    fields: Node = part.get("properties", {})
    return fields


def _stranger(key: str, refused: Refused) -> str:
    if refused.where:
        return f"There is no field `{short(key)}` here."
    return f"A {refused.kind} has no field `{short(key)}`."


def _strangers(kind: str, value: Any) -> list[str]:
    return [key for key in value if key not in schema(kind)["properties"]]


def _respelt(key: str, strangers: list[str], free: list[str]) -> Rename | None:
    """Return the one field that a name differs from in capitals, `-`, `_` and spaces only."""
    if sum(_same(key, other) for other in strangers) > 1:
        return None
    bare = key.casefold().translate(_JOINTS)
    same = [name for name in free if name.translate(_JOINTS) == bare]
    return Rename(same[0]) if len(same) == 1 else None


def _one_meant(key: str, strangers: list[str], free: list[str]) -> Rename | None:
    """Return the one field that a name was likely meant as, and no other name here was."""
    meant = meant_fields(key, free)
    if len(meant) != 1 or (_is_near_only(key, meant[0]) and only_one(key, free) is None):
        return None
    rivals = (other for other in strangers if other != key)
    taken = any(meant[0] in meant_fields(other, free) for other in rivals)
    return None if taken else Rename(meant[0])


def _is_near_only(key: str, name: str) -> bool:
    return not _same(key, name) and name not in _SYNONYMS.get(_folded(key), "").split()


_JOINTS = str.maketrans("", "", "-_ ")


def _same(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _folded(key: str) -> str:
    return "".join(character for character in key.casefold() if character.isalnum())


# Two figures that people write as one, spelt as below.
_ENDS = {
    "interquartilerange": ("q1", "q3"),
    "iqr": ("q1", "q3"),
    "quartiles": ("q1", "q3"),
    "range": ("min", "max"),
}

# What people call a field, spelt without spaces, hyphens and capitals.
_SYNONYMS = {
    "abbr": "abbreviation",
    "aka": "synonyms",
    "aliases": "synonyms",
    "alsoknownas": "synonyms",
    "approvedby": "review",
    "arms": "groups",
    "author": "authors by",
    "average": "mean",
    "centre": "features",
    "citation": "pmids pmid",
    "citations": "pmids",
    "cohorts": "groups",
    "comment": "note",
    "comments": "note",
    "complications": "adverse_events",
    "confidenceinterval": "ci",
    "definition": "description",
    "denominator": "analysed",
    "diagnoses": "conditions",
    "diagnosis": "conditions",
    "disease": "conditions",
    "began": "start",
    "ended": "end",
    "from": "start",
    "to": "end",
    "until": "end",
    "duration": "follow_up planned",
    "events": "count",
    "harms": "adverse_events",
    "indication": "conditions",
    "indications": "conditions",
    "instrument": "measure",
    "interval": "ci",
    "interventions": "procedures",
    "label": "title",
    "n": "analysed enrolled",
    "name": "title label",
    "notes": "note",
    "numerator": "count",
    "on": "date",
    "othernames": "synonyms",
    "participants": "analysed enrolled",
    "patients": "analysed enrolled",
    "pct": "percent",
    "percentage": "percent",
    "pvalue": "p",
    "pubmed": "pmid pmids",
    "pubmedid": "pmid pmids",
    "reference": "pmids pmid",
    "references": "pmids",
    "results": "outcomes",
    "samplesize": "analysed enrolled",
    "scale": "measure",
    "sem": "se",
    "sideeffects": "adverse_events",
    "source": "pmids pmid",
    "sources": "pmids",
    "standarddeviation": "sd",
    "standarderror": "se",
    "statement": "text",
    "std": "sd",
    "stdev": "sd",
    "studytype": "design",
    "subgroups": "parts groups",
    "subjects": "analysed enrolled",
    "summary": "description",
    "timepoint": "follow_up",
    "time": "follow_up",
    "topic": "about",
    "total": "analysed enrolled",
    "treatment": "procedures treatments",
    "type": "about design",
}
