"""The page of a corpus counts what is there, and loses no statement of the first documents."""

import re
from pathlib import Path
from typing import Any

import pytest

from curate import config, source
from curate.corpus import Corpus
from curate.corpus_page import corpus_page
from curate.generate import COMMAND
from curate.pipeline import check, load
from curate.refusal import Refusal
from curate.seeds import Seed, Statement, read_seeds
from full_corpus import corpus_of, full_values

ROOT = Path(__file__).parent.parent
STUDY = "records/studies/full-study.yaml"
# How many statements each of the five documents makes.
STATEMENTS = {"0": 12, "1": 13, "2": 12, "3": 8, "4": 8}


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load(source.find(ROOT), config.load(ROOT))


def page(corpus: Corpus, *seeds: Seed) -> str:
    return corpus_page(corpus, check(corpus), seeds)


def row(text: str, begin: str) -> list[str]:
    """Return the cells of the one row of a table that begins so."""
    (line,) = (line for line in text.splitlines() if line.startswith(f"| {begin} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def seed(**changes: Any) -> Seed:
    statement = Statement("7.1", "It helps", "corrected", "It does not.", ("studies/full-study",))
    return Seed("7", "A page", "tests/cases/seeds/7", (statement._replace(**changes),))


def test_the_page_of_the_records_is_as_generated(shipped: Corpus) -> None:
    text = corpus_page(shipped, check(shipped), read_seeds(ROOT))
    written = (ROOT / "records/README.md").read_text(encoding="utf-8")
    assert written == text, f"records/README.md is not as generated; run `{COMMAND}`"


def test_every_statement_of_the_first_documents_went_somewhere_or_says_why_not() -> None:
    wanted = [
        f"{document}.{number}"
        for document, count in STATEMENTS.items()
        for number in range(1, count + 1)
    ]
    seeds = read_seeds(ROOT)
    assert [statement.id for found in seeds for statement in found.statements] == wanted
    assert [found.id for found in seeds] == list(STATEMENTS)
    assert all((ROOT / found.case / "records").is_dir() for found in seeds)
    shown = (ROOT / "records/README.md").read_text(encoding="utf-8")
    for found in seeds:
        for statement in found.statements:
            cells = row(shown, statement.id)
            assert cells[1:3] == [statement.says, statement.went.replace("-", " ")]
            assert cells[3] == statement.how
            assert cells[4].count("](") == len(statement.to)


def test_every_link_of_the_page_leads_to_a_file(shipped: Corpus) -> None:
    records = ROOT / "records"
    links = re.findall(r"\]\(([^)]+)\)", page(shipped, *read_seeds(ROOT)))
    assert len(links) > 100
    assert [link for link in links if not (records / link).exists()] == []


@pytest.mark.parametrize(
    "link",
    [
        "studies/full-study",
        "studies/full-study#the-group",
        "studies/full-study#the-outcome",
        "studies/full-study#the-adverse-event",
        "procedures/full-procedure#the-claim",
        "measures/full-measure",
    ],
)
def test_a_statement_may_lead_to_a_record_or_to_a_part_of_it(link: str) -> None:
    shown = page(corpus_of(full_values()), seed(to=(link,)))
    record, name = link.partition("#")[0], link.partition("/")[2]
    assert row(shown, "7.1")[4] == f"[{name}]({record}.yaml)"


@pytest.mark.parametrize(
    "link", ["studies/other", "studies/full-study#other", "full-study", "others/full-study", ""]
)
def test_a_statement_that_leads_nowhere_is_refused(link: str) -> None:
    with pytest.raises(Refusal, match=r"7\.1"):
        page(corpus_of(full_values()), seed(to=(link,)))


def test_a_corpus_that_began_from_no_documents_has_a_page_without_them(tmp_path: Path) -> None:
    assert read_seeds(tmp_path) == ()
    shown = page(corpus_of(full_values()))
    assert "## Waivers" in shown
    assert "first documents" not in shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("document = 3", "document"),
        ('[[document]]\ntitle = "A"\ncase = "c"', "needs `id`"),
        ('[[document]]\nid = "0"\ntitle = "A"\ncase = "c"\nclaim = 3', "claim"),
        ('went = "carried"\nhow = "So."', "`to` must say where"),
        ('went = "lost"\nhow = "So."', "is one of carried, corrected, not-carried"),
        ('went = "not-carried"', "needs `how`"),
        ('went = "corrected"\nhow = "So."\nto = "studies/x"', "list of texts"),
        ("[[document", "is not TOML"),
    ],
)
def test_a_mistake_in_the_table_of_documents_is_said(text: str, says: str, tmp_path: Path) -> None:
    head = '[[document]]\nid = "0"\ntitle = "A"\ncase = "c"\n[[document.claim]]\nid = "0.1"\n'
    whole = text if "document" in text else f'{head}says = "It helps"\n{text}'
    (tmp_path / "records").mkdir(exist_ok=True)
    (tmp_path / "records/seeds.toml").write_text(whole, encoding="utf-8")
    with pytest.raises(Refusal, match=re.escape(says)):
        read_seeds(tmp_path)


def test_the_page_counts_records_by_status_and_what_is_exported() -> None:
    values = full_values()
    values["records/measures/full-measure.yaml"]["status"] = "draft"
    shown = page(corpus_of(values))
    assert row(shown, "study") == ["study", "1", "", "", ""]
    assert row(shown, "measure") == ["measure", "", "", "", "1"]
    assert row(shown, "outcomes")[1] == "1"
    assert row(shown, "adverse events")[1] == "1"
    assert row(shown, "claims")[1] == "2"
    assert "(measures/full-measure.yaml): measure" in shown
    for folder in ("conditions", "procedures"):
        (line,) = (line for line in shown.splitlines() if f"({folder}/full-" in line)
        assert [cell.strip() for cell in line.strip("|").split("|")][1:] == [
            *("1", "", "1", "1", "1 benefit")
        ]


@pytest.mark.parametrize(
    ("groups", "overlaps", "people"),
    [
        ([{"enrolled": 9}], [], "9"),
        ([{"enrolled": 9}, {"enrolled": 4}], [], "13"),
        ([{"enrolled": 9}, {"enrolled": 4, "within": "g0"}], [], "9"),
        ([{"enrolled": 9}, {}], [], ""),
        ([{"enrolled": 9, "derived": ["enrolled"]}], [], ""),
        ([{"enrolled": 9, "counted": "pairs"}], [], ""),
        ([{"enrolled": 9}], ["full-study"], ""),
    ],
)
def test_only_people_whose_number_is_printed_are_counted_and_none_twice(
    groups: list[dict[str, Any]], overlaps: list[str], people: str
) -> None:
    values = full_values()
    study = values[STUDY]
    study["groups"] = [
        {"id": f"g{n}", "label": "People", **group} for n, group in enumerate(groups)
    ]
    study.pop("overlaps")
    if overlaps:
        study["overlaps"] = overlaps
    shown = page(corpus_of(values))
    (line,) = (line for line in shown.splitlines() if "(conditions/full-condition.yaml)" in line)
    assert line.split("|")[3].strip() == people


def test_the_page_counts_what_waivers_accept_by_rule(shipped: Corpus) -> None:
    shown = page(shipped)
    report = check(shipped)
    for rule in {finding.name for finding in report.waived}:
        number = sum(finding.name == rule for finding in report.waived)
        assert row(shown, f"`{rule}`")[1] == str(number)
    assert row(shown, "all")[1] == str(len(report.waived))


def test_the_page_names_papers_with_a_notice(shipped: Corpus) -> None:
    assert re.search(r"\[PMID 28672319\].*: erratum PMID 28973594\n", page(shipped))
