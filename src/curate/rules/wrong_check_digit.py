"""T02."""

from collections.abc import Iterator

from curate.check_digits import is_snomed_ct_concept, loinc_holds, orcid_holds, snomed_ct_holds
from curate.fields import marked
from curate.marks import CheckDigit
from curate.record import Record
from curate.rule import Problem, rule


@rule("T02", waivable=False, needs=("code or orcid",))
def wrong_check_digit(record: Record) -> Iterator[Problem]:
    """Refuse an ORCID iD, SNOMED CT id or LOINC code whose check digit does not fit.

    The last character is computed from the others, so that a slip is noticed: a wrong digit here
    would name another person or another concept. A SNOMED CT id must be that of a concept, not of
    a description.

    Bad:

    ```yaml
    # records/conditions/myocardial-infarction.yaml
    id: myocardial-infarction
    title: Myocardial infarction
    status: in_review
    codes:
      - system: snomed-ct
        code: "22298007"
    #         ^ wrong-check-digit
      - system: loinc
        code: 2160-1
    #         ^ wrong-check-digit
    ```

    Good:

    ```yaml
    # records/conditions/myocardial-infarction.yaml
    id: myocardial-infarction
    title: Myocardial infarction
    status: in_review
    codes:
      - system: snomed-ct
        code: "22298006"
      - system: loinc
        code: 2160-0
    ```
    """
    for found in marked(record, CheckDigit):
        name, holds = _SCHEMES[found.mark.scheme]
        if not holds(found.value):
            yield Problem(
                found.where,
                f"`{found.value}` is no {name}: its last character does not fit the others.",
                "Copy it again from its source.",
            )
        elif found.mark.scheme == "snomed-ct" and not is_snomed_ct_concept(found.value):
            yield Problem(
                found.where,
                f"`{found.value}` is the id of a SNOMED CT description or relationship.",
                "Write the id of the concept; the two digits before its last are 00 or 10.",
            )


_SCHEMES = {
    "orcid": ("ORCID iD", orcid_holds),
    "snomed-ct": ("SNOMED CT id", snomed_ct_holds),
    "loinc": ("LOINC code", loinc_holds),
}
