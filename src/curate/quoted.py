"""The quotations of a corpus, and the digests that say what a check of one was about."""

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple

from curate.finding import Where
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.parts.claim import Claim
from curate.parts.quote import Quote


class Quoted(NamedTuple):
    """A quotation: where it stands, itself, and the claim that it carries."""

    where: Where
    quote: Quote
    claim: Claim


def quoted(record: Procedure | Condition) -> Iterator[Quoted]:
    """Yield the quotations of a record."""
    for index, claim in enumerate(record.claims):
        if claim.quote is not None:
            yield Quoted(("claims", index, "quote"), claim.quote, claim)


def claim_digest(claim: Claim) -> str:
    """Return the digest of what a claim says and quotes; the check's own result is no part."""
    quote = claim.quote
    said = [claim.text, quote and quote.text, quote and quote.pmid]
    return _digest(json.dumps(said, ensure_ascii=False))


def text_digest(text: str) -> str:
    """Return the digest of a text that quotations were looked up in."""
    return _digest(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
