"""Know a finding again after the lines around it have moved."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from curate.finding import Finding


def fingerprints(findings: Iterable[Finding]) -> dict[Finding, str]:
    """Return a fingerprint of each finding: of its rule, its record and its place in it.

    Where these are the same for several, as for two strange characters in one text, they are told
    apart by their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found: dict[Finding, str] = {}
    for finding in findings:
        key = (finding.name, finding.record or finding.path, finding.pointer)
        text = "\n".join((*key, str(seen[key])))
        seen[key] += 1
        found[finding] = sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
    return found
