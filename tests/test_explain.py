"""What a schema error says, to the letter: each mistake below is one that editors make."""

import pytest

from curate.config import Config
from curate.explain import MOST, explain
from curate.finding import Finding
from curate.pipeline import check, load
from curate.source import Source
from golden import Golden

STUDY = """\
id: horisawa-2019
title: Unilateral ventro-oral thalamotomy
status: in_review
design: retrospective-cohort
adverse_events_reported: not-reported
"""
OUTCOME = f"""\
{STUDY}groups:
  - id: all
    label: All treated patients
outcomes:
  - id: better
    title: Better
    group: all
"""
CONDITION = """\
id: dystonia
title: Dystonia
status: in_review
"""
CLAIM = f"""\
{CONDITION}claims:
  - id: helps
    about: benefit
    text: It helps.
"""

ADDED_TO_A_STUDY = {
    "a PMID with its prefix": "pmid: PMID 30587520",
    "a PMID as an address": "pmid: https://pubmed.ncbi.nlm.nih.gov/30587520/",
    "a PMID with a leading zero": "pmid: 08016511",
    "a PMID in quotes": 'pmid: "30587520"',
    "a PMID with a decimal point": "pmid: 30587520.0",
    "a PMID of nothing": "pmid: 0",
    "a PMID that is not known": "pmid: unknown",
    "a DOI as an address": "doi: https://doi.org/10.1212/WNL.0000000000006818",
    "a DOI with its prefix": "doi: doi:10.1212/WNL.0000000000006818",
    "a DOI of another form": "doi: 10.12/abc",
    "a PMCID without its letters": "pmcid: 6345121",
    "a PMCID with a space": "pmcid: PMC 6345121",
    "one registration without a list": "registrations: NCT00196911",
    "a registration with the letter O": "registrations:\n  - nct 0019691O",
    "an ORCID iD as an address": 'review:\n  by: An Editor\n  date: "2026-11-21"\n  orcid: https://orcid.org/0000-0002-1694-233x',
    "a field name with a space": "adverse events:\n  - id: x",
    "a field of an outcome, not indented": "analysed: 9",
    "one condition without a list": "conditions: focal-hand-dystonia",
    "two conditions on one line": "conditions:\n  - dystonia, tremor",
    "a list in a list": "conditions:\n  - - dystonia",
    "a name instead of an id": "conditions:\n  - Focal hand dystonia",
    "an entry without a value": "conditions:\n  -",
    "a role by another name": "groups:\n  - id: all\n    label: All\n    role: treatment",
    "groups by name": "groups:\n  all:\n    label: All",
    "a group without fields": "groups:\n  - All patients",
    "a follow-up as a time": "follow_up: 12 months",
    "a follow-up as a list": "follow_up:\n  - mean: 3",
    "a unit in full": "follow_up:\n  mean: 25.4\n  unit: months",
    "a month with a slash": "conduct:\n  start: 10/2003",
    "a month by name": "conduct:\n  start: February 2017",
    "a day with dots": "review:\n  by: An Editor\n  date: 21.11.2026",
    "a day that is two days": "review:\n  by: An Editor\n  date: 03/04/2026",
    "a feature in capitals": "features:\n  - Open Label",
    "a number of people with a space": "screened: 1 234",
    "a place with brackets": (
        "waivers:\n  - rule: outcome-without-denominator\n    at: outcomes[0].analysed\n"
        '    reason: Not printed.\n    by: editors\n    date: "2026-11-21"'
    ),
}
ADDED_TO_AN_OUTCOME = {
    "a percentage with its sign": "percent: 3.5%",
    "a decimal comma": "percent: 4,30",
    "a percentage above 100": "percent: 120",
    "a denominator written as n=": "analysed: n=9",
    "a thousands separator": "analysed: 1,171",
    "a comma that can be read both ways": "mean: 1,171",
    "a count of a denominator": "count: 7/9",
    "a count with its percentage": "count: 11 (20%)",
    "a count of a denominator with its percentage": "count: 11/56 (19.6 %)",
    "a percentage with its count": "percent: 20% (n = 11)",
    "a percentage with its fraction": "percent: 19.6 % (11 of 56)",
    "a count with something in brackets": "count: 11 (20)",
    "a mean with its SD in brackets": "mean: 9.6 (8.4)",
    "a range where a number belongs": "mean: 3-165",
    "a list where a number belongs": "mean: [3, 165]",
    "a mean with its SD": "mean: 25.4 ± 32.1",
    "a hedged figure": "percent: about 25%",
    "a figure with its unit": "mean: 12.5 mm",
    "leading zeros": "count: 0171",
    "no leading zero": "sd: .5",
    "a number in words": "count: two",
    "half a patient": "count: 7.5",
    "a count with decimals": "count: 7.0",
    "a point between thousands": "analysed: 1.171",
    "a point that may stand between thousands": "analysed: 2.000",
    "an average": "average: 25.4",
    "a range by its name": "range: 4-9",
    "quartiles by their name": "IQR: 4-9",
    "an interval by its name": "interval: 4-9",
    "a negative count": "count: -1",
    "a figure that is not printed": "sd: n/a",
    "a field without its value": "count:",
    "a time in words": "follow_up: 12 months",
    "a time without a space": "follow_up: 12mo",
    "one year": "follow_up: one year",
    "a time without a unit": "follow_up: 12",
    "the last visit": "follow_up: last follow-up",
    "the time before": "follow_up: preoperative",
    "no time at all": "follow_up: long",
    "a p-value with spaces": 'p: "< 0.001"',
    "a p-value without its zero": "p: <.05",
    "a p-value above 1": "p: 1.5",
    "a p-value in words": "p: significant",
    "an interval in words": "ci: 95% 1 to 2",
    "an interval as a list": "ci: [1, 2]",
    "a unit with a space": "unit: mm Hg",
    "a field name with a hyphen": "follow-up: 12 mo",
    "a field name with a capital": "Follow_up: 12 mo",
    "a field of the whole record, indented": "adverse_events: []",
    "a synonym of a field name": "denominator: 9",
    "a text that is true": "note: true",
    "a list where a text belongs": "note: [a, b]",
    "an id in capitals": "measure: TSFD Scale",
}
ADDED_TO_A_CONDITION = {
    "a field of claims alone": "pmids:\n  - 30587520",
    "a vocabulary in capitals": "codes:\n  - system: MeSH\n    code: D004421",
    "a vocabulary by another name": 'codes:\n  - system: snomed\n    code: "15802004"',
    "a term without its vocabulary": "codes:\n  - code: D004421",
    "a SNOMED CT id without quotes": "codes:\n  - system: snomed-ct\n    code: 15802004",
    "a MeSH id that is too short": "codes:\n  - system: mesh\n    code: D1",
}
ADDED_TO_A_CLAIM = {
    "one PMID without a list": "pmids: 30587520",
    "the singular": "pmid: 30587520",
    "two PMIDs on one line": "pmids:\n      - 30587520, 8016511",
    "an outcome after a colon": "evidence:\n      - horisawa-2019: better",
    "an outcome after a slash": "evidence:\n      - horisawa-2019/better",
    "a rating without its field": "certainty: low",
    "a rating with a space": "certainty:\n      rating: very low",
}
CHANGED_IN_A_STUDY = {
    "a status with a space": ("status: in_review", "status: in review"),
    "a status of another system": ("status: in_review", "status: published"),
    "a status that is none": ("status: in_review", "status: xyz"),
    "a design as an abbreviation": ("design: retrospective-cohort", "design: RCT"),
    "a design in British spelling": ("design: retrospective-cohort", "design: randomised-trial"),
    "half a design": ("design: retrospective-cohort", "design: cohort study"),
    "an id with capitals and an underscore": ("id: horisawa-2019", "id: Horisawa_2019"),
    "an id with a space": ("id: horisawa-2019", "id: horisawa 2019"),
    "an id that starts with a digit": ("id: horisawa-2019", "id: 2019-horisawa"),
    "an id that is too long": (
        "id: horisawa-2019",
        "id: horisawa-2019-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ),
    "an empty title": ("title: Unilateral ventro-oral thalamotomy", "title:"),
    "an empty text": ("title: Unilateral ventro-oral thalamotomy", 'title: ""'),
    "a title on two lines": (
        "title: Unilateral ventro-oral thalamotomy",
        "title: |\n  Unilateral\n  thalamotomy",
    ),
    "a title that is a number": ("title: Unilateral ventro-oral thalamotomy", "title: 2019"),
    "a misspelt field that must be there": ("title:", "titel:"),
    "a field that must be there": ("design: retrospective-cohort\n", ""),
}


def _mistakes() -> dict[str, tuple[str, str]]:
    """Return every mistake: the path it is made in, and the whole text."""
    study, condition = "records/studies/horisawa-2019.yaml", "records/conditions/dystonia.yaml"
    found = {title: (study, f"{STUDY}{text}\n") for title, text in ADDED_TO_A_STUDY.items()}
    for title, text in ADDED_TO_AN_OUTCOME.items():
        found[title] = (study, f"{OUTCOME}    {text}\n")
    for title, text in ADDED_TO_A_CONDITION.items():
        found[title] = (condition, f"{CONDITION}{text}\n")
    for title, text in ADDED_TO_A_CLAIM.items():
        found[title] = (condition, f"{CLAIM}    {text}\n")
    for title, (old, new) in CHANGED_IN_A_STUDY.items():
        found[title] = (study, STUDY.replace(old, new))
    found["a study among the procedures"] = ("records/procedures/horisawa-2019.yaml", STUDY)
    return found


MISTAKES = _mistakes()


def _findings(path: str, text: str) -> list[Finding]:
    report = check(load([Source(path, text.encode())], Config(name="mistakes")))
    return [finding for finding in report.findings if finding.code.startswith("S")]


@pytest.mark.parametrize("text", [STUDY, OUTCOME, CONDITION, CLAIM])
def test_the_texts_that_the_mistakes_are_made_in_fit_their_schemas(text: str) -> None:
    folder = "studies" if text.startswith(STUDY) else "conditions"
    assert not _findings(f"records/{folder}/x.yaml", text)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_mistake_is_one_finding(mistake: str) -> None:
    assert len(_findings(*MISTAKES[mistake])) == 1


def test_each_mistake_is_explained_at_its_place_in_the_words_that_were_agreed_on(
    golden: Golden,
) -> None:
    pages = []
    for mistake, (path, text) in MISTAKES.items():
        (finding,) = _findings(path, text)
        line = text.splitlines()[finding.span.line - 1]
        at = f"{finding.span.line}:{finding.span.column}-{finding.span.end_column}"
        pages.append(
            f"# {mistake}\n{line}\n{at} {finding.name}\n{finding.message}\n-> {finding.help}\n"
        )
    golden("explain/mistakes.txt", "\n".join(pages).encode())


def test_whether_a_point_stands_between_thousands_is_not_guessed() -> None:
    two, decimal = MISTAKES["a point that may stand between thousands"], ("2.000", "7.0")
    assert [one.fix for one in _findings(*two)] == [""]
    assert [one.fix for one in _findings(two[0], two[1].replace(*decimal))] == ["unsafe"]


def test_a_file_whose_name_can_be_no_id_is_to_be_renamed() -> None:
    source = Source("records/conditions/Dystonia 2.yaml", CONDITION.encode())
    (finding,) = check(load([source], Config(name="mistakes"))).findings
    assert (finding.name, finding.help) == (
        "id-is-not-file-name",
        "Rename the file to `dystonia.yaml`.",
    )


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_explanation_is_made_of_whole_sentences(mistake: str) -> None:
    (finding,) = _findings(*MISTAKES[mistake])
    for text in (finding.message, finding.help):
        assert text.endswith((".", "?"))
        assert text[0].isupper() or text[0] == "`"
        assert "  " not in text
        assert "None" not in text


def test_several_mistakes_in_one_record_are_all_told() -> None:
    text = STUDY.replace("in_review", "reviewing").replace("title", "titel") + "pmid: PMID 1\n"
    names = [finding.name for finding in _findings("records/studies/horisawa-2019.yaml", text)]
    assert names == ["unknown-field", "not-a-choice", "wrong-type"]


def test_a_misspelt_field_does_not_hide_that_another_one_is_missing() -> None:
    text = STUDY.replace("title", "titel").replace("status: in_review\n", "")
    names = {finding.name for finding in _findings("records/studies/horisawa-2019.yaml", text)}
    assert names == {"unknown-field", "missing-field"}


def test_a_comma_is_never_taken_out_of_a_decimal_number() -> None:
    (finding,) = _findings("records/studies/x.yaml", f"{OUTCOME}    mean: 4,30\n")
    assert finding.help == "Write 4.30."


def test_a_file_full_of_mistakes_is_explained_in_bounded_length() -> None:
    value = {
        "id": "x",
        "conditions": [f"Not An Id {number}" for number in range(40_000)],
        **{f"stranger-{number}": number for number in range(9_000)},
    }
    assert len(explain("study", value)) <= MOST


@pytest.mark.parametrize("text", ["a" * 5000, "1," * 2000, "((((" * 500, "12 " * 1000, "=" * 999])
def test_a_long_strange_text_gets_a_short_answer(text: str) -> None:
    value = {"id": "x", "title": "X", "status": "draft", "claims": [{"id": text, "pmids": [text]}]}
    for fault in explain("condition", value):
        assert len(fault.message) + len(fault.help) < 1000
