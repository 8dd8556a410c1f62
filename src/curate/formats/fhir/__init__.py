"""FHIR R5: Citation, Evidence and all that belongs to them, in bundles.

The base resources of R5 (5.0.0), without profiles and without extensions of our own.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from curate.artifact import Artifact
from curate.corpus import Corpus
from curate.formats.fhir.bundle import Bundles
from curate.formats.fhir.document import documents
from curate.formats.fhir.made import FIRST
from curate.pieces import Pieces

# Written by the tests, from what the mapping does.
FIELDS = Path(__file__).with_name("fields.md")

LEFT_OUT: Mapping[str, str] = {
    "reference.id": "It is `pmid-` and the PMID, and so is the id of the Citation.",
}

MAKERS = (FIRST,)

_CONTRACT = """\
| file | holds |
|---|---|
| `fhir/bundle.json` | every resource, in one `collection` bundle |
| `fhir/transaction-0001.json` … | the same in `transaction` bundles of at most 500, to be sent in \
this order; each resource is put to `Type/id` |
| `fhir/fields.md` | what each field of a record becomes, or why it is left out |
| `fhir/documents/<procedure>.json` | a `document` bundle for each procedure: its Composition, \
and every resource that it leads to |

FHIR R5 (5.0.0) base resources, without profiles, and with two official extensions:
`artifact-relatedArtifact` (the papers of a ClinicalUseDefinition or a Group, which have no element
for them) and `data-absent-reason`.

| record | resources |
|---|---|
| reference | a Citation; a PMID that is only cited has one too, of status `unknown` |
| study | ResearchStudy; a Group for each group and part, and an EvidenceVariable for what it was \
given; an Evidence for each outcome and adverse event, and an EvidenceVariable for what it \
measured (groups that were compared share it); both for the follow-up |
| procedure | ActivityDefinition, Composition; an ArtifactAssessment for each claim; a \
ClinicalUseDefinition for each condition of an indication claim, for each contraindication, and \
for each harm: an undesirable effect where it leans on adverse events that were observed, a \
warning where it leans on none |
| condition | an EvidenceVariable; an ArtifactAssessment for each claim |
| measure | an EvidenceVariable |

- **Status.** Records in review are `draft` (a Composition: `preliminary`), approved ones `active`
  (`final`), retired ones `retired` (`deprecated`). A Group or an ArtifactAssessment has it as
  `meta.tag`, since R5 gives it no status of publication. Every narrative says it in words. Dates
  are those of the review; a Composition without one has a `data-absent-reason` for its date. R5
  has no element for the date of the next review: it is in the narrative.
- **Conformance.** Every bundle is held against the official definitions of R5 while it is written:
  elements, cardinality, types, codes of required and extensible value sets with their display
  texts, invariants, references, narratives. One that does not conform is never written.
- **Documents.** `Bundle.identifier` is a UUID made of what the document holds. Its `timestamp` is
  the start of the latest day on which the records that it comes from say that they were reviewed,
  waived or taken from PubMed; `1970-01-01` where none says a day.
- **Names.** The first `identifier` of a resource is its `Type/id`. With a `base_url` in
  curate.toml, `fullUrl` and `url` are `<base_url>/<Type>/<id>` and references are relative; without
  one they are UUIDs made of the corpus's name, the type and the id, and stay while those do. In
  transactions references are `Type/id`; what a later transaction brings is named by its
  identifier.
- **Papers.** Every resource leads to the Citation of each paper that it rests on, in its own
  `relatedArtifact`, `result` or section, and not only through another resource.
- **Source.** The second `identifier` says where the resource comes from:
  `records/studies/x.yaml:12#/outcomes/3` is the file, the line and the JSON Pointer, and
  `<commit>:` before it is the git commit, unless the records differ from it.
- **Numbers** have the digits that the source prints. A p-value `<0.001` is a number and a
  comparator. A percentage that the source does not print is not computed.
- **What is not known** is absent. Where a waiver says why a number analysed or a time of follow-up
  is not known, the element has a `data-absent-reason` and a note with reason, person and date.
- **Denominators.** `sampleSize.knownDataCount` is the number of people analysed,
  `numberOfParticipants` the number enrolled in the group. Numbers of sides, levels, pairs,
  procedures or events are in a statistic of type Count, with their unit.
- **Benefit is no indication.** A claim of benefit may say that there was none, so only a claim
  about an indication becomes one.
- **Texts** of type markdown are escaped only where `<` could open a tag: `\\<b`.
"""


def contract() -> str:
    """Return what readers can rely on, as Markdown."""
    return _CONTRACT


def render(corpus: Corpus, pieces: Pieces | None = None) -> Iterator[Artifact]:
    """Yield the collection, the transactions that send it, the documents, and what is what."""
    bundles = Bundles(pieces or Pieces(corpus))
    yield bundles.collection()
    yield from bundles.transactions()
    yield from documents(bundles)
    yield Artifact("fhir/fields.md", "text/markdown", iter([FIELDS.read_bytes()]))
