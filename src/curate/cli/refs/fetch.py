"""`curate refs fetch`: get what PubMed says of papers."""

from typing import TYPE_CHECKING

import click

from curate.counted import counted

if TYPE_CHECKING:
    from curate.cli.refs.corpus_at import Workplace


@click.command("fetch", short_help="Get what PubMed says of the papers that are cited.")
@click.argument("pmids", nargs=-1, type=click.IntRange(1, 99_999_999), metavar="[PMID]...")
@click.option("--all", "everything", is_flag=True, help="Also those that were fetched before.")
def command(pmids: tuple[int, ...], *, everything: bool) -> int:
    """Write a reference for each paper that the records cite and nothing is known of, or of PMIDs.

    One that was entered by hand is taken for known; name its PMID, or use --all, to have it
    verified. What editors wrote into a reference (notes, waivers, reviews) stays. What has been
    fetched when something goes wrong is kept, and the next call goes on from there.

    Set `email` in curate.toml or NCBI_EMAIL, as PubMed asks; with a key in NCBI_API_KEY it is
    faster.

    Exit code: 0 all is written, 1 PubMed has no such paper, 2 PubMed cannot be asked.
    """
    # A call for help must not wait for what only the work needs.
    from curate.cli.common import write  # noqa: PLC0415
    from curate.cli.refs.asked import answers, unanswered  # noqa: PLC0415
    from curate.cli.refs.corpus_at import Workplace, changes  # noqa: PLC0415
    from curate.pubmed import Unanswered  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415

    place = Workplace()
    wanted = _wanted(place, pmids, everything=everything)
    written = failed = 0
    try:
        for answer in answers(place, wanted) if wanted else ():
            for paper in answer.papers:
                before = place.facts(paper.pmid)
                try:
                    write([f"wrote {place.write(paper.facts)}: {paper.facts['title']}\n"])
                    written += 1
                except Refusal as refusal:
                    failed += 1
                    write([f"{refusal}\n"])
                    continue
                write(
                    f"  {change}\n" for change in (changes(before, paper.facts) if before else ())
                )
            write(unanswered(answer))
            failed += len(answer.missing)
    except Unanswered as error:
        kept = f" {counted(written, 'reference')} written before that stay." if written else ""
        raise Refusal(f"{error}{kept}") from error
    write([f"{counted(written, 'reference')} written, {failed} not\n"])
    return 1 if failed else 0


def _wanted(place: "Workplace", pmids: tuple[int, ...], *, everything: bool) -> list[int]:
    """Return the PMIDs to ask about, ascending, each once."""
    if pmids:
        return sorted(set(pmids))
    known = set(place.corpus.references_by_pmid)
    if everything:
        return sorted(known | set(place.cited()))
    return [pmid for pmid in place.cited() if not place.known(pmid)]
