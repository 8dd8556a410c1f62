"""The site and the preview as a person meets them: in a real browser, with eyes and keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import Reader, axe, chromium, served
from curate import config, source
from curate.disk.replace_folder import replace_folder
from curate.formats import load_format
from curate.kinds.study import Study
from curate.manifest import Revision, assemble
from curate.pipeline import check, load
from previewed import PAGE, STUDY, edited, preview, small_corpus

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

ROOT = Path(__file__).parent.parent
CORPUS = load(source.find(ROOT), config.load(ROOT))
PROCEDURE = "procedures/ventro-oral-thalamotomy.html"
WITH_PLOTS = ("horisawa-2019", "smith-2002", "schuurman-2008", "bond-2017", "sen-2025")
SORTS = (
    "index.html",
    "about.html",
    "search.html?q=dystonia",
    "studies/index.html",
    "references/index.html",
    PROCEDURE,
    "procedures/intrathecal-drug-delivery.html",
    "conditions/central-post-stroke-pain.html",
    PAGE,
    "studies/smith-2002.html",
    "measures/nrs-pain.html",
    "references/pmid-30587520.html",
)
EACH_ONCE = (
    "index.html",
    "about.html",
    "search.html?q=dystonia",
    "measures/index.html",
    "procedures/intrathecal-drug-delivery.html",
    PAGE,
    "measures/nrs-pain.html",
    "references/pmid-30587520.html",
)
"""A page of each template; axe takes seconds for each."""
WIDTHS = (320, 768, 1280)
HOSTILE = "<script>globalThis.ran=1</script><img src=x onerror='globalThis.ran=1'> p <.001 & \"q\""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped corpus, on the disk."""
    folder = tmp_path_factory.mktemp("site") / "exports"
    replace_folder(folder, assemble(CORPUS, [load_format("html")], Revision(None, None)))
    return folder / "html"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    """A tab in which no script may fail, nothing be asked of another host, no error be logged."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found = Reader(context)
    yield found
    context.close()
    assert found.faults == []


@pytest.fixture
def page(reader: Reader) -> Page:
    return reader.page


# Reading --------------------------------------------------------------------------------------


def test_from_the_first_page_to_a_number_and_its_paper(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Ventro-oral thalamotomy", exact=True).first.click()
    expect(page).to_have_url(f"{address}{PROCEDURE}")
    expect(page.locator("h1")).to_have_text("Ventro-oral thalamotomy")
    row = page.locator("tr", has_text="Improved after the second operation").first
    expect(row).to_contain_text("7 of 9")
    expect(row.get_by_role("link", name="30587520")).to_have_attribute(
        "href", "https://pubmed.ncbi.nlm.nih.gov/30587520/"
    )
    row.get_by_role("link", name="Improved after the second operation").click()
    expect(page).to_have_url(f"{address}{PAGE}#reoperation-improved")
    number = page.locator("tr:target")
    expect(number).to_be_in_viewport()
    expect(number).to_contain_text("7 of 9")
    expect(page.get_by_role("link", name="PubMed 30587520").first).to_have_attribute(
        "href", "https://pubmed.ncbi.nlm.nih.gov/30587520/"
    )


def test_a_search_finds_records_and_single_results(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("searchbox", name="Search").fill("dystonia came back")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("result")
    found = page.locator("#--results a")
    expect(found.first).to_be_visible()
    found.filter(has_text=re.compile("^Dystonia came back$")).first.click()
    expect(page).to_have_url(f"{address}{PAGE}#recurrence")
    page.goto(f"{address}search.html?q=xyzzy")
    expect(page.get_by_role("status")).to_contain_text("0 results")
    page.goto(f"{address}search.html?q=30587520")
    expect(page.locator("#--results a").first).to_be_visible()


def test_a_table_is_sorted_by_number_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGE}")
    table = page.get_by_role("table", name="Outcomes, as the source prints them")
    rows = table.locator("tbody tr")
    original = rows.evaluate_all("rows => rows.map(row => row.id)")
    button = table.get_by_role("button", name="n of N")
    head = table.get_by_role("columnheader", name="n of N")

    def counts() -> list[int]:
        said = rows.locator("td:nth-of-type(2)").all_inner_texts()
        return [int(found[1]) for text in said if (found := re.match(r"\d+ of (\d+)", text))]

    button.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert counts() == sorted(counts())
    assert len(counts()) > 2
    assert "not reported" in rows.last.inner_text(), "what is not known comes last"
    button.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert counts() == sorted(counts(), reverse=True)
    assert "not reported" in rows.last.inner_text()
    button.click()
    assert rows.evaluate_all("rows => rows.map(row => row.id)") == original


def test_everything_can_be_done_with_the_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.get_by_role("searchbox", name="Search").focus()
    page.keyboard.type("ventro-oral")
    page.keyboard.press("Enter")
    expect(page.locator("#--results a").first).to_be_visible()
    _tab_to(page, page.locator("#--results a", has_text="Ventro-oral thalamotomy").first)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ventro-oral thalamotomy")
    head = page.locator("table[data-sortable] th button").first
    _tab_to(page, head)
    page.keyboard.press("Space")
    expect(page.locator("th[aria-sort]").first).to_have_attribute("aria-sort", "ascending")
    page.goto(f"{address}{PAGE}")
    details = page.locator("figure details summary").first
    _tab_to(page, details)
    page.keyboard.press("Enter")
    expect(page.locator("figure details").first).to_have_attribute("open", "")


def _tab_to(page: Page, wanted: Any) -> None:
    for _ in range(300):
        page.keyboard.press("Tab")
        if wanted.evaluate("found => found === document.activeElement"):
            return
    raise AssertionError(f"{wanted} cannot be reached with the Tab key")


def test_without_scripts_the_pages_say_the_same(browser: Browser, address: str) -> None:
    said = []
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        tab = context.new_page()
        tab.goto(f"{address}{PAGE}")
        said.append(re.sub(r"\s+", " ", tab.locator("main").inner_text()))
        tab.goto(f"{address}search.html")
        if not script:
            expect(tab.locator("#--lists")).to_contain_text("Without it, these lists have")
            expect(tab.locator("#--lists a")).to_have_count(5)
        context.close()
    assert said[0] == said[1]


def test_the_site_is_read_from_a_disk_too(reader: Reader, site: Path) -> None:
    reader.page.goto((site / "index.html").as_uri())
    reader.page.get_by_role("searchbox", name="Search").fill("recurrence")
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("#--results a").first).to_be_visible()
    reader.page.locator("#--results a").first.click()
    expect(reader.page.locator("h1")).to_be_visible()


# Looking --------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for one in SORTS:
        page.goto(f"{address}{one}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{one} is {wide} pixels wide"


@pytest.mark.parametrize("one", EACH_ONCE)
def test_axe_finds_nothing(browser: Browser, address: str, one: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    tab = context.new_page()
    tab.goto(f"{address}{one}")
    found = axe(tab)
    tab.emulate_media(color_scheme="dark")
    tab.set_viewport_size({"width": 320, "height": 900})
    found += axe(tab, "color-contrast", "link-in-text-block", "scrollable-region-focusable")
    context.close()
    assert found == []


def test_dark_is_dark_and_the_pictures_with_it(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}{PAGE}")
    ground = _colour(page, "body", "backgroundColor")
    assert sum(ground) < 150
    for part in ("svg.plot-wide text", "svg.plot-wide circle", "svg.plot-wide .plot-muted"):
        assert _contrast(_colour(page, part, "fill"), ground) > 4.5
    page.emulate_media(color_scheme="light")
    light = _colour(page, "body", "backgroundColor")
    assert sum(light) > 600
    for part in ("svg.plot-wide text", "svg.plot-wide circle", "svg.plot-wide .plot-muted"):
        assert _contrast(_colour(page, part, "fill"), light) > 4.5


def _colour(page: Page, selector: str, name: str) -> tuple[int, ...]:
    said = page.locator(selector).first.evaluate(f"one => getComputedStyle(one).{name}")
    return tuple(map(int, re.findall(r"\d+", said)[:3]))


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the contrast of two colours as WCAG defines it."""

    def luminance(colour: tuple[int, ...]) -> float:
        shares = [part / 255 for part in colour]
        linear = [
            share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
            for share in shares
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_on_paper_there_is_the_text_and_nothing_to_click(page: Page, address: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{address}{PAGE}")
    expect(page.locator("nav").first).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.locator("svg.plot-wide").first).to_be_visible()
    expect(page.locator("svg.plot-narrow").first).to_be_hidden()
    assert _contrast(_colour(page, "svg.plot-wide text", "fill"), (255, 255, 255)) > 7
    assert page.pdf(format="A4").count(b"/Type /Page") >= 2


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_fit_and_no_text_runs_into_another(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for name in WITH_PLOTS:
        page.goto(f"{address}studies/{name}.html")
        shown = page.locator("svg.plot:visible")
        assert shown.count() >= 1
        for index in range(shown.count()):
            found = shown.nth(index).evaluate(_LAID_OUT)
            assert found["outside"] == []
            assert found["touching"] == []
            assert found["smallest"] >= 9, "text that is too small to read"


_LAID_OUT = """svg => {
  const edge = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")];
  const boxes = texts.map(text => text.getBoundingClientRect());
  const marks = [...svg.querySelectorAll(".plot-row circle, .plot-row path, .plot-row rect")];
  const touch = (a, b) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
  const outside = texts.filter((_, at) =>
    boxes[at].left < edge.left - 1 || boxes[at].right > edge.right + 1 ||
    boxes[at].bottom > edge.bottom + 1).map(text => text.textContent);
  const touching = [];
  boxes.forEach((box, at) => {
    boxes.slice(at + 1).forEach((other, step) => {
      if (touch(box, other)) {
        touching.push(`${texts[at].textContent} | ${texts[at + 1 + step].textContent}`);
      }
    });
    for (const mark of marks) {
      if (touch(box, mark.getBoundingClientRect())) touching.push(texts[at].textContent);
    }
  });
  const scale = edge.width / svg.viewBox.baseVal.width;
  const smallest = Math.min(...texts.map(text => scale * text.getAttribute("font-size")));
  return { outside, touching, smallest };
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_where_a_mark_stands_is_what_the_record_says(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    seen = 0
    for study in CORPUS.records(Study):
        if study.id not in WITH_PLOTS:
            continue
        page.goto(f"{address}studies/{study.id}.html")
        results = {result.id: result for result in (*study.outcomes, *study.adverse_events)}
        for mark in page.locator("svg.plot:visible").evaluate_all(_MEASURED):
            if mark["result"] is None or mark["figure"] not in _FIELDS:
                continue
            wanted = _FIELDS[mark["figure"]](results[mark["result"]])
            assert mark["values"] == pytest.approx(wanted, abs=mark["pixel"])
            seen += 1
    assert seen > 30


_FIELDS: dict[str, Any] = {
    "count": lambda result: [100 * result.count / result.analysed],
    "percent": lambda result: [float(result.percent)],
    "mean": lambda result: [float(result.mean)],
    "median": lambda result: [float(result.median)],
    "effect.value": lambda result: [float(result.effect.value)],
    "sd": lambda result: [float(result.mean - result.sd), float(result.mean + result.sd)],
    "iqr": lambda result: [float(result.q1), float(result.q3)],
}

_MEASURED = """plots => plots.flatMap(svg => {
  const ticks = [...svg.querySelectorAll(".plot-tick")];
  const at = tick => tick.getBoundingClientRect().left;
  const [first, last] = [ticks[0], ticks.at(-1)];
  const [low, high] = [Number(first.dataset.value), Number(last.dataset.value)];
  const value = x => low + (x - at(first)) / (at(last) - at(first)) * (high - low);
  return [...svg.querySelectorAll(".plot-row > *")].map(mark => {
    const box = mark.getBoundingClientRect();
    const point = mark.tagName === "circle";
    return {
      result: mark.parentElement.dataset.result ?? null,
      figure: mark.dataset.figure,
      values: point ? [value((box.left + box.right) / 2)] : [value(box.left), value(box.right)],
      pixel: (high - low) / (at(last) - at(first)),
    };
  });
})"""


# Hostile texts --------------------------------------------------------------------------------


def test_hostile_texts_are_shown_and_not_run(reader: Reader, tmp_path: Path) -> None:
    folder = small_corpus(tmp_path / "corpus")
    quoted = HOSTILE.replace("'", "''")
    edited(folder, STUDY, "title: Dystonia came back", f"title: '{quoted}'")
    edited(folder, STUDY, "label: All treated patients", f"label: '{quoted}'")
    corpus = load(source.find(folder), config.load(folder))
    assert not [
        one for one in check(corpus).standing if "unread" in one.name or one.code[0] in "YS"
    ]
    replace_folder(
        tmp_path / "exports", assemble(corpus, [load_format("html")], Revision(None, None))
    )
    with served(tmp_path / "exports/html") as there:
        for one in (PAGE, PROCEDURE, "search.html?q=script"):
            reader.page.goto(f"{there}{one}")
            reader.page.wait_for_load_state()
            assert reader.page.evaluate("globalThis.ran") is None
            assert HOSTILE in reader.page.locator("main").inner_text()
        reader.page.goto(f"{there}{PAGE}")
        drawn = reader.page.locator("svg.plot-wide title").all_text_contents()
        labels = reader.page.locator("svg.plot-wide text").all_text_contents()
        assert any("<script>globalThis.ran=1</script>" in text for text in (*drawn, *labels))


# The preview ----------------------------------------------------------------------------------


def test_a_saved_record_is_shown_with_its_findings_at_once(reader: Reader, tmp_path: Path) -> None:
    folder = small_corpus(tmp_path / "corpus")
    page = reader.page
    with preview(folder) as running:
        page.goto(f"{running.address}{PAGE}")
        panel = page.get_by_role("complementary", name="What the checks find")
        expect(panel).to_contain_text("nothing to mend")
        edited(folder, STUDY, "count: 18\n", "count: 180\n")
        expect(panel).to_contain_text("180 are counted among 171 analysed.")
        expect(panel).to_contain_text("line 1")
        expect(page.locator("main")).to_contain_text("180 of 171")
        edited(folder, STUDY, "outcomes:\n", "outcomes: [\n")
        expect(panel).to_contain_text("The record cannot be read now.")
        expect(page.locator("main")).to_contain_text("180 of 171")
        edited(folder, STUDY, "outcomes: [\n", "outcomes:\n")
        edited(folder, STUDY, "count: 180\n", "count: 17\n")
        expect(panel).not_to_contain_text("180 are counted")
        expect(page.locator("main")).to_contain_text("17 of 171")
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.goto("about:blank")  # a page that is open when its server ends logs an error


def test_a_page_that_nobody_looks_at_waits_until_somebody_does(
    reader: Reader, tmp_path: Path
) -> None:
    folder = small_corpus(tmp_path / "corpus")
    page = reader.page
    looked = """hidden => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    with preview(folder) as running:
        page.goto(f"{running.address}{PAGE}")
        page.evaluate(looked, arg=True)
        edited(folder, STUDY, "count: 18\n", "count: 180\n")
        other = reader.context.new_page()
        other.goto(f"{running.address}{PAGE}")
        expect(other.locator("main")).to_contain_text("180 of 171")
        other.close()
        expect(page.locator("main")).to_contain_text("18 of 171")
        page.evaluate(looked, arg=False)
        expect(page.locator("main")).to_contain_text("180 of 171")
        page.goto("about:blank")  # likewise


def test_the_preview_keeps_to_the_policy_and_to_the_reader(
    browser: Browser, tmp_path: Path
) -> None:
    folder = small_corpus(tmp_path / "corpus")
    edited(folder, STUDY, "count: 18\n", "count: 180\n")
    with preview(folder) as running:
        context = browser.new_context(bypass_csp=True)
        tab = context.new_page()
        found = {}
        for one in ("index.html", PAGE, "nothing.html"):
            tab.goto(f"{running.address}{one}")
            found[one] = axe(tab)
        context.close()
    assert {one: faults for one, faults in found.items() if faults} == {}
