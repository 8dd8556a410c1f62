"""`curate refs check`: ask PubMed again, and say what changed."""

from typing import TYPE_CHECKING

import click

from curate.counted import counted

if TYPE_CHECKING:
    from curate.cli.refs.corpus_at import Workplace
    from curate.pubmed import Paper


@click.command("check", short_help="Ask PubMed again, and say what changed.")
@click.option("--write", "writes", is_flag=True, help="Write what PubMed says now.")
@click.option("--quotes", is_flag=True, help="Look up the quotations of claims in the abstracts.")
def command(*, writes: bool, quotes: bool) -> int:
    """Compare every reference with PubMed: retracted since, doubted, corrected, another title.

    Nothing is written unless --write is given. With --quotes, the quotations of claims are looked
    up instead, in the abstracts that were fetched on this machine; those that are missing are
    fetched. Abstracts are kept outside the corpus.

    Exit code: 0 nothing changed (or it was written), 1 something did, or a quotation is not found,
    2 PubMed cannot be asked.
    """
    # A call for help must not wait for what only the work needs.
    from curate.cli.refs.corpus_at import Workplace  # noqa: PLC0415
    from curate.pubmed import Unanswered  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415

    place = Workplace()
    try:
        if quotes:
            from curate.cli.refs.quotes import check_quotes  # noqa: PLC0415

            return check_quotes(place, writes=writes)
        return _check(place, writes=writes)
    except Unanswered as error:
        raise Refusal(str(error)) from error


def _check(place: "Workplace", *, writes: bool) -> int:
    from curate.cli.common import write  # noqa: PLC0415 - see above
    from curate.cli.refs.asked import answers, unanswered  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415

    pmids = sorted(place.corpus.references_by_pmid)
    if not pmids:
        raise Refusal("There is no reference to check; get some with `curate refs fetch`.")
    changed = missing = 0
    for answer in answers(place, pmids):
        for paper in answer.papers:
            changed += _compared(place, paper)
            if writes:
                place.write(paper.facts)
        write(unanswered(answer))
        missing += len(answer.missing)
    done = ", all written" if writes else "" if not changed else "; --write takes them over"
    write([f"asked PubMed about {counted(len(pmids), 'reference')}, {changed} changed{done}\n"])
    return 1 if missing or (changed and not writes) else 0


def _compared(place: "Workplace", paper: "Paper") -> bool:
    """Say what changed of one paper, the gravest first."""
    from curate.cli.common import write  # noqa: PLC0415 - see above
    from curate.cli.refs.corpus_at import changes  # noqa: PLC0415

    before = place.facts(paper.pmid)
    found = changes(before, paper.facts)
    now = paper.facts.get("publication_status")
    if found:
        grave = now if now != before.get("publication_status") else None
        said = {"retracted": " RETRACTED", "concern": " EXPRESSION OF CONCERN"}.get(grave or "", "")
        write([f"PMID {paper.pmid}:{said} {paper.facts['title']}\n"])
        write(f"  {change}\n" for change in found)
    return bool(found)
