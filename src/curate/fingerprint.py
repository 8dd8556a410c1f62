"""Know a finding again after the lines around it have moved."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

from curate.corpus import Corpus, Entry
from curate.document import number_text
from curate.finding import Finding


class Print(NamedTuple):
    """What a finding is known by."""

    at: str
    """Its place in the record, as a waiver writes it, but for the position in a plain list."""
    digest: str


def fingerprints(findings: Iterable[Finding], corpus: Corpus) -> dict[Finding, Print]:
    """Return a fingerprint of each finding: of its rule, its record, its place and the value there.

    Lines play no part, nor does the order of lists: parts are known by their ids, other entries by
    what they say. Where all is the same for several, as for two strange characters in one text,
    they are told apart by their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found: dict[Finding, Print] = {}
    for finding in findings:
        at, value = _place_and_value(finding, corpus.at(finding.path))
        key = (finding.name, finding.record or finding.path, at, value)
        text = "\n".join((*key, str(seen[key])))
        seen[key] += 1
        found[finding] = Print(at, sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    return found


def _place_and_value(finding: Finding, entry: Entry | None) -> tuple[str, str]:
    """Return where a finding is, and what is written there.

    What stands at no place of a record, as in a text that YAML cannot read, is known by its line.
    """
    if entry is None or not finding.pointer:
        return "", "" if entry is None else entry.document.line(finding.span.line).strip()
    steps: list[str] = []
    value: Any = entry.document.value
    for escaped in finding.pointer.split("/")[1:]:
        step = escaped.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and step.isdecimal():
            value = next(iter(value[int(step) :]), None)
            named = value.get("id") if isinstance(value, dict) else None
            if isinstance(named, str):
                steps.append(named)
        else:
            value = value.get(step) if isinstance(value, dict) else None
            steps.append(step)
    return ".".join(steps), "\n".join(_own(value))


def _own(value: Any) -> Iterable[str]:
    """Yield what a value says itself; of fields and lists, what they hold directly."""
    if isinstance(value, dict):
        return [f"{key}: {_text(item)}" for key, item in sorted(value.items()) if _is_plain(item)]
    if isinstance(value, list):
        return [_text(item) for item in value if _is_plain(item)]
    return [_text(value)]


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _text(value: Any) -> str:
    return number_text(value) if isinstance(value, int | Decimal) else str(value)
