"""T03."""

from collections.abc import Iterator

from curate.fault import Write
from curate.fields import marked
from curate.marks import UcumUnit
from curate.record import Record
from curate.rule import Problem, rule
from curate.ucum import flaw


@rule("T03", waivable=False, needs=(": unit | outcomes: unit",))
def not_a_ucum_unit(record: Record) -> Iterator[Problem]:
    """Refuse a unit that UCUM does not know.

    Programs convert and compare by the unit, and each reader has another idea of what `M` or `pts`
    is. Upper and lower case differ: `mg` is a milligram, `Mg` a tonne.

    Bad:

    ```yaml
    # records/measures/systolic-pressure.yaml
    id: systolic-pressure
    title: Systolic blood pressure
    status: in_review
    unit: mmHg
    #     ^ not-a-ucum-unit
    ```

    Fixed:

    ```yaml
    # records/measures/systolic-pressure.yaml
    id: systolic-pressure
    title: Systolic blood pressure
    status: in_review
    unit: mm[Hg]
    ```

    Bad:

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    unit: points
    #     ^ not-a-ucum-unit
    ```

    Guessed:

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    unit: "{score}"
    ```

    Good:

    ```yaml
    # records/measures/systolic-pressure.yaml
    id: systolic-pressure
    title: Systolic blood pressure
    status: in_review
    unit: mm[Hg]
    ```
    """
    for found in marked(record, UcumUnit):
        piece = flaw(found.value)
        if piece is None:
            continue
        unit = _SPOKEN.get(piece.casefold())
        whole = found.value.replace(piece, unit, 1) if unit is not None else None
        write = Write(whole) if whole is not None and flaw(whole) is None else None
        is_sure = piece.casefold() in _SURE
        yield Problem(
            found.where,
            f"`{piece}` is no unit of UCUM.",
            f"Write `{whole}`."
            if write is not None
            else "Write it as UCUM does, such as mo, %, mg/dL or mm[Hg]; what is merely counted "
            "stands in braces: {score}.",
            edit=write if is_sure else None,
            guess=None if is_sure else write,
        )


_SPOKEN = {
    word: unit
    for unit, words in {
        "a": "y yr yrs year years",
        "mo": "mos month months mth mths",
        "wk": "w wks week weeks",
        "d": "day days",
        "h": "hr hrs hour hours",
        "min": "mins minute minutes",
        "s": "sec secs second seconds",
        "%": "percent pct percentage",
        "{score}": "point points pt pts score scores",
        "mm[Hg]": "mmhg torr",
        "cm[H2O]": "cmh2o",
        "[degF]": "f fahrenheit",
        "Cel": "celsius degc",
        "deg": "degree degrees",
        "mg": "mgs milligram milligrams",
        "kg": "kgs kilogram kilograms",
        "ug": "mcg microgram micrograms",
        "mL": "cc ccm",
        "[IU]": "iu",
        "/min": "bpm",
        "Hz": "hz hertz",
        "dB": "db decibel",
        "Ohm": "ohms",
    }.items()
    for word in words.split()
}
# Words that are no other unit's, and no word for what is counted.
_SURE = frozenset(
    word
    for words in (
        "yr yrs year years mos month months mth mths wks week weeks day days hr hrs hour hours",
        "mins minute minutes sec secs second seconds percent mmhg cmh2o celsius degree degrees",
        "mgs milligram milligrams kgs kilogram kilograms microgram micrograms hertz decibel ohms",
    )
    for word in words.split()
)
