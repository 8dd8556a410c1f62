"""A figure that cannot be, and that the source prints, is waived as reported and exported so."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest

from curate.corpus import Corpus
from curate.formats import load_format
from curate.pipeline import check
from fhir_bundle import resources
from full_corpus import CONFIG, corpus_of

REASON = "Printed so in the abstract; 9 of 49 would be 18.4 %."


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    study: dict[str, Any] = {
        "id": "a-study",
        "title": "A study",
        "status": "in_review",
        "pmid": 30587520,
        "design": "case-series",
        "adverse_events_reported": "not-reported",
        "groups": [{"id": "all", "label": "All", "enrolled": 49}],
        "outcomes": [
            {
                "id": "better",
                "title": "Better at 3 months",
                "group": "all",
                "follow_up": "3 mo",
                "analysed": 49,
                "count": 9,
                "percent": Decimal("19.9"),
            }
        ],
        "waivers": [
            {
                "rule": "percent-is-not-count",
                "at": "outcomes.better.percent",
                "reason": REASON,
                "by": "editors",
                "date": "2026-11-21",
            }
        ],
    }
    return corpus_of({"records/studies/a-study.yaml": study}, CONFIG)


def written(corpus: Corpus, format_: str, path: str) -> bytes:
    made = load_format(format_).render(corpus)
    return next(b"".join(one.chunks) for one in made if one.path == path)


def test_the_finding_is_accepted_and_counted(corpus: Corpus) -> None:
    (found,) = (one for one in check(corpus).findings if one.name == "percent-is-not-count")
    assert found.waived == REASON
    assert "9 of 49 are 18.37 %, not 19.9 %" in found.message


def test_json_has_the_figure_with_its_waiver(corpus: Corpus) -> None:
    (study,) = json.loads(written(corpus, "json", "json/corpus.json"))["records"]["studies"]
    assert study["data"]["outcomes"][0]["percent"] == 19.9
    assert study["waived"] == [
        {"rule": "percent-is-not-count", "at": "/outcomes/0/percent", "waiver": "/waivers/0"}
    ]
    assert study["data"]["waivers"][0]["reason"] == REASON


def test_the_tables_have_the_waiver_and_what_it_accepts(corpus: Corpus) -> None:
    text = written(corpus, "csv", "csv/waivers.csv").decode()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["rule"], row["reason"]) == ("percent-is-not-count", REASON)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(written(corpus, "sqlite", "sqlite/corpus.db"))
        assert connection.execute("SELECT rule, reason FROM waivers").fetchall() == [
            ("percent-is-not-count", REASON)
        ]


def test_fhir_says_it_in_a_note_with_person_and_day(corpus: Corpus) -> None:
    evidence = resources(corpus)["Evidence/a-study.better"]
    (note,) = (one for one in evidence["note"] if REASON in one["text"])
    assert (note["authorString"], note["time"][:10]) == ("editors", "2026-11-21")
