"""What the pages of the site say of a record: claims, figures, what is missing, how far it is."""

import json
import re
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.characters import FORBIDDEN
from curate.construct import construct
from curate.corpus import Corpus
from curate.formats.html.citation import vancouver
from curate.formats.html.figures import computed
from curate.formats.html.followed import in_order, when
from curate.formats.html.markup import Html, join, tag
from curate.formats.html.words import unit
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.parts.result import AdverseEvent, Outcome
from full_corpus import CONFIG, PMID, corpus_of, full_values
from html_site import SVG, Element, by_id, classed, data_of, pages, parsed, shown, text, written

STUDY = "records/studies/full-study.yaml"
PROCEDURE = "records/procedures/full-procedure.yaml"
REFERENCE = f"records/references/pmid-{PMID}.yaml"


def site(values: dict[str, Any]) -> dict[str, Element]:
    return pages(written(corpus_of(values)))


def event(**figures: Any) -> AdverseEvent:
    return construct(AdverseEvent, {"id": "a", "title": "A", "group": "all", **figures})


def outcome(**figures: Any) -> Outcome:
    return construct(Outcome, {"id": "a", "title": "A", "group": "all", **figures})


# Texts ----------------------------------------------------------------------------------------


HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script></title></textarea></style>",
    "\" onmouseover=\"alert(1) ' autofocus onfocus='alert(1)",
    "p <.001 & q > 3 &lt;b&gt; &amp; &#60;",
    "<!-- --> ]]> <![CDATA[ x {{7*7}} ${7*7} <%= 7 %>",
    '=HYPERLINK("javascript:alert(1)")',
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_text_is_shown_as_it_is_and_none_is_run(hostile: str) -> None:
    values = full_values()
    filled = {path: spoilt(value, hostile) for path, value in values.items()}
    before, after = harmless(), site(filled)
    assert before.keys() == after.keys()
    seen = 0
    for path, page in after.items():
        # No tag and no attribute more than with harmless texts.
        assert outline(page) == outline(before[path])
        seen += text(page).count(hostile)
        for data in data_of(page):
            assert json.loads(data)
    assert seen > 40


@cache
def harmless() -> dict[str, Element]:
    return site(full_values())


def spoilt(value: Any, hostile: str, key: str = "") -> Any:
    """Put a text into every field of a record that takes any."""
    if isinstance(value, dict):
        return {name: spoilt(item, hostile, name) for name, item in value.items()}
    if isinstance(value, list):
        return [spoilt(item, hostile, key) for item in value]
    return hostile if key in FREE and value != "t" else value  # the name of a test is a word


FREE = {
    *("title", "synonyms", "description", "target", "technique", "note", "text", "label"),
    *("population", "design_note", "threshold", "time_frame", "name", "reason", "by", "citation"),
    *("retired_because", "abbreviation", "categories", "authors", "journal", "volume", "issue"),
    *("pages", "publication_types", "title_in_original", "display", "method", "first_author"),
}


def outline(page: Element) -> list[tuple[str, list[str]]]:
    """Return the tags with their attributes; of a drawing, which breaks lines, their kinds."""
    drawn = [one for drawing in page.iter(f"{SVG}svg") for one in drawing.iter()]
    inside = {id(one) for one in drawn}
    apart = [(one.tag, sorted(one.attrib)) for one in page.iter() if id(one) not in inside]
    named = {(one.tag, name) for one in drawn for name in ("", *one.attrib)}
    return apart + [(tag, [name]) for tag, name in sorted(named) if name != "class"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_comes_back_from_markup_as_it_went_in(given_text: str) -> None:
    allowed = FORBIDDEN.sub("", given_text).replace("\r\n", "\n")
    made = tag(
        "html", tag("head", tag("title", "x")), tag("body", tag("p", allowed, title=allowed))
    )
    page = parsed(f"<!doctype html>{made}".encode())
    (paragraph,) = page.iter("p")
    assert (text(paragraph), paragraph.get("title")) == (allowed, allowed)
    assert len(list(paragraph)) == 0


def test_markup_is_written_as_it_is_and_nothing_else() -> None:
    assert tag("p", "a<b", Html("<b>c</b>"), None, ["d", ["&"]]) == ("<p>a&lt;b<b>c</b>d&amp;</p>")
    assert tag("br") == "<br>"
    assert tag("td", class_="x", data_label='"', hidden=True, id=None, open=False) == (
        '<td class="x" data-label="&quot;" hidden></td>'
    )
    assert join("a", None, "", "<", by=" < ") == "a &lt; &lt;"
    assert tag("p", "a" + Html("<b>")) == "<p>a&lt;b&gt;</p>"
    assert tag("p", "a\r\nb") == "<p>a&#13;\nb</p>"


# Figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (event(analysed=171, count=0), "at most 1.8 % (one-sided 95 % limit)"),
        (event(analysed=1, count=0), "at most 95.0 % (one-sided 95 % limit)"),
        (event(analysed=171, count=6), "95 % CI 1.6 to 7.4 % (Wilson)"),
        (outcome(analysed=9, count=7), "95 % CI 45.3 to 93.7 % (Wilson)"),
        (outcome(analysed=10, count=0), "95 % CI 0.0 to 27.8 % (Wilson)"),
    ],
)
def test_what_a_count_allows_is_computed(result: AdverseEvent | Outcome, said: str) -> None:
    found = computed(result)
    assert found is not None
    assert found.text == said


@pytest.mark.parametrize(
    "result",
    [
        event(count=0),
        event(analysed=10),
        event(analysed=0, count=0),
        event(analysed=10, count=11),
        event(analysed=10, count=1, counted="sides"),
        event(analysed=10, count=1, hedge="up-to"),
        outcome(analysed=10, count=1, ci={"level": 95, "low": 1, "high": 2}),
    ],
)
def test_what_a_source_does_not_carry_is_not_computed(result: AdverseEvent | Outcome) -> None:
    assert computed(result) is None


def figures_of(**figures: Any) -> str:
    """Return the estimate of an outcome as its study's page shows it."""
    values = full_values()
    shared = {"id": "the-outcome", "title": "A", "group": "the-group", "follow_up": "12 mo"}
    values[STUDY]["outcomes"] = [{**shared, **figures}]
    page = parsed(written(corpus_of(values))["studies/full-study.html"])
    return shown(by_id(page, "the-outcome")[3])


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            {"mean": Decimal("4.30"), "sd": Decimal("1.06"), "unit": "mo"},
            "mean 4.30 months SD 1.06",
        ),
        ({"mean": 3, "adjusted": True, "unit": "{score}"}, "adjusted mean 3 points"),
        ({"mean": 3, "adjusted": False, "se": 1}, "unadjusted mean 3 SE 1"),
        ({"median": 58, "q1": 3, "q3": 6, "max": 90}, "median 58 IQR 3 to 6; maximum 90"),
        ({"value": -3, "unit": "mm[Hg]"}, "-3 mm[Hg]"),
        ({"mean": 1, "quantity": "percent-change"}, "mean 1 %"),
        ({"percent": Decimal("16.40"), "hedge": "up-to"}, "up to 16.40 % count not reported"),
        (
            {"percent": 20, "count": 2, "analysed": 10, "ci": {"level": 90, "low": 1, "high": 3}},
            "20 % (90 % CI 1 to 3)",
        ),
        (
            {"mean": 2, "ci": {"level": 95, "low": 1, "high": 3, "method": "Wald"}},
            "mean 2 95 % CI 1 to 3, Wald",
        ),
        (
            {"count": 1, "analysed": 4, "p": "<0.001"},
            "p <0.001 25.0 %; 95 % CI 4.6 to 69.9 % (Wilson)",
        ),
        (
            {
                "effect": {
                    "type": "mean-difference",
                    "value": Decimal("8.3"),
                    "against": "the-group",
                    "ci": {"level": 95, "low": Decimal("5.9"), "high": Decimal("10.7")},
                    "p": Decimal("0.036"),
                    "test": {
                        "name": "t",
                        "statistic": 2,
                        "df": 28,
                        "sides": "two",
                        "corrected": False,
                    },
                },
                "unit": "{score}",
            },
            (
                "mean difference 8.3 points against All treated patients (95 % CI 5.9 to 10.7; "
                "p = 0.036) (t, t = 2, df 28, two-sided, not corrected)"
            ),
        ),
        (
            {"effect": {"type": "odds-ratio", "value": 2, "against": "baseline"}, "unit": "mo"},
            "odds ratio 2 against baseline",
        ),
        ({"mean": 1, "test": {"name": "f", "df": 1, "df2": 2}}, "mean 1 (f, df 1 and 2)"),
        ({"count": 3}, "–"),
    ],
)
def test_figures_are_shown_as_they_are_printed(figures: dict[str, Any], said: str) -> None:
    assert figures_of(**figures) == said


def test_what_is_computed_is_marked_and_has_columns_of_its_own() -> None:
    values = full_values()
    values[STUDY]["adverse_events"] = [
        {"id": "none", "title": "None", "group": "the-group", "analysed": 171, "count": 0}
    ]
    files = written(corpus_of(values))
    page = pages(files)["studies/full-study.html"]
    (mark,) = classed(by_id(page, "none"), "computed")
    assert shown(mark) == "0.0 %; at most 1.8 % (one-sided 95 % limit)"
    lines = files["studies/full-study.adverse-events.csv"].decode().splitlines()
    assert [line.partition(",study/")[0].partition(",record,")[0] for line in lines] == [
        (
            "event,title,serious,course,group,note,follow_up,time_frame,count,analysed,available,"
            "counted,percent_printed,estimate_printed,p_printed,derived,computed_percent,"
            "computed_low,computed_high,computed_by"
        ),
        "full-study#none,None,,,the-group,,,,0,171,,,,,,,0.0,,1.8,exact",
    ]


# What is missing ------------------------------------------------------------------------------


def test_what_was_not_reported_is_said_with_the_reason_of_its_waiver() -> None:
    values = full_values()
    result = {"id": "relief", "title": "Relief", "group": "the-group", "percent": 67}
    reason = {"by": "M. Editor", "date": "2026-11-22"}
    values[STUDY]["outcomes"] = [result]
    values[STUDY]["waivers"] = [
        {"rule": rule, "at": at, "reason": f"Because of {number}.", **reason}
        for number, (rule, at) in enumerate(
            [
                ("outcome-without-follow-up", "outcomes.relief"),
                ("outcome-without-denominator", "outcomes"),
                ("percentage-without-count", ["outcomes.relief", "adverse_events"]),
                ("relief-without-threshold", "outcomes.relief"),
            ]
        )
    ]
    values[PROCEDURE]["claims"][0]["evidence"] = ["full-study#relief"]
    found = site(values)
    for path in ("studies/full-study.html", "procedures/full-procedure.html"):
        page = found[path]
        table = next(
            one
            for one in page.iter("table")
            if shown(one[0]).startswith(("Outcomes, as", "The outcomes that"))
        )
        row = next(table.iter("tbody"))[0]
        assert "not reported" in shown(row[1])
        for cell, number in ((1, 0), (2, 1), (3, 2), (0, 3)):
            (link,) = [
                one for one in row[cell].iter("a") if (one.get("href") or "").startswith("#--r")
            ]
            item = by_id(page, (link.get("href") or "")[1:])
            assert f"Because of {number}." in shown(item)
            assert "M. Editor, 22 November 2026" in shown(item)
            assert ("Relief" in shown(item)) is (number != 1)


def test_a_study_silent_on_harms_is_named_where_harms_are_shown() -> None:
    values = full_values()
    values[STUDY]["adverse_events_reported"] = "not-reported"
    del values[STUDY]["adverse_events"]
    del values[PROCEDURE]["claims"][0]["evidence"]
    page = site(values)["procedures/full-procedure.html"]
    said = shown(page)
    assert "No study that was read counts adverse events." in said
    assert "What was read of the source does not speak of harms." in said


def test_a_missing_number_is_never_taken_from_those_enrolled() -> None:
    values = full_values()
    del values[STUDY]["outcomes"][0]["analysed"]
    values[STUDY]["groups"][0]["enrolled"] = 4711
    row = by_id(site(values)["studies/full-study.html"], "the-outcome")
    assert re.sub(" +", " ", shown(row[2])).endswith("4711 enrolled")
    assert "N not reported" in shown(row[2])


# Claims ---------------------------------------------------------------------------------------


def test_claims_stand_in_groups_in_one_order_with_their_sources_and_what_carries_them() -> None:
    values = full_values()
    claim = values[PROCEDURE]["claims"][0]
    abouts = ("comparison", "technique", "harm", "benefit", "mechanism", "indication")
    values[PROCEDURE]["claims"] = [claim | {"id": about, "about": about} for about in abouts]
    page = site(values)["procedures/full-procedure.html"]
    heads = [shown(one) for one in page.iter("h2")]
    assert heads == [
        "Benefit",
        "Harm",
        "For whom it is meant",
        "Technique",
        "How it is thought to work",
        "Compared with other treatments",
        "Summary of findings",
        "Adverse events",
        "What was not reported",
        "Studies",
        "References",
    ]
    article = by_id(page, "benefit")
    assert article.get("data-source") == f"{PROCEDURE}:{line_of(values, PROCEDURE, 'benefit')}"
    assert article.get("data-pointer") == "/claims/3"
    assert claim["text"] in text(article)
    sources = [one.get("href") for one in article.iter("a")]
    assert f"#--paper-{PMID}" in sources
    assert "../studies/full-study.html#the-outcome" in sources
    assert f"https://pubmed.ncbi.nlm.nih.gov/{PMID}/" in [
        one.get("href") for one in by_id(page, f"--paper-{PMID}").iter("a")
    ]


def test_what_is_counted_is_said_where_it_is_not_people() -> None:
    values = full_values()
    outcome = {"id": "pairs", "title": "Pairs", "group": "the-group", "follow_up": "6 mo"}
    counts = [
        {"count": 50, "analysed": 78, "counted": "pairs"},
        {"count": 50, "counted": "pairs"},
        {"analysed": 78, "counted": "pairs"},
        {"analysed": 78},
    ]
    outcomes = [{**outcome, "id": f"a{number}", **one} for number, one in enumerate(counts)]
    values[STUDY]["outcomes"] = outcomes
    names = [f"full-study#{one['id']}" for one in outcomes]
    values[PROCEDURE]["claims"][0]["evidence"] = [*names, "full-study#gone"]
    page = parsed(written(corpus_of(values))["procedures/full-procedure.html"])
    (carried,) = classed(page, "carried")
    said = [re.sub(" +", " ", shown(one)) for one in carried]
    assert [one.split(" : ")[-1].split(" · ")[0] for one in said] == [
        "50 of 78 pairs",
        "50 pairs, N not reported",
        "N = 78 pairs",
        "N = 78",
        "full-study#gone",
    ]


def line_of(values: dict[str, Any], path: str, id_: str) -> int:
    entry = next(one for one in corpus_of(values).entries if one.path == path)
    lines = entry.document.text.splitlines()
    return next(number for number, line in enumerate(lines, 1) if f'- id: "{id_}"' in line)


def test_harms_of_others_in_a_study_are_not_laid_to_a_procedure() -> None:
    values = full_values()
    del values[PROCEDURE]["claims"]
    group = values[STUDY]["groups"][0] | {"procedures": ["another"], "role": "experimental"}
    values[STUDY]["groups"] = [group]
    harm = values[STUDY]["adverse_events"][0]["title"]

    def says() -> bool:
        page = site(values)["procedures/full-procedure.html"]
        return any(harm in shown(table) for table in page.iter("table"))

    assert not says()
    group["role"] = "sham-comparator"
    assert says()
    group |= {"role": "experimental", "procedures": ["full-procedure"]}
    assert says()


# Sources --------------------------------------------------------------------------------------


def test_a_citation_is_in_the_style_of_vancouver() -> None:
    record = {
        "id": f"pmid-{PMID}",
        "title": "Is it safe?",
        "status": "in_review",
        "pmid": PMID,
        "authors": ["Horisawa S", "Ochiai T"],
        "journal": "Neurology",
        "year": 2019,
        "volume": "92",
        "issue": "4",
        "pages": "e371-e377",
        "origin": "by-hand",
    }

    def cited(**more: Any) -> str:
        return vancouver(construct(Reference, record | more))

    assert cited() == "Horisawa S, Ochiai T. Is it safe? Neurology. 2019;92(4):e371-e377."
    assert cited(published="2019-01-22").endswith("Neurology. 2019 Jan 22;92(4):e371-e377.")
    assert cited(published="2019-01", pages=None).endswith("2019 Jan;92(4).")
    assert cited(authors_complete=False).startswith("Horisawa S, Ochiai T, et al. Is it safe?")
    seven = [f"Name {letter}" for letter in "ABCDEFG"]
    assert cited(authors=seven).startswith("Name A, Name B, Name C, Name D, Name E, Name F, et al.")
    bare = dict.fromkeys(("journal", "year", "volume", "issue", "pages"))
    assert cited(authors=(), **bare) == "Is it safe?"


@pytest.mark.parametrize(
    ("changed", "mark"),
    [
        ({"publication_status": "retracted", "notices": None}, "Retracted"),
        ({"publication_status": "concern", "notices": None}, "Expression of concern"),
        ({"publication_status": None, "notices": [{"type": "retraction"}]}, "Retracted"),
    ],
)
def test_a_doubtful_source_is_marked_wherever_it_is_cited(
    changed: dict[str, Any], mark: str
) -> None:
    values = full_values()
    reference = {**values[REFERENCE], **changed}
    values[REFERENCE] = {key: value for key, value in reference.items() if value is not None}
    found = site(values)
    for path in ("procedures/full-procedure.html", "conditions/full-condition.html"):
        marks = [shown(one) for one in classed(found[path], "mark")]
        assert set(marks) == {mark}
        assert len(marks) >= 3  # at the claim, in the tables, in the list of references
    for path in ("studies/full-study.html", f"references/pmid-{PMID}.html"):
        assert classed(found[path], "doubt")
    assert mark in shown(found["index.html"])
    assert mark in shown(found["references/index.html"])


def test_a_sound_source_is_not_marked() -> None:
    values = full_values()
    values[REFERENCE] |= {"publication_status": "published", "notices": None}
    for page in site(values).values():
        assert classed(page, "mark") == []
        assert classed(page, "doubt") == []


def test_a_paper_without_a_reference_is_cited_by_its_number() -> None:
    values = full_values()
    del values[REFERENCE]
    page = site(values)["procedures/full-procedure.html"]
    assert f"PMID {PMID} [1]" in shown(page)
    assert f"PubMed {PMID}" in shown(by_id(page, f"--paper-{PMID}"))


# How far a record is --------------------------------------------------------------------------


EVERY = CONFIG._replace(publish=("in_review", "approved", "retired"))
REVIEW = {"by": "Jane Doe", "date": "2026-11-20", "orcid": "0000-0002-1694-233X"}


def standing_of(**fields: Any) -> tuple[str, dict[str, Any]]:
    values = full_values()
    record = values[PROCEDURE] | fields
    values[PROCEDURE] = {key: value for key, value in record.items() if value is not None}
    values[PROCEDURE].pop("replaced_by")
    values[PROCEDURE].pop("retired_because")
    corpus: Corpus = corpus_of(values, EVERY)
    page = pages(written(corpus))["procedures/full-procedure.html"]
    (said,) = classed(page, "standing")
    return shown(said), json.loads(next(iter(data_of(page))))


def test_a_record_in_review_says_that_no_clinician_reviewed_it() -> None:
    said, data = standing_of(status="in_review", review=None)
    assert said.startswith("In review: not reviewed by clinicians.")
    assert "lastReviewed" not in data
    said, data = standing_of(status="in_review", review=REVIEW)
    assert "not reviewed by clinicians" in said
    assert "lastReviewed" not in data


def test_an_approved_record_says_who_approved_it_and_when() -> None:
    said, data = standing_of(status="approved", review=REVIEW | {"next": "2027-11-20"})
    assert said == "Approved by Jane Doe , 20 November 2026 . Next review by 20 November 2027 ."
    assert data["lastReviewed"] == "2026-11-20"
    assert data["reviewedBy"] == {
        "@type": "Person",
        "name": "Jane Doe",
        "sameAs": "https://orcid.org/0000-0002-1694-233X",
    }


def test_a_retired_record_says_so_and_what_takes_its_place() -> None:
    values = full_values()
    values[PROCEDURE] |= {
        "status": "retired",
        "replaced_by": "other",
        "retired_because": "Why not.",
    }
    other = {"id": "other", "title": "The other", "status": "approved", "review": REVIEW}
    values["records/procedures/other.yaml"] = other
    found = pages(written(corpus_of(values, EVERY)))
    (said,) = classed(found["procedures/full-procedure.html"], "standing")
    assert shown(said).startswith("Retired : no longer held to be right. Why not. See The other")


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        (["in_review"], "Not reviewed by clinicians."),
        (["approved"], "Every record here was approved by a named reviewer."),
        (["approved", "in_review"], "1 of 2 records are approved."),
    ],
)
def test_the_first_page_says_of_what_standing_the_whole_is(statuses: list[str], said: str) -> None:
    values = {
        f"records/procedures/a{number}.yaml": {
            "id": f"a{number}",
            "title": "A",
            "status": status,
            **({"review": REVIEW} if status == "approved" else {}),
        }
        for number, status in enumerate(statuses)
    }
    assert said in shown(site(values)["index.html"])


# Times ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("followed", "said"),
    [
        ({"median": 24, "unit": "mo"}, "whole follow-up (median 24 months)"),
        ({"planned": "1 a"}, "whole follow-up (1 year)"),
        ({"min": 3, "max": 165, "unit": "mo"}, "whole follow-up (3 to 165 months)"),
        ({"sd": 3, "unit": "mo"}, "whole follow-up"),
        (None, "whole follow-up"),
    ],
)
def test_the_follow_up_of_a_study_is_said_by_the_figure_that_says_most(
    followed: dict[str, Any] | None, said: str
) -> None:
    study = construct(
        Study,
        {
            "id": "a",
            "title": "A",
            "status": "draft",
            "design": "cohort",
            "adverse_events_reported": "not-reported",
            **({} if followed is None else {"follow_up": followed}),
        },
    )
    result = outcome(follow_up="study")
    assert when(study, result) == said
    known = followed is not None and {"median", "planned"} & followed.keys()
    assert (in_order(study, result) is None) is not bool(known)


def test_times_are_said_in_words_and_sorted_by_length() -> None:
    study = construct(
        Study,
        {
            "id": "a",
            "title": "A",
            "status": "draft",
            "design": "cohort",
            "adverse_events_reported": "not-reported",
            "follow_up": {"mean": Decimal("25.4"), "unit": "mo"},
        },
    )
    results = [
        outcome(follow_up="baseline"),
        outcome(follow_up="0 d"),
        outcome(follow_up="8 wk", follow_up_from="4 wk"),
        outcome(follow_up="1 mo"),
        outcome(follow_up="study"),
        outcome(follow_up="5 a"),
    ]
    assert [when(study, one) for one in results] == [
        "before treatment",
        "0 days",
        "4 weeks to 8 weeks",
        "1 month",
        "whole follow-up (mean 25.4 months)",
        "5 years",
    ]
    order = [in_order(study, one) for one in results]
    known = [days for days in order if days is not None]
    assert order[2] == 56
    assert sorted([*known[:2], *known[3:]]) == [*known[:2], *known[3:]]
    assert when(study, outcome()) is None
    assert in_order(study, outcome()) is None
    assert unit("mm[Hg]") == " mm[Hg]"
    assert unit("{attacks}/wk") == " attacks/wk"
