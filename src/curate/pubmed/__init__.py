"""Ask PubMed about papers; the only code of ours that opens a connection."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from curate.pubmed.answer import Paper, Unreadable, papers
from curate.pubmed.client import Client, Unanswered

BATCH: Final = 200
"""How many papers are asked for at once: NCBI's own limit for what it calls a small request."""
_MOST_ATTEMPTS: Final = 3


class Answer(NamedTuple):
    """What PubMed said of one batch."""

    asked: tuple[int, ...]
    papers: tuple[Paper, ...]
    """The papers, in the order in which they were asked for."""
    missing: tuple[int, ...]
    """PMIDs that PubMed has no paper of."""
    unasked: tuple[int, ...]
    """PMIDs of papers in the answer that nobody asked for; these papers are thrown away."""


def ask(client: Client, pmids: Sequence[int]) -> Iterator[Answer]:
    """Yield PubMed's answer batch by batch, so that an interrupted fetch keeps what it has.

    Raise `Unanswered` where PubMed does not answer, or answers nothing that can be read.
    """
    for start in range(0, len(pmids), BATCH):
        yield _answer(client, tuple(pmids[start : start + BATCH]))


def _answer(client: Client, asked: tuple[int, ...]) -> Answer:
    """Ask about one batch; an answer that breaks off or is no XML is asked for again."""
    fields = {"db": "pubmed", "retmode": "xml", "id": ",".join(map(str, asked))}
    for attempt in range(1, _MOST_ATTEMPTS + 1):
        data = client.post("efetch.fcgi", fields)
        try:
            found = {paper.pmid: paper for paper in papers(data)}
        except Unreadable as error:
            if attempt == _MOST_ATTEMPTS or error.hostile:
                raise Unanswered(f"PubMed's answer cannot be read: {error}") from error
            client.pause(attempt)
        else:
            break
    return Answer(
        asked,
        tuple(found[pmid] for pmid in asked if pmid in found),
        tuple(pmid for pmid in asked if pmid not in found),
        tuple(sorted(found.keys() - set(asked))),
    )


__all__ = ["BATCH", "Answer", "Client", "Paper", "Unanswered", "ask"]
