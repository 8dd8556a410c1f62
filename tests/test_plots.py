"""The pictures show the records' figures at their places, and no comparison that misleads."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

import plot_reader
from curate import config, source
from curate.config import Config
from curate.construct import construct
from curate.corpus import Corpus
from curate.document import number_text
from curate.kinds.study import Study
from curate.parts.result import Outcome
from curate.pipeline import load
from curate.plots import Picture, across, of_study, style, timeline
from curate.plots.axis import axis, tick_text
from curate.plots.svg import length, wrapped
from full_corpus import corpus_of
from generated import valid

ROOT = Path(__file__).parent.parent
CORPUS = load(source.find(ROOT), config.load(ROOT))
STUDIES = tuple(CORPUS.records(Study))
EMPTY = Corpus([], Config(name="none"))


def study(*outcomes: dict[str, Any], **more: Any) -> Study:
    numbered = [
        {"id": f"outcome-{index}", "title": "Improved", "group": "all"} | outcome
        for index, outcome in enumerate(outcomes)
    ]
    return construct(
        Study,
        {
            "id": "someone-2020",
            "title": "A study",
            "status": "in_review",
            "pmid": 30587520,
            "design": "cohort",
            "groups": [
                {"id": "all", "label": "All patients"},
                {"id": "active", "label": "Active treatment", "role": "experimental"},
                {"id": "sham", "label": "Sham procedure", "role": "sham-comparator"},
            ],
            "outcomes": numbered,
            "adverse_events_reported": "not-reported",
        }
        | more,
    )


def pictures(*outcomes: dict[str, Any], **more: Any) -> tuple[Picture, ...]:
    return of_study(EMPTY, study(*outcomes, **more))


def marks(picture: Picture, *, ratio: bool = False) -> list[plot_reader.Mark]:
    return list(plot_reader.marks(plot_reader.read(picture.wide), ratio=ratio))


def labels(picture: Picture) -> list[str]:
    return [row.cells[2] for row in picture.rows]


SHARE = {"follow_up": "3 mo", "analysed": 40, "count": 11}
MEAN = {"measure": "pain", "quantity": "value", "mean": Decimal("4.30"), "sd": Decimal("1.06")}


# The figures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("one", STUDIES, ids=lambda one: one.id)
def test_the_places_of_all_marks_are_the_figures_of_the_records(one: Study) -> None:
    by_id = {result.id: result for result in (*one.outcomes, *one.adverse_events)}
    for picture in of_study(CORPUS, one):
        for svg in (picture.wide, picture.narrow):
            root = plot_reader.read(svg)
            for mark in plot_reader.marks(root):
                assert mark.row["study"] == one.id
                assert mark.values == pytest.approx(mark.said, abs=_pixel(root))
                assert mark.computed or mark.figure not in {"wilson", "count", "sd"}
                assert mark.said == pytest.approx(expected(by_id[mark.row["result"]], mark))


def expected(result: Any, mark: plot_reader.Mark) -> tuple[float, ...]:
    """Return what a mark must stand for, from the record alone."""
    if mark.figure == "wilson":
        found = binomtest(result.count, result.analysed).proportion_ci(method="wilson")
        return 100 * found.low, 100 * found.high
    ci = getattr(result, "ci", None) or (getattr(result, "effect", None) and result.effect.ci)
    by_hand: dict[str, Any] = {
        "count": lambda: (100 * result.count / result.analysed,),
        "sd": lambda: (result.mean - result.sd, result.mean + result.sd),
        "iqr": lambda: (result.q1, result.q3),
        "range": lambda: (result.min, result.max),
        "ci": lambda: (ci.low, ci.high),
        "effect.value": lambda: (result.effect.value,),
    }
    found = by_hand.get(mark.figure, lambda: (getattr(result, mark.figure),))()
    return tuple(map(float, found))


def _pixel(root: Any) -> float:
    """Return how much of the axis a hundredth of a pixel is."""
    ticks = [line for line in root.iter() if "plot-tick" in line.get("class", "")]
    span = float(ticks[-1].get("data-value")) - float(ticks[0].get("data-value"))
    return 0.02 * span / (float(ticks[-1].get("x1")) - float(ticks[0].get("x1")))


@pytest.mark.parametrize("one", STUDIES, ids=lambda one: one.id)
def test_every_figure_that_is_drawn_is_in_the_table_as_printed(one: Study) -> None:
    by_id = {result.id: result for result in (*one.outcomes, *one.adverse_events)}
    for picture in of_study(CORPUS, one):
        assert all(len(row.cells) == len(picture.columns) for row in picture.rows)
        for row in picture.rows:
            result = by_id[row.result or ""]
            cell = row.cells[picture.columns.index("As printed")]
            drawn = [mark for mark in marks(picture) if mark.row["result"] == row.result]
            for mark in drawn:
                if not mark.computed and mark.figure in {"percent", "mean", "median", "value"}:
                    assert number_text(getattr(result, mark.figure)).replace("-", "−") in cell
            if any(mark.figure == "wilson" for mark in drawn):
                assert "Wilson" in row.cells[picture.columns.index("Computed")]


def test_computed_marks_are_hollow_or_dashed_and_said_to_be_computed() -> None:
    (picture,) = pictures(SHARE)
    assert [(mark.figure, mark.computed) for mark in marks(picture)] == [
        ("wilson", True),
        ("count", True),
    ]
    assert "plot-hollow" in picture.wide
    assert "stroke-dasharray" in picture.wide
    assert "computed: 27.5 %, 95 % CI 16.1 to" in " ".join(
        plot_reader.texts(plot_reader.read(picture.wide))
    )
    assert picture.rows[0].cells[-2:] == ("11 of 40", "27.5 %, 95 % CI 16.1 to 42.8 (Wilson)")


def test_a_printed_percentage_is_drawn_as_printed_and_filled() -> None:
    (picture,) = pictures(SHARE | {"percent": Decimal("27.50")})
    assert marks(picture)[-1].said == (27.5,)
    assert not marks(picture)[-1].computed
    assert "plot-hollow" not in picture.wide
    assert 'data-printed="11 of 40, 27.50 %"' in picture.wide


def test_a_printed_interval_takes_the_place_of_a_computed_one() -> None:
    ci = {"level": 95, "low": Decimal("14.6"), "high": Decimal("43.9"), "method": "exact"}
    (picture,) = pictures(SHARE | {"percent": Decimal("27.5"), "ci": ci})
    assert [mark.figure for mark in marks(picture)] == ["ci", "percent"]
    assert picture.rows[0].cells[-2:] == ("11 of 40, 27.5 %, 95 % CI 14.6 to 43.9 (exact)", "")


@pytest.mark.parametrize(
    "more",
    [
        {"hedge": "up-to"},
        {"counted": "procedures"},
        {"counted": "events"},
        {"analysed": None, "percent": 27},
        {"analysed": 0, "count": 0, "percent": 0},
        {"analysed": 10, "percent": 27},
    ],
)
def test_no_interval_is_computed_that_the_count_does_not_bear(more: dict[str, Any]) -> None:
    percent = {"percent": 27} if "percent" not in more else {}
    (picture,) = pictures(SHARE | percent | more)
    assert [mark.figure for mark in marks(picture)] == ["percent"]


def test_what_cannot_be_drawn_is_no_row() -> None:
    assert pictures({"count": 3}, {"analysed": 0, "count": 0}, {"analysed": 3, "count": 4}) == ()
    assert pictures({"follow_up": "3 mo", "mean": 4}) == ()


def test_none_of_many_has_an_upper_bound() -> None:
    event = {"id": "bleeding", "title": "Bleeding", "group": "all", "analysed": 23, "count": 0}
    (picture,) = pictures(adverse_events=[event])
    wilson, point = marks(picture)
    assert wilson.said == pytest.approx((0, 14.31), abs=0.01)
    assert point.said == (0,)
    assert "plot-harm" in picture.wide


def test_rare_harms_have_an_axis_of_their_own_and_others_go_to_100() -> None:
    def last_tick(count: int) -> str:
        event = {"id": "bleeding", "title": "Bleeding", "group": "all"}
        (picture,) = pictures(adverse_events=[event | {"analysed": 200, "count": count}])
        return re.findall(r'data-value="([\d.]+)" *', picture.wide.split("plot-scale")[1])[-1]

    assert float(last_tick(2)) < 10
    assert last_tick(150) == "100"


def test_ratios_stand_on_an_axis_of_ratios_with_one_as_no_difference() -> None:
    effect = {
        "type": "odds-ratio",
        "value": Decimal("2.4"),
        "against": "sham",
        "ci": {"level": 95, "low": Decimal("0.8"), "high": 30},
    }
    (picture,) = pictures({"group": "active", "effect": effect, "follow_up": "3 mo"})
    interval, point = marks(picture, ratio=True)
    assert interval.values == pytest.approx((0.8, 30), rel=0.002)
    assert point.values == pytest.approx((2.4,), rel=0.002)
    assert "plot-null" in picture.wide
    assert picture.rows[0].cells[1] == "Active treatment against Sham procedure"


def test_a_ratio_with_a_bound_of_nought_stands_at_the_low_end() -> None:
    ci = {"level": 95, "low": 0, "high": 5}
    effect = {"type": "risk-ratio", "value": 1, "against": "baseline", "ci": ci}
    (picture,) = pictures({"effect": effect})
    assert marks(picture, ratio=True)[0].said == (0, 5)
    assert marks(picture, ratio=True)[0].values[0] == pytest.approx(0.5)


# What is compared -----------------------------------------------------------------------------


def test_arms_and_times_of_one_outcome_are_one_picture() -> None:
    (picture,) = pictures(
        {"title": "Improved at 3 months, sham", "group": "sham"} | SHARE,
        {"title": "Improved at 1 month, active", "group": "active"} | SHARE | {"follow_up": "1 mo"},
        {"title": "Improved at 3 months, active treatment", "group": "active"} | SHARE,
    )
    assert picture.title == "Improved"
    assert [row.cells[1:4:2] for row in picture.rows] == [
        ("Active treatment", "1 month"),
        ("Sham procedure", "3 months"),
        ("Active treatment", "3 months"),
    ]


def test_times_of_one_group_are_told_apart_by_their_time() -> None:
    (picture,) = pictures(
        MEAN | {"follow_up": "12 mo"},
        MEAN | {"follow_up": "baseline"},
        MEAN | {"follow_up": "study"},
        MEAN | {"time_frame": "after waking"},
        follow_up={"mean": Decimal("25.4"), "unit": "mo"},
    )
    said = plot_reader.texts(plot_reader.read(picture.narrow))
    assert "All patients" in said
    order = ["Baseline", "12 months", "Study follow-up (mean 25.4 months)", "After waking"]
    assert [text for text in said if text in order] == order


@pytest.mark.parametrize(
    "other",
    [
        {"threshold": "at least 50 % less"},
        {"counted": "procedures"},
        {"title": "Free of pain at 3 months, sham"},
        {"title": "Improved at 6 months, sham"},
        {"title": "Improved at 3 months, left hand"},
    ],
)
def test_different_outcomes_are_never_called_one(other: dict[str, Any]) -> None:
    (picture,) = pictures(
        {"title": "Improved at 3 months, active", "group": "active"} | SHARE,
        {"title": "Improved at 3 months, sham", "group": "sham"} | SHARE | other,
    )
    assert picture.title == "Single outcomes"
    assert "do not compare with each other" in picture.wide


@pytest.mark.parametrize(
    "other",
    [
        {"measure": "disability"},
        {"quantity": "change"},
        {"unit": "mm"},
        {"mean": None, "sd": None, "median": 4, "min": 1, "max": 9},
    ],
)
def test_measured_values_of_different_kinds_are_two_pictures(other: dict[str, Any]) -> None:
    first, second = MEAN | {"follow_up": "3 mo"}, MEAN | {"follow_up": "6 mo"} | other
    assert len(pictures(first, second)) == 2


def test_two_figures_of_one_group_at_one_time_are_told_apart_by_title() -> None:
    found = pictures(
        MEAN | {"title": "Pain at rest", "follow_up": "3 mo"},
        MEAN | {"title": "Pain when moving", "follow_up": "3 mo"},
    )
    assert [labels(picture) for picture in found] == [["Pain at rest"], ["Pain when moving"]]


def other_study(**more: Any) -> Study:
    outcome = {"title": "Improved at 12 weeks", "follow_up": "12 wk"}
    return study(SHARE | outcome | more, id="other-2021", overlaps=["someone-2020"])


def test_studies_are_compared_at_the_same_time_only() -> None:
    same = SHARE | {"title": "Improved at 12 weeks", "follow_up": "12 wk"}
    (picture,) = across(EMPTY, [study(same), other_study()])
    assert picture.title == "Improved, at 12 weeks"
    assert [row.study for row in picture.rows] == ["someone-2020", "other-2021"]
    assert "other-2021 and someone-2020 report some of the same people." in picture.description
    for different in ("16 wk", "study", "baseline", None):
        outcome = same | {"title": "Improved", "follow_up": different}
        assert across(EMPTY, [study(outcome), other_study()]) == ()


def test_a_group_that_is_there_twice_is_not_compared() -> None:
    same = SHARE | {"title": "Improved at 12 weeks", "follow_up": "12 wk"}
    assert across(EMPTY, [study(same, same), other_study()]) == ()


def test_effects_are_compared_between_equal_roles_only() -> None:
    effect = {"type": "mean-difference", "value": 2, "against": "sham"}
    mine = {"group": "active", "measure": "pain", "follow_up": "3 mo", "effect": effect}
    other = study(mine, id="other-2021")
    assert len(across(EMPTY, [study(mine), other])) == 1
    swapped = mine | {"group": "sham", "effect": effect | {"against": "active"}}
    assert across(EMPTY, [study(swapped), other]) == ()
    no_role = mine | {"effect": effect | {"against": "all"}}
    assert across(EMPTY, [study(no_role), study(no_role, id="other-2021")]) == ()
    baseline = mine | {"effect": effect | {"against": "baseline"}}
    assert len(across(EMPTY, [study(baseline), study(baseline, id="other-2021")])) == 1


def test_measures_without_a_record_are_not_compared_between_studies() -> None:
    mean = {"mean": 4, "sd": 1, "unit": "mm", "follow_up": "3 mo"}
    assert across(EMPTY, [study(mean), study(mean, id="other-2021")]) == ()


# Timelines ------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", STUDIES, ids=lambda one: one.id)
def test_a_timeline_shows_the_follow_up_as_printed(one: Study) -> None:
    picture = timeline(EMPTY, [one])
    if picture is None:
        return
    for mark in marks(picture):
        assert mark.values == pytest.approx(mark.said, abs=0.1)
        if mark.figure in {"mean", "median"} and one.follow_up is not None:
            assert mark.row["unit"] == one.follow_up.unit
            assert mark.said == pytest.approx((float(getattr(one.follow_up, mark.figure)),))


def test_a_timeline_says_when_results_were_taken() -> None:
    one = study(
        SHARE | {"title": "First"},
        SHARE | {"title": "Second"},
        SHARE | {"title": "Third", "follow_up": "8 wk", "follow_up_from": "4 wk"},
        follow_up={"planned": "6 mo"},
    )
    picture = timeline(EMPTY, [one])
    assert picture is not None
    assert [row.cells[1:] for row in picture.rows] == [
        ("Planned follow-up", "planned 6 months", ""),
        ("4 weeks to 8 weeks", "4 weeks to 8 weeks", "Third"),
        ("3 months", "3 months", "First; Second"),
    ]


def test_studies_without_any_follow_up_have_no_timeline() -> None:
    assert timeline(EMPTY, []) is None
    assert timeline(EMPTY, [study()]) is None
    assert timeline(EMPTY, [study(follow_up={"note": "Not printed."})]) is None
    assert timeline(EMPTY, [study(SHARE, follow_up={"min": 3})]) is None


def test_a_timeline_of_several_studies_has_a_row_for_each_that_says_its_follow_up() -> None:
    spread = {"mean": 1, "sd": 3, "unit": "mo", "followed": 7}
    quartiles = {"median": 3, "q1": 2, "q3": 5, "min": 1, "max": 9, "unit": "a"}
    picture = timeline(
        EMPTY,
        [
            study(follow_up=spread),
            study(SHARE, id="silent-2020"),
            study(follow_up=quartiles, id="other-2021"),
        ],
    )
    assert picture is not None
    assert [row.cells[::2] for row in picture.rows] == [
        ("someone-2020", "mean 1, SD 3, n 7 (months)"),
        ("other-2021", "median 3, quartiles 2 to 5, range 1 to 9 (years)"),
    ]
    sd = next(mark for mark in marks(picture) if mark.figure == "sd")
    assert sd.said[0] == 0, "nobody is followed for less than no time"


# The drawing ----------------------------------------------------------------------------------

HOSTILE = '<script>alert(1)</script> p <.001 & "quoted" ]]> \x1b[31m é \u202e 中文'


def test_hostile_texts_are_shown_and_are_no_markup() -> None:
    first = SHARE | {"title": HOSTILE, "threshold": HOSTILE}
    for picture in pictures(first, SHARE | {"title": HOSTILE, "count": 3}):
        for svg in (picture.wide, picture.narrow, picture.file().decode()):
            root = plot_reader.read(svg)
            assert not [found for found in root.iter() if found.tag.endswith("script")]
            shown = "".join(plot_reader.texts(root)).replace(" ", "")
            assert '<script>alert(1)</script>p<.001&"quoted"]]>\\x1b[31mé\\u202e中文' in shown


def test_a_picture_needs_nothing_that_a_strict_policy_forbids() -> None:
    for one in STUDIES:
        for picture in of_study(CORPUS, one):
            for svg in (picture.wide, picture.narrow):
                assert "style=" not in svg
                assert "<style" not in svg
                assert "href" not in svg
                assert not re.search(r"\son[a-z]+=", svg)


def test_each_picture_has_a_title_a_description_and_names_of_its_own() -> None:
    for one in STUDIES:
        drawn = [svg for picture in of_study(CORPUS, one) for svg in (picture.wide, picture.narrow)]
        ids = [id_ for svg in drawn for id_ in re.findall(r' id="([^"]+)"', svg)]
        assert len(ids) == len(set(ids)) == 2 * len(drawn)
        for svg in drawn:
            title, description = plot_reader.read(svg)[:2]
            assert (title.tag, description.tag) == (
                f"{plot_reader.SVG}title",
                f"{plot_reader.SVG}desc",
            )
            assert title.text
            assert "Nothing is pooled." in (description.text or "")


def test_the_file_of_a_picture_brings_its_style() -> None:
    (picture,) = pictures(SHARE)
    assert style() in plot_reader.read(picture.file().decode())[0].text  # type: ignore[operator]


def test_the_same_records_give_the_same_pictures() -> None:
    again = load(source.find(ROOT), config.load(ROOT))
    for one, other in zip(STUDIES, again.records(Study), strict=True):
        assert of_study(CORPUS, one) == of_study(again, other)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(value=valid("study"))
def test_every_study_that_its_schema_allows_can_be_drawn(value: Any) -> None:
    one = construct(Study, value)
    for picture in (*of_study(EMPTY, one), *filter(None, [timeline(EMPTY, [one])])):
        for svg in (picture.wide, picture.narrow):
            root = plot_reader.read(svg)
            assert "nan" not in svg
            assert float(root.attrib["height"]) > 0


@given(
    ends=st.tuples(
        st.fractions(-(10**9), 10**9, max_denominator=10**6),
        st.fractions(-(10**9), 10**9, max_denominator=10**6),
    ),
    at_most=st.integers(5, 9),
)
def test_an_axis_holds_its_values_between_few_round_ticks(ends: Any, at_most: int) -> None:
    found = axis(ends, 10, 110, at_most)
    assert found.low <= min(ends) <= max(ends) <= found.high
    assert 2 <= len(found.ticks) <= at_most
    assert [found.at(tick) for tick in (found.low, found.high)] == [10, 110]


def test_ticks_are_written_plainly() -> None:
    ticks = axis([Fraction(-1), Fraction(100)], 0, 1, 5).ticks
    assert [tick_text(tick) for tick in ticks] == ["−50", "0", "50", "100"]
    assert tick_text(axis([Fraction(0), Fraction("0.003")], 0, 1, 5).ticks[1]) == "0.001"


@given(st.text(min_size=1), st.floats(40, 400))
def test_lines_fit_their_width_and_lose_no_character(said: str, width: float) -> None:
    lines = wrapped(said, width, 12)
    assert all(length(line, 12) <= width for line in lines)


def test_the_corpus_has_pictures_of_every_sort() -> None:
    figures = {
        mark.figure
        for one in STUDIES
        for picture in of_study(CORPUS, one)
        for mark in marks(picture)
    }
    assert figures >= {"percent", "count", "wilson", "mean", "sd", "median", "iqr", "range", "ci"}
    assert any(isinstance(result, Outcome) for one in STUDIES for result in one.outcomes)


def test_a_broken_measure_takes_no_picture_away() -> None:
    assert corpus_of({"records/measures/pain.yaml": {"id": "pain"}})
    (picture,) = pictures(MEAN | {"follow_up": "3 mo"}, MEAN | {"follow_up": "6 mo"})
    assert picture.title == "Improved: mean"


def test_a_study_is_named_by_its_paper_where_that_is_known() -> None:
    horisawa = next(one for one in STUDIES if one.id == "horisawa-2019")
    for picture in (*of_study(CORPUS, horisawa), timeline(CORPUS, [horisawa])):
        assert picture is not None
        assert {row.cells[0] for row in picture.rows} == {"Horisawa S et al. 2019"}
        said = " ".join(plot_reader.texts(plot_reader.read(picture.wide)))
        assert "no clinician has approved: Horisawa S et al. 2019 (PMID 30587520)." in said
