"""Ask PubMed on behalf of a command: who asks, how far it is, and what it says."""

import os
import sys
from collections.abc import Iterator, Sequence

from curate.abstracts import Abstracts, folder
from curate.cli.common import write
from curate.cli.refs.corpus_at import Workplace, listed
from curate.counted import counted
from curate.pubmed import Answer, Client, ask
from curate.today import today


def answers(place: Workplace, pmids: Sequence[int]) -> Iterator[Answer]:
    """Yield PubMed's answers, each with the day; abstracts go to the cache outside the corpus."""
    client = Client(
        os.environ.get("NCBI_EMAIL") or place.config.email,
        key=os.environ.get("NCBI_API_KEY", ""),
    )
    abstracts = Abstracts(folder())
    day = today().isoformat()
    done = 0
    for answer in ask(client, pmids):
        for paper in answer.papers:
            paper.facts.update(origin="fetched", retrieved=day)
            abstracts.put(paper.pmid, paper.text)
        done += len(answer.asked)
        _progress(done, len(pmids))
        yield answer


def unanswered(answer: Answer) -> Iterator[str]:
    """Say what PubMed has no paper of, and what it sent that nobody asked for."""
    for pmid in answer.missing:
        yield f"PMID {pmid}: PubMed has no such paper. Look it up by its title.\n"
    if answer.unasked:
        sent = listed(answer.unasked)
        yield f"PubMed sent {counted(len(answer.unasked), 'paper')} that nobody asked for "
        yield f"({sent}); nothing of it was kept.\n"


def _progress(done: int, total: int) -> None:
    """Show how far it is on a terminal; a pipe and a log get none."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        write([f"\rasked PubMed about {done} of {counted(total, 'paper')}{end}"], sys.stderr)
