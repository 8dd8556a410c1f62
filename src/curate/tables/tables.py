"""The tables: this is the list."""

from functools import cache, partial

from curate.config import PUBLISHABLE
from curate.finding import pointer
from curate.kinds import KINDS
from curate.tables import fill, link
from curate.tables.column import Column, Columns, columns_of
from curate.tables.row import EACH, Path
from curate.tables.table import Table

_CLAIMING = ("procedure", "condition")
_NAMED = ("procedure", "condition", "measure")

_SOURCE: Columns = {
    "record": Column(
        "The record that the row is from, as kind/id.", lambda row: row.record, required=True
    ),
    "pointer": Column("The place in the record (JSON Pointer).", lambda row: pointer(row.where)),
    "source_path": Column(
        "The record's file in the corpus.", lambda row: row.entry.path, required=True
    ),
    "source_line": Column(
        "The line of that file.", lambda row: row.line, type="integer", required=True
    ),
    "source_commit": Column(
        "The git commit that file and line are of; none where the records differ from it.",
        lambda row: row.corpus.commit,
    ),
    "status": Column(
        "How far the record is.", lambda row: row.entry.status, choices=PUBLISHABLE, required=True
    ),
    "pmids": Column(
        "The PubMed ids of the papers that the row rests on, separated by spaces.",
        lambda row: row.pmids,
    ),
}


@cache
def tables() -> tuple[Table, ...]:
    """Return every table."""
    return (
        *_of_studies(),
        *_of_groups(),
        *_of_results(),
        *_of_procedures_and_conditions(),
        *_of_claims(),
        *_of_measures(),
        *_of_references(),
        *_of_several_kinds(),
    )


def _of_studies() -> tuple[Table, ...]:
    return (
        _records("study", reference=link.paper()),
        _parts(
            "study_conditions",
            ("study",),
            "A condition that a study treated.",
            ("conditions", EACH),
            condition=link.linked("condition"),
        ),
        _parts(
            "study_procedures",
            ("study",),
            "A procedure that a study is of.",
            ("procedures", EACH),
            procedure=link.linked("procedure"),
        ),
        _parts(
            "study_overlaps",
            ("study",),
            "A study that reports some of the same people as another.",
            ("overlaps", EACH),
            # A retired study may be named though it is not exported, so this is no foreign key.
            overlaps=Column("The other study, exported or not.", fill.item, required=True),
        ),
        _parts(
            "study_registrations",
            ("study",),
            "A trial registration of a study.",
            ("registrations", EACH),
            registration=Column("The NCT or ISRCTN number.", fill.item, required=True),
        ),
    )


def _of_groups() -> tuple[Table, ...]:
    shares = ("groups", EACH, "parts", EACH)
    columns = columns_of("study", "Group")
    columns["within"] = link.group(columns["within"], "within")
    # A share of a group may be without a label.
    columns["label"] = columns["label"]._replace(required=False)
    part_of = Column("For a share of a group: that group.", fill.part_of, refers_to="groups")
    group = link.inside("groups", "The group.", table="groups")
    return (
        _parts(
            "groups",
            ("study",),
            "A group of a study, or a share of a group, such as one of its diagnoses.",
            ("groups", EACH),
            shares,
            **columns,
            part_of=part_of,
        ),
        _parts(
            "group_procedures",
            ("study",),
            "A procedure that was done to a group.",
            ("groups", EACH, "procedures", EACH),
            group=group,
            procedure=link.linked("procedure"),
        ),
        _parts(
            "group_treatments",
            ("study",),
            "A treatment of a group that is no procedure; its terms are in codes.",
            ("groups", EACH, "treatments", EACH),
            group=group,
            **columns_of("study", "Treatment"),
        ),
        _parts(
            "group_conditions",
            ("study",),
            "A condition of a share of a group.",
            (*shares, "conditions", EACH),
            group=link.inside("parts", "The share of a group.", table="groups"),
            condition=link.linked("condition"),
        ),
    )


def _of_results() -> tuple[Table, ...]:
    outcome = columns_of("study", "Outcome")
    outcome["group"] = link.group(outcome["group"], "group")
    outcome["measure"] = outcome["measure"]._replace(refers_to="measures")
    against = Column(
        "The group that effect_against names; none where that is `baseline`.",
        fill.effect_against_group,
        refers_to="groups",
    )
    event = columns_of("study", "AdverseEvent")
    event["group"] = link.group(event["group"], "group")
    return (
        _parts(
            "outcomes",
            ("study",),
            "One result for one group at one time.",
            ("outcomes", EACH),
            **outcome,
            effect_against_group=against,
        ),
        _parts(
            "adverse_events",
            ("study",),
            "One kind of harm in one group over one period.",
            ("adverse_events", EACH),
            **event,
        ),
    )


def _of_procedures_and_conditions() -> tuple[Table, ...]:
    return (
        _records("procedure"),
        _parts(
            "procedure_conditions",
            ("procedure",),
            "A condition that a procedure is used for.",
            ("conditions", EACH),
            condition=link.linked("condition"),
        ),
        _records("condition"),
    )


def _of_claims() -> tuple[Table, ...]:
    each: Path = ("claims", EACH)
    claim = link.inside("claims", "The claim.", table="claims")
    return (
        _parts(
            "claims",
            _CLAIMING,
            "A claim of a procedure or a condition.",
            each,
            **columns_of("procedure", "Claim"),
        ),
        _parts(
            "claim_pmids",
            _CLAIMING,
            "A paper that a claim rests on.",
            (*each, "pmids", EACH),
            claim=claim,
            pmid=_PMID,
            reference=link.paper(),
        ),
        _parts(
            "claim_evidence",
            _CLAIMING,
            "An outcome or an adverse event that carries a claim.",
            (*each, "evidence", EACH),
            claim=claim,
            outcome=Column("The outcome, if it is one.", fill.outcome, refers_to="outcomes"),
            adverse_event=Column(
                "The adverse event, if it is one.", fill.adverse_event, refers_to="adverse_events"
            ),
        ),
        _parts(
            "claim_conditions",
            _CLAIMING,
            "A condition that a claim holds for.",
            (*each, "conditions", EACH),
            claim=claim,
            holds_for=link.linked("condition"),
        ),
        _parts(
            "claim_certainty_reasons",
            _CLAIMING,
            "A reason for the certainty of a claim.",
            (*each, "certainty", "reasons", EACH),
            claim=claim,
            **columns_of("procedure", "CertaintyReason"),
        ),
    )


def _of_measures() -> tuple[Table, ...]:
    return (
        _records("measure"),
        _parts(
            "measure_categories",
            ("measure",),
            "A category of a measure, the best first.",
            ("categories", EACH),
            position=_POSITION,
            category=Column("The category.", fill.item, required=True),
        ),
        _parts(
            "measure_pmids",
            ("measure",),
            "A paper that a measure's smallest important change is taken from.",
            ("smallest_important_change", "pmids", EACH),
            pmid=_PMID,
            reference=link.paper(),
        ),
    )


def _of_references() -> tuple[Table, ...]:
    return (
        _records("reference"),
        _parts(
            "reference_authors",
            ("reference",),
            "An author of a paper.",
            ("authors", EACH),
            position=_POSITION,
            author=Column("Family name and initials.", fill.item, required=True),
        ),
        _parts(
            "reference_notices",
            ("reference",),
            "A later notice about a paper.",
            ("notices", EACH),
            **columns_of("reference", "Notice"),
        ),
        _parts(
            "reference_notice_of",
            ("reference",),
            "A paper that an entry of PubMed is a notice of.",
            ("notice_of", EACH),
            **columns_of("reference", "Noticed"),
        ),
        _parts(
            "reference_publication_types",
            ("reference",),
            "One of PubMed's words for what a paper is.",
            ("publication_types", EACH),
            publication_type=Column("The word.", fill.item, required=True),
        ),
        _parts(
            "reference_registrations",
            ("reference",),
            "A trial registration that PubMed lists with a paper.",
            ("registrations", EACH),
            registration=Column("The registry's number.", fill.item, required=True),
        ),
    )


def _of_several_kinds() -> tuple[Table, ...]:
    # Every vocabulary has the same three fields; only the patterns of their codes differ.
    term = columns_of("measure", "Mesh")
    return (
        _parts(
            "synonyms",
            _NAMED,
            "Another name of a procedure, a condition or a measure.",
            ("synonyms", EACH),
            synonym=Column("The name.", fill.item, required=True),
        ),
        _parts(
            "codes",
            ("study", *_NAMED),
            "A term of a published vocabulary, for a record or for a treatment of a group.",
            ("codes", EACH),
            ("groups", EACH, "treatments", EACH, "codes", EACH),
            of=Column("What it is a term for (JSON Pointer).", fill.coded),
            system=term["system"]._replace(text="The vocabulary."),
            code=term["code"]._replace(text="The code in that vocabulary."),
            display=term["display"]._replace(text="The vocabulary's own words."),
        ),
        _parts(
            "waivers",
            tuple(KINDS),
            "A place where something is accepted: where a figure is missing, here is the reason.",
            ("waivers", EACH, "at", EACH),
            **{
                name: column._replace(fill=partial(fill.of_waiver, name))
                for name, column in columns_of("study", "Waiver").items()
            },
            target=Column("The place that it is accepted at (JSON Pointer).", fill.waived_place),
        ),
    )


_POSITION = Column("The place in the list, from 1.", fill.position, type="integer", required=True)
_PMID = Column("The paper's PubMed id.", fill.item_as_text, required=True)


def _records(kind: str, **more: Column) -> Table:
    """Return the table of a kind, one record a row; its lists are in tables of their own."""
    columns = {**columns_of(kind), **more}
    for field in {"parent", "replaced_by"} & columns.keys():
        columns[field] = columns[field]._replace(refers_to=link.TABLE_OF[kind])
    text = f"A {kind}; what it has several of is in the tables that refer to it."
    return Table(link.TABLE_OF[kind], text, (kind,), ((),), columns | _SOURCE)


def _parts(
    name: str, kinds: tuple[str, ...], text: str, /, *paths: Path, **columns: Column
) -> Table:
    """Return the table of the parts that paths lead to, with the record that each is part of."""
    head: Columns = {}
    if "id" in columns:
        head["id"] = link.part_id(columns.pop("id"))
    for kind in kinds:
        head[kind] = link.owner(kind, required=len(kinds) == 1)
    return Table(name, text, kinds, paths, head | columns | _SOURCE)
