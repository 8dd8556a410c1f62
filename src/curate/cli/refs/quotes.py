"""Look up the quotations of claims, and write what came of it into the records."""

from collections.abc import Iterator

from curate.abstracts import Abstracts, folder
from curate.cli.common import write
from curate.cli.refs.asked import answers, unanswered
from curate.cli.refs.corpus_at import Workplace
from curate.corpus import Entry
from curate.counted import counted
from curate.disk.write_file import replace_file
from curate.document import Document
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.part import plain
from curate.quotation import look_up
from curate.quote_edit import with_result
from curate.quoted import Quoted, claim_digest, quoted, text_digest
from curate.refusal import Refusal
from curate.today import today


def check_quotes(place: Workplace, *, writes: bool) -> int:
    """Look up every quotation of the corpus; return the exit code."""
    found = list(_quotations(place))
    if not found:
        raise Refusal("There is no quotation to look up: no claim has a `quote`.")
    texts = _texts(place, sorted({one.quote.pmid for _, one in found}))
    failed = 0
    for entry, document in {entry: entry.document for entry, _ in found}.items():
        changed = document
        for _, one in (pair for pair in found if pair[0] is entry):
            text = texts.get(one.quote.pmid)
            result = _result(entry, one, text)
            failed += result != "found"
            if text is not None:
                changed = _with_result(changed, one, result, text)
        if writes and changed is not document:
            path = place.root / entry.path
            replace_file(path, path.read_bytes(), changed.text.encode())
    done = "" if writes else "; nothing was written without --write"
    write([f"looked up {counted(len(found), 'quotation')}, {failed} not found{done}\n"])
    return 1 if failed else 0


def _quotations(place: Workplace) -> Iterator[tuple[Entry, Quoted]]:
    for entry in place.corpus.entries:
        if isinstance(entry.record, Procedure | Condition):
            for one in quoted(entry.record):
                yield entry, one


def _texts(place: Workplace, pmids: list[int]) -> dict[int, str]:
    """Return the abstracts of papers, from the cache or from PubMed."""
    abstracts = Abstracts(folder())
    texts = {pmid: text for pmid in pmids if (text := abstracts.get(pmid)) is not None}
    missing = [pmid for pmid in pmids if pmid not in texts]
    for answer in answers(place, missing) if missing else ():
        texts.update({paper.pmid: paper.text for paper in answer.papers})
        write(unanswered(answer))
    return texts


def _result(entry: Entry, one: Quoted, text: str | None) -> str:
    """Look one quotation up, and say what is wrong with it."""
    line = entry.document.span((*one.where, "text")).line
    at = f"{entry.path}:{line}: the claim `{one.claim.id}` quotes PMID {one.quote.pmid}"
    if text is None:
        write([f"{at}, of which there is no text to look it up in.\n"])
        return "unknown"
    answer = look_up(one.quote.text, text)
    if not answer.found:
        write([f"{at}, and its abstract does not say so. {answer.said}\n"])
    return "found" if answer.found else "not-found"


def _with_result(document: Document, one: Quoted, result: str, text: str) -> Document:
    """Return the document with the result, unless it says the same already."""
    facts = {
        "result": result,
        "date": today().isoformat(),
        "text_digest": text_digest(text),
        "claim_digest": claim_digest(one.claim),
    }
    before = {} if one.quote.checked is None else plain(one.quote.checked)
    if all(before.get(key) == value for key, value in facts.items() if key != "date"):
        return document
    return with_result(document, one.where, facts)
