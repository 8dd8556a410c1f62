"""The code systems that R5 names, and which of their codes our words stand for.

Addresses, codes and display texts are those of the R5 definitions (hl7.fhir.r5.core 5.0.0).
"""

from collections.abc import Iterable
from typing import Any

from curate.parts.coding import Coding

_FHIR = "http://hl7.org/fhir"
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"

_VOCABULARIES = {
    "mesh": "https://www.nlm.nih.gov/mesh",
    "snomed-ct": "http://snomed.info/sct",
    "icd-10-cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "icd-11": "http://id.who.int/icd/release/11/mms",
    "loinc": "http://loinc.org",
}

Code = tuple[str, str, str]
"""A code: its system, itself, and the display text that the system gives it."""


def concept(code: Code, text: str | None = None) -> dict[str, Any]:
    """Return a CodeableConcept of one code."""
    system, value, display = code
    found: dict[str, Any] = {"coding": [{"system": system, "code": value, "display": display}]}
    return found if text is None else found | {"text": text}


def term(text: str, codes: Iterable[Coding] = ()) -> dict[str, Any]:
    """Return a CodeableConcept of our own words and the vocabularies' terms for them."""
    codings = [
        {"system": _VOCABULARIES[code.system], "code": code.code, "display": code.display}
        for code in codes
    ]
    return {"coding": codings, "text": text}


def _table(system: str, codes: dict[str, tuple[str, str]]) -> dict[str, Code]:
    return {word: (system, code, display) for word, (code, display) in codes.items()}


STATISTIC = _table(
    f"{_TERMINOLOGY}/statistic-type",
    {
        "count": ("C25463", "Count"),
        "value": ("descriptive", "Descriptive"),
        "mean": ("C53319", "Mean"),
        "median": ("C28007", "Median"),
        "proportion": ("C44256", "Proportion"),
        "mean-difference": ("0000457", "Mean Difference"),
        "median-difference": ("absolute-MedianDiff", "Absolute Median Difference"),
        "standardized-mean-difference": ("0000100", "Standardized Mean Difference"),
        "risk-difference": ("0000424", "Risk Difference"),
        "risk-ratio": ("C93152", "Relative Risk"),
        "odds-ratio": ("C16932", "Odds Ratio"),
        "hazard-ratio": ("C93150", "Hazard Ratio"),
    },
)

ESTIMATE = _table(
    f"{_TERMINOLOGY}/attribute-estimate-type",
    {
        "ci": ("C53324", "Confidence interval"),
        "iqr": ("C53245", "Interquartile range"),
        "p": ("C44185", "P-value"),
        "range": ("C38013", "Range"),
        "sd": ("C53322", "Standard deviation"),
        "se": ("0000037", "Standard error of the mean"),
    },
)

ROLE = _table(
    f"{_TERMINOLOGY}/variable-role",
    {
        "population": ("population", "population"),
        "exposure": ("exposure", "exposure"),
        "reference-exposure": ("referenceExposure", "reference exposure"),
        "measured-variable": ("measuredVariable", "measured variable"),
    },
)

EVENT = _table(
    f"{_FHIR}/evidence-variable-event",
    {
        "operation": ("operative-procedure", "Operative Procedure"),
        "treatment": ("treatment-start", "Start of Treatment"),
    },
)

ARM = _table(
    f"{_FHIR}/research-study-arm-type",
    {
        "experimental": ("experimental", "Experimental"),
        "active-comparator": ("active-comparator", "Active Comparator"),
        "sham-comparator": ("sham-comparator", "Sham Comparator"),
        "placebo-comparator": ("placebo-comparator", "Placebo Comparator"),
        "no-intervention": ("no-intervention", "No Intervention"),
        "cohort": ("other-arm-type", "Other Arm Type"),
        "subgroup": ("other-arm-type", "Other Arm Type"),
    },
)

CERTAINTY = _table(
    f"{_FHIR}/certainty-type",
    {
        "overall": ("Overall", "Overall certainty"),
        "risk-of-bias": ("RiskOfBias", "Risk of bias"),
        "inconsistency": ("Inconsistency", "Inconsistency"),
        "indirectness": ("Indirectness", "Indirectness"),
        "imprecision": ("Imprecision", "Imprecision"),
        "publication-bias": ("PublicationBias", "Publication bias"),
        "dose-response": ("DoseResponseGradient", "Dose response gradient"),
        "plausible-confounding": ("PlausibleConfounding", "Plausible confounding"),
        "large-effect": ("LargeEffect", "Large effect"),
    },
)

RATING = _table(
    f"{_FHIR}/certainty-rating",
    {
        "high": ("high", "High quality"),
        "moderate": ("moderate", "Moderate quality"),
        "low": ("low", "Low quality"),
        "very-low": ("very-low", "Very low quality"),
    },
)

ARTICLE_STATE = _table(
    f"{_FHIR}/cited-artifact-status-type",
    {
        "published": ("published-final-form", "Published final form"),
        "retracted": ("retracted", "Retracted"),
    },
)

PUBLICATION_STATUS = _table(
    f"{_FHIR}/publication-status",
    {
        "in_review": ("draft", "Draft"),
        "approved": ("active", "Active"),
        "retired": ("retired", "Retired"),
    },
)

PRIMARY_TITLE: Code = (f"{_FHIR}/title-type", "primary", "Primary title")
OTHER_LANGUAGE: Code = (f"{_FHIR}/title-type", "language", "Different language")
PUBLICATION_TYPE: Code = (
    f"{_FHIR}/cited-artifact-classification-type",
    "publication-type",
    "Publication type",
)
AUTHOR: Code = (f"{_FHIR}/contributor-role", "author", "Author/Creator")
AUTHOR_STRING: Code = (f"{_FHIR}/contributor-summary-type", "author-string", "Author string")
PERIODICAL: Code = (f"{_FHIR}/published-in-type", "D020492", "Periodical")
PROFESSIONAL: Code = (f"{_FHIR}/composition-attestation-mode", "professional", "Professional")

_SEVCO = f"{_FHIR}/study-design"
_INTERVENTIONAL: Code = (_SEVCO, "SEVCO:01001", "Interventional research")
_RANDOMIZED: Code = (_SEVCO, "SEVCO:01003", "randomized assignment")
_NON_RANDOMIZED: Code = (_SEVCO, "SEVCO:01005", "Non-randomized assignment")
_OBSERVATIONAL: Code = (_SEVCO, "SEVCO:01002", "Observational research")
_CROSSOVER: Code = (_SEVCO, "SEVCO:01012", "Crossover cohort design")
_CASE_CONTROL: Code = (_SEVCO, "SEVCO:01013", "Case control design")
_UNCONTROLLED: Code = (_SEVCO, "SEVCO:01016", "Uncontrolled cohort design")
_CASE_REPORT: Code = (_SEVCO, "SEVCO:01017", "Case report")
_REGISTRY: Code = (_SEVCO, "SEVCO:01042", "Secondary data collection from a registry")
_PRAGMATIC: Code = (_SEVCO, "SEVCO:01041", "Pragmatic clinical trial")
_MULTICENTRIC: Code = (_SEVCO, "SEVCO:01043", "Multicentric")
_BLINDED_PEOPLE: Code = (_SEVCO, "SEVCO:01060", "Blinding of study participants")
_BLINDED_ASSESSORS: Code = (_SEVCO, "SEVCO:01062", "Blinding of outcome assessors")

# What R5 has no code for stays a text: retrospective, prospective, survey, single-centre. So does
# what a code would say more than: a cohort may have no second one, a double-blind study need not
# have blinded the surgeon.
DESIGN: dict[str, tuple[Code, ...]] = {
    "randomized-trial": (_INTERVENTIONAL, _RANDOMIZED),
    "randomized-crossover": (_INTERVENTIONAL, _RANDOMIZED, _CROSSOVER),
    "non-randomized-trial": (_INTERVENTIONAL, _NON_RANDOMIZED),
    "cohort": (_OBSERVATIONAL,),
    "prospective-cohort": (_OBSERVATIONAL,),
    "retrospective-cohort": (_OBSERVATIONAL,),
    "case-control": (_OBSERVATIONAL, _CASE_CONTROL),
    "case-series": (_UNCONTROLLED,),
    "case-report": (_CASE_REPORT,),
    "registry": (_OBSERVATIONAL, _REGISTRY),
}
FEATURE: dict[str, tuple[Code, ...]] = {
    "uncontrolled": (_UNCONTROLLED,),
    "double-blind": (_BLINDED_PEOPLE, _BLINDED_ASSESSORS),
    "assessor-blind": (_BLINDED_ASSESSORS,),
    "multicentre": (_MULTICENTRIC,),
    "pragmatic": (_PRAGMATIC,),
}
