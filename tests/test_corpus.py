"""A corpus answers what rules and formats ask of it."""

import pytest

from curate.corpus import Corpus, place
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from examples import corpus_of, files_of

CORPUS = """\
# records/conditions/focal-hand-dystonia.yaml
id: focal-hand-dystonia
title: Focal hand dystonia
status: in_review
# records/conditions/broken.yaml
id: broken
title: 7
status: draft
# records/conditions/copied.yaml
id: forgotten
title: Copied and not renamed
status: draft
# records/procedures/ventro-oral-thalamotomy.yaml
id: ventro-oral-thalamotomy
title: Ventro-oral thalamotomy
status: in_review
parent: thalamotomy
replaced_by: another-thalamotomy
conditions:
  - focal-hand-dystonia
claims:
  - id: reoperation-helps
    about: benefit
    text: Seven of nine people improved after a second operation.
    evidence:
      - horisawa-2019#reoperation-improved
    conditions:
      - writers-cramp
# records/studies/horisawa-2019.yaml
id: horisawa-2019
title: Thalamotomy for hand dystonia in 171 people
status: in_review
pmid: 30587520
design: retrospective-cohort
adverse_events_reported: with-counts
conditions:
  - focal-hand-dystonia
procedures:
  - ventro-oral-thalamotomy
overlaps:
  - horisawa-2018
groups:
  - id: all
    label: All treated patients
    procedures:
      - thalamotomy
    parts:
      - id: writers-cramp
        conditions:
          - writers-cramp
outcomes:
  - id: score-12-mo
    title: Dystonia score at 12 months
    group: all
    measure: tsfd-scale
adverse_events:
  - id: permanent
    title: Any permanent adverse event
    group: all
    count: 6
# records/studies/half-written.yaml
id: half-written
outcomes:
  - id: relief
  - title: no id yet
adverse_events:
  - id: numbness
"""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_of(files_of(CORPUS))


def test_every_mention_of_another_record_is_found_whatever_field_it_stands_in(
    corpus: Corpus,
) -> None:
    study = corpus.get(Study, "horisawa-2019")
    procedure = corpus.get(Procedure, "ventro-oral-thalamotomy")
    assert study is not None
    assert procedure is not None
    assert {(place({}, link.where), link.kind, link.id) for link in corpus.links(study)} == {
        ("conditions.0", "condition", "focal-hand-dystonia"),
        ("procedures.0", "procedure", "ventro-oral-thalamotomy"),
        ("overlaps.0", "study", "horisawa-2018"),
        ("groups.0.procedures.0", "procedure", "thalamotomy"),
        ("groups.0.parts.0.conditions.0", "condition", "writers-cramp"),
        ("outcomes.0.measure", "measure", "tsfd-scale"),
    }
    assert {
        (place({}, link.where), link.kind, link.id, link.result) for link in corpus.links(procedure)
    } == {
        ("parent", "procedure", "thalamotomy", None),
        ("replaced_by", "procedure", "another-thalamotomy", None),
        ("conditions.0", "condition", "focal-hand-dystonia", None),
        ("claims.0.conditions.0", "condition", "writers-cramp", None),
        ("claims.0.evidence.0", "study", "horisawa-2019", "reoperation-improved"),
    }


def test_a_record_that_cannot_be_read_exists(corpus: Corpus) -> None:
    assert corpus.exists("condition", "broken")
    assert corpus.get(Condition, "broken") is None


def test_a_record_exists_by_the_name_of_its_file_and_by_the_id_inside(corpus: Corpus) -> None:
    assert corpus.exists("condition", "copied")
    assert corpus.exists("condition", "forgotten")


def test_a_record_of_another_kind_does_not_exist(corpus: Corpus) -> None:
    assert not corpus.exists("procedure", "focal-hand-dystonia")


def test_the_results_of_a_study_that_cannot_be_read_are_known(corpus: Corpus) -> None:
    assert corpus.result_ids("half-written") == ["relief", "numbness"]
    assert corpus.result_ids("horisawa-2019") == ["score-12-mo", "permanent"]
    assert corpus.result_ids("nowhere") is None


def test_one_result_is_found_by_its_id(corpus: Corpus) -> None:
    result = corpus.result("horisawa-2019", "permanent")
    assert result is not None
    assert result.count == 6
    assert corpus.result("horisawa-2019", "temporary") is None
    assert corpus.result("half-written", "relief") is None


def test_an_id_that_is_nearly_right_is_guessed(corpus: Corpus) -> None:
    assert corpus.guess("condition", "focal-hand-distonia") == (
        "Did you mean `focal-hand-dystonia`?"
    )
    assert corpus.guess("condition", "trigeminal-neuralgia") == ""


def test_among_many_ids_only_one_that_is_a_single_slip_away_is_guessed() -> None:
    ids = [f"numbered-{number}" for number in range(100, 200)] + ["tremor", "focal-hand-dystonia"]
    text = "".join(f"# records/conditions/{id_}.yaml\nid: {id_}\n" for id_ in ids)
    corpus = corpus_of(files_of(text))
    assert corpus.guess("condition", "termor") == "Did you mean `tremor`?"
    assert corpus.guess("condition", "tremors") == "Did you mean `tremor`?"
    assert corpus.guess("condition", "numbered-1345") == ""  # four are as near
    assert corpus.guess("condition", "focal-dystonia") == ""
    assert corpus.guess("condition", "t" * 200) == ""


def test_a_study_is_found_by_the_pmid_of_its_paper(corpus: Corpus) -> None:
    assert [study.id for study in corpus.studies_by_pmid[30587520]] == ["horisawa-2019"]


def test_drafts_and_unreadable_records_are_not_published(corpus: Corpus) -> None:
    assert [entry.id for entry in corpus.published()] == [
        "focal-hand-dystonia",
        "ventro-oral-thalamotomy",
        "horisawa-2019",
    ]


def test_a_place_is_written_with_ids_and_with_numbers_where_there_are_none() -> None:
    value = {"outcomes": [{"id": "score-12-mo", "count": 7}, {"count": 8}]}
    assert place(value, ("outcomes", 0, "count")) == "outcomes.score-12-mo.count"
    assert place(value, ("outcomes", 1, "count")) == "outcomes.1.count"
