"""T09."""

import re
from collections.abc import Iterator

from curate.corpus import Corpus
from curate.evidence.wording import holding, wording
from curate.finding import Severity
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.pattern import pattern
from curate.rule import Problem, rule


@rule("T09", severity=Severity.WARNING, needs=("claims: evidence",))
def claim_beyond_design(record: Procedure | Condition, corpus: Corpus) -> Iterator[Problem]:
    """Warn of a claim of effect that rests on uncontrolled studies only.

    Improves, reduces, prevents, confirms say that the treatment did it, for everybody. A series
    without a control group shows what was observed: improved, fell.

    Formula: none; a verb of effect in the present needs one linked study with a control group.

    Applies where every study that the claim links to has the feature `uncontrolled` or is a case
    series or case report, and the text has such a verb in the present. Danger: a verb about
    something else than the effect. Source: GRADE.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    claims:
      - id: reoperation-helps
        about: benefit
        text: A second operation improves the dystonia of 7 of 9 people.
        #     ^ claim-beyond-design
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#reoperation-improved
      - id: no-paresis
        about: harm
        text: No lasting paresis was seen in 9 people.
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#paresis
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    features:
      - uncontrolled
    adverse_events_reported: with-counts
    follow_up:
      mean: 25.4
      unit: mo
    groups:
      - id: reoperated
        label: People operated on again
        enrolled: 9
    outcomes:
      - id: reoperation-improved
        title: Improved after the second operation
        group: reoperated
        follow_up: study
        analysed: 9
        count: 7
    adverse_events:
      - id: paresis
        title: Lasting paresis
        group: reoperated
        follow_up: study
        analysed: 9
        count: 0
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    claims:
      - id: reoperation-helps
        about: benefit
        text: After a second operation 7 of 9 people improved.
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#reoperation-improved
      - id: no-paresis
        about: harm
        text: No lasting paresis was seen in 9 people.
        pmids:
          - 30587520
        evidence:
          - horisawa-2019#paresis
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    features:
      - uncontrolled
    adverse_events_reported: with-counts
    follow_up:
      mean: 25.4
      unit: mo
    groups:
      - id: reoperated
        label: People operated on again
        enrolled: 9
    outcomes:
      - id: reoperation-improved
        title: Improved after the second operation
        group: reoperated
        follow_up: study
        analysed: 9
        count: 7
    adverse_events:
      - id: paresis
        title: Lasting paresis
        group: reoperated
        follow_up: study
        analysed: 9
        count: 0
    ```
    """
    for index in holding(wording(record), _VERBS):
        claim = record.claims[index]
        found = _STRONG.search(claim.text)
        if found is None or not claim.evidence:
            continue
        names = (mention.partition("#")[0] for mention in claim.evidence)
        studies = [corpus.get(Study, name) for name in names]
        if all(study is not None and _is_uncontrolled(study) for study in studies):
            yield Problem(
                ("claims", index, "text"),
                f"`{found[0]}` claims an effect, and nothing that is linked has a control group.",
                "Say what was observed, in the past: improved, fell, was reported.",
            )


_VERBS = frozenset(
    (
        *("improves", "reduces", "prevents", "cures", "confirms", "demonstrates", "eliminates"),
        *("abolishes", "lowers", "heals", "causes"),
    )
)
_STRONG = pattern(rf"(?<!not )\b(?!causes no\b)(?:{'|'.join(sorted(_VERBS))})\b", re.IGNORECASE)


def _is_uncontrolled(study: Study) -> bool:
    return "uncontrolled" in study.features or study.design in {"case-series", "case-report"}
