"""Write `records/README.md`: what is in a corpus, what is not known, and what it began from."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from curate.corpus import Corpus, Entry, RecordT
from curate.kinds import FOLDERS, KINDS
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.refusal import Refusal
from curate.report import Report
from curate.results import PARTICIPANTS
from curate.seeds import Seed, Statement

_STATUSES = ("in_review", "approved", "retired", "draft")
_Row = Iterable[object]


def corpus_page(corpus: Corpus, report: Report, seeds: Iterable[Seed]) -> str:
    """Return the page of a corpus; `report` is what checking it found."""
    sections = [
        _begin(corpus, report),
        _by(corpus, Condition, "Conditions"),
        _by(corpus, Procedure, "Procedures"),
        _drafts(corpus),
        _waivers(corpus, report),
        _notices(corpus),
        *_seeds(corpus, tuple(seeds)),
    ]
    return "\n".join(sections)


def _begin(corpus: Corpus, report: Report) -> str:
    counts = Counter((entry.kind, entry.status) for entry in corpus.entries)
    rows = [
        [kind, *(counts[kind, status] or "" for status in _STATUSES)]
        for kind in KINDS
        if any(counts[kind, status] for status in _STATUSES)
    ]
    studies = list(_published(corpus, Study))
    claiming: Iterator[Procedure | Condition] = chain(
        _published(corpus, Procedure), _published(corpus, Condition)
    )
    abouts = Counter(claim.about for record in claiming for claim in record.claims)
    held = [
        ["outcomes", sum(len(study.outcomes) for study in studies)],
        ["adverse events", sum(len(study.adverse_events) for study in studies)],
        ["claims", abouts.total()],
        *([f"claims about {about}", number] for about, number in abouts.most_common()),
    ]
    published = " and ".join(f"`{status}`" for status in corpus.config.publish)
    return f"""\
# {corpus.config.title}

Generated from the records by `python -m curate.generate`; change those, not this page.

`curate validate` {report.summary}.

Exported are records of status {published}.
`in_review` means that nobody has approved the record yet; a draft is never exported.
Below, only what is exported is counted, where nothing else is said.

{_table(["records", *_STATUSES], rows)}
{_table(["what they hold", "number"], held)}"""


def _by(corpus: Corpus, kind: type[Condition] | type[Procedure], title: str) -> str:
    """Return a table of conditions or procedures: what was studied of each, what is claimed."""
    rows: list[_Row] = []
    for record in _published(corpus, kind):
        studies = [
            study for study in _published(corpus, Study) if record.id in getattr(study, kind.folder)
        ]
        rows.append(
            [
                f"[{record.title}]({kind.folder}/{record.id}.yaml)",
                len(studies) or "",
                _people(studies),
                sum(len(study.outcomes) for study in studies) or "",
                sum(len(study.adverse_events) for study in studies) or "",
                _claims(record),
            ]
        )
    head = [kind.kind, "studies", "people enrolled", "outcomes", "adverse events", "claims"]
    return f"""\
## {title}

A study of several {title.lower()} is counted with each. People are counted where the source prints
how many were enrolled; a study that reports people of another study is not counted again.

{_table(head, rows)}"""


def _people(studies: Iterable[Study]) -> str:
    printed = [_enrolled(study) for study in studies]
    known = [number for number in printed if number is not None]
    if not known:
        return ""
    partly = "" if len(known) == len(printed) else f" in {len(known)} of {len(printed)} studies"
    return f"{sum(known)}{partly}"


def _enrolled(study: Study) -> int | None:
    """Return how many people entered a study, where it prints that and they are its own."""
    whole = [group for group in study.groups if group.within is None]
    numbers = [
        group.enrolled
        for group in whole
        if group.enrolled is not None
        and not group.derived
        and (group.counted or PARTICIPANTS) == PARTICIPANTS
    ]
    return sum(numbers) if numbers and len(numbers) == len(whole) and not study.overlaps else None


def _claims(record: Condition | Procedure) -> str:
    abouts = Counter(claim.about for claim in record.claims)
    return ", ".join(f"{number} {about}" for about, number in abouts.most_common())


def _drafts(corpus: Corpus) -> str:
    drafts = [entry for entry in corpus.entries if entry.status == "draft"]
    lines = [f"- [{_title(entry)}]({_below(entry)}): {entry.kind}" for entry in drafts]
    return f"""\
## Drafts

Not exported, and nothing that is exported may rest on them.

{_list(lines)}"""


def _waivers(corpus: Corpus, report: Report) -> str:
    findings = Counter(finding.name for finding in report.waived)
    reasons = Counter(
        waiver.rule
        for entry in corpus.entries
        if entry.record is not None
        for waiver in entry.record.waivers
    )
    rows = [[f"`{rule}`", number, reasons[rule]] for rule, number in sorted(findings.items())]
    total = ["all", findings.total(), reasons.total()]
    head = ["rule", "findings accepted", "waivers"]
    return f"""\
## Waivers

What a rule finds and nobody can mend, because the source does not print it or was not read that
far. Each waiver gives its reason, and may name several places. Drafts are counted too.

{_table(head, [*rows, total] if rows else [])}"""


def _notices(corpus: Corpus) -> str:
    lines = [
        f"- [PMID {reference.pmid}](references/{reference.id}.yaml), {reference.title}: "
        + ", ".join(
            " ".join([_words(notice.type), *([f"PMID {notice.pmid}"] if notice.pmid else [])])
            for notice in reference.notices
        )
        for reference in _published(corpus, Reference)
        if reference.notices
    ]
    return f"""\
## Notices about papers

Corrections, concerns and retractions that the references record. Whoever entered them may have
missed one.

{_list(lines)}"""


def _seeds(corpus: Corpus, seeds: tuple[Seed, ...]) -> Iterator[str]:
    """Yield where each statement of the first documents went, a section for all of them."""
    if not seeds:
        return
    yield """\
## Where the first documents went

The corpus was begun from these documents. Each statement of theirs was carried into a record with
its source, corrected by what the studies show, or not carried, and then the reason stands here.
What is wrong with each document is marked, line by line, in the records of its folder. This table
is written by hand in `seeds.toml` beside it.
"""
    for seed in seeds:
        went = Counter(statement.went for statement in seed.statements)
        counts = ", ".join(f"{number} {_words(word)}" for word, number in sorted(went.items()))
        rows = [
            [one.id, one.says, _words(one.went), one.how, _links(corpus, one)]
            for one in seed.statements
        ]
        head = ["", "statement", "went", "how", "where"]
        yield f"""\
### {seed.title}

[Marked](../{seed.case}); {counts}.

{_table(head, rows)}"""


def _links(corpus: Corpus, statement: Statement) -> str:
    """Return links to what a statement became; refuse one that leads nowhere."""
    for link in statement.to:
        if not _leads_somewhere(corpus, link):
            raise Refusal(f"The statement {statement.id} went to {link}, which is not there.")
    shown = (f"[{link.split('/', 1)[1]}]({link.split('#')[0]}.yaml)" for link in statement.to)
    return "<br>".join(shown)


def _leads_somewhere(corpus: Corpus, link: str) -> bool:
    path, _, part = link.partition("#")
    folder, _, id_ = path.partition("/")
    entry = corpus.entry(FOLDERS.get(folder, ""), id_)
    if entry is None or entry.record is None:
        return False
    parts = {
        inner.id
        for field in ("claims", "groups", "outcomes", "adverse_events")
        for inner in getattr(entry.record, field, ())
    }
    return not part or part in parts


def _published(corpus: Corpus, kind: type[RecordT]) -> Iterator[RecordT]:
    for entry in corpus.published():
        if isinstance(entry.record, kind):
            yield entry.record


def _title(entry: Entry) -> str:
    return entry.id if entry.record is None else entry.record.title


def _below(entry: Entry) -> str:
    """Return an entry's path from the folder of records, where the page stands."""
    return entry.path.split("/", 1)[1]


def _words(name: str) -> str:
    return name.replace("-", " ")


def _list(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines) or "None.\n"


def _table(head: Iterable[str], rows: Iterable[_Row]) -> str:
    lines = [" | ".join(str(cell).replace("|", "\\|") for cell in row) for row in rows]
    if not lines:
        return "None.\n"
    titles = list(head)
    rule = "---|" * len(titles)
    body = "".join(f"| {line} |\n" for line in lines)
    return f"| {' | '.join(titles)} |\n|{rule}\n{body}"
