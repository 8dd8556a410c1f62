"""From a value of any export there is a way back to its file, its line and its papers."""

import csv
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from called import called
from curate import config, source
from curate.corpus import Corpus
from curate.disk.replace_folder import replace_folder
from curate.document import number_text
from curate.formats import load_format
from curate.manifest import Revision, assemble
from curate.pipeline import load
from curate.refusal import Refusal
from curate.tracing import trace

ROOT = Path(__file__).parent.parent
COMMIT = "4" * 40
STUDY = "records/studies/horisawa-2019.yaml"
RESULT = "reoperation-improved"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load(source.find(ROOT), config.load(ROOT), COMMIT)


@pytest.fixture(scope="module")
def exports(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trace") / "exports"
    formats = [load_format(name) for name in ("json", "csv", "sqlite", "fhir", "html")]
    replace_folder(folder, assemble(corpus, formats, Revision(COMMIT, differs=False)))
    return folder


@pytest.fixture(scope="module")
def wanted(corpus: Corpus) -> tuple[int, int, str]:
    """Return the index of one outcome, the line of its count, and the count."""
    document = next(entry.document for entry in corpus.entries if entry.path == STUDY)
    outcomes: Any = document.get(("outcomes",))
    index = next(number for number, item in enumerate(outcomes) if item["id"] == RESULT)
    where = ("outcomes", index, "count")
    return index, document.span(where).line, number_text(document.get(where))


def rows_of(exports: Path) -> list[dict[str, str]]:
    with (exports / "csv/outcomes.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_one_count_is_traced_from_every_format(exports: Path, wanted: tuple[int, int, str]) -> None:
    index, line, count = wanted
    whole = json.loads((exports / "json/corpus.json").read_bytes())["records"]["studies"]
    number = [item["id"] for item in whole].index("horisawa-2019")
    rows = rows_of(exports)
    row = [row["id"] for row in rows].index(f"horisawa-2019#{RESULT}") + 2
    letter = chr(ord("A") + list(rows[0]).index("count"))
    for path, where in [
        ("json/corpus.json", f"/records/studies/{number}/data/outcomes/{index}/count"),
        ("json/studies/horisawa-2019.json", f"/data/outcomes/{index}/count"),
        ("csv/outcomes.csv", f"{row}:count"),
        ("csv/outcomes.csv", f"{letter}{row}"),
        ("csv/outcomes.csv", f"horisawa-2019#{RESULT}:count"),
        ("sqlite/corpus.db", f"outcomes:horisawa-2019#{RESULT}:count"),
    ]:
        trail = trace(exports / path, where)
        assert (trail.record, trail.value) == ("study/horisawa-2019", count)
        assert (trail.path, trail.line) == (STUDY, line)
        assert trail.pointer == f"/outcomes/{index}/count"
        assert (trail.status, trail.commit, trail.pmids) == ("in_review", COMMIT, ("30587520",))


def test_a_row_and_a_claim_of_a_page_are_traced_by_their_address(
    exports: Path, wanted: tuple[int, int, str]
) -> None:
    index, line, _ = wanted
    trail = trace(exports / "html/studies/horisawa-2019.html", RESULT)
    assert (trail.record, trail.value) == ("study/horisawa-2019", None)
    # A row is all of an outcome, so its line is that of the outcome, not of the count in it.
    assert (trail.path, trail.pointer) == (STUDY, f"/outcomes/{index}")
    assert 0 < line - trail.line < 10
    assert (trail.status, trail.commit, trail.pmids) == ("in_review", COMMIT, ("30587520",))
    claim = trace(exports / "html/procedures/ventro-oral-thalamotomy.html", "recurrence")
    assert claim.record == "procedure/ventro-oral-thalamotomy"
    assert claim.pointer.startswith("/claims/")
    whole = trace(exports / "html/measures/bni.html", "main")
    assert (whole.record, whole.pointer) == ("measure/bni", "")


def test_a_row_of_a_file_of_the_site_is_traced_as_one_of_csv(
    exports: Path, wanted: tuple[int, int, str]
) -> None:
    index, _, count = wanted
    trail = trace(exports / "html/studies/horisawa-2019.outcomes.csv", f"{index + 2}:count")
    assert (trail.record, trail.value) == ("study/horisawa-2019", count)
    assert (trail.path, trail.pointer) == (STUDY, f"/outcomes/{index}")
    assert (trail.status, trail.commit, trail.pmids) == ("in_review", COMMIT, ("30587520",))


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("reoperation-improve", "Did you mean `reoperation-improved`?"),
        ("--outcomes", "says where it is from"),
    ],
)
def test_a_place_of_a_page_that_is_not_there_is_refused(
    exports: Path, where: str, said: str
) -> None:
    with pytest.raises(Refusal, match=re.escape(said)):
        trace(exports / "html/studies/horisawa-2019.html", where)


def test_a_page_that_is_no_text_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(b"\xff\xfe")
    with pytest.raises(Refusal, match="is no page that curate exports"):
        trace(page, "main")


def test_a_resource_is_traced_by_its_id_or_by_a_pointer_into_it(
    exports: Path, wanted: tuple[int, int, str]
) -> None:
    name = f"horisawa-2019.{RESULT}"
    bundle = json.loads((exports / "fhir/bundle.json").read_bytes())
    names = ["{resourceType}/{id}".format(**entry["resource"]) for entry in bundle["entry"]]
    at = f"/entry/{names.index(f'Evidence/{name}')}/resource/statistic/0"
    for where in (f"Evidence/{name}", at):
        trail = trace(exports / "fhir/bundle.json", where)
        assert (trail.path, trail.pointer) == (STUDY, f"/outcomes/{wanted[0]}")
        assert (trail.commit, trail.pmids) == (COMMIT, ("30587520",))
    assert trace(exports / "fhir/transaction-0001.json", "pmid-30587520").pmids == ("30587520",)


def test_every_resource_of_the_bundle_leads_to_a_line_of_a_record(
    exports: Path, corpus: Corpus
) -> None:
    bundle = json.loads((exports / "fhir/bundle.json").read_bytes())
    documents = {entry.path: entry.document for entry in corpus.entries}
    assert len(bundle["entry"]) > 500
    found = bundle["entry"]
    for entry in [*found[:5], *found[:: len(found) // 20]]:
        resource = entry["resource"]
        name = f"{resource['resourceType']}/{resource['id']}"
        trail = trace(exports / "fhir/bundle.json", name)
        assert documents[trail.path].line(trail.line).strip()


def test_every_cell_of_a_row_leads_to_the_line_that_says_it(exports: Path, corpus: Corpus) -> None:
    document = next(entry.document for entry in corpus.entries if entry.path == STUDY)
    row = next(row for row in rows_of(exports) if row["study"] == "horisawa-2019" and row["count"])
    traced = 0
    for column, text in row.items():
        trail = trace(exports / "csv/outcomes.csv", f"{row['id']}:{column}")
        if trail.pointer.endswith(f"/{column}") and column not in {"id", "group"}:
            assert text in document.line(trail.line)
            traced += 1
    assert traced >= 4


def test_a_reference_of_the_csl_file_is_traced(exports: Path) -> None:
    trail = trace(exports / "json/references.csl.json", "/3/title")
    assert re.fullmatch(r"reference/pmid-[0-9]+", trail.record)
    assert trail.record == f"reference/pmid-{trail.pmids[0]}"
    assert trail.commit == COMMIT


@pytest.mark.parametrize(
    ("path", "where", "said"),
    [
        (
            "json/corpus.json",
            "/records/studys/0",
            "no `studys` in /records. Did you mean `studies`",
        ),
        ("json/corpus.json", "/records/studies/999", "It is a list of"),
        ("json/corpus.json", "records", "starts with a slash: `/records`"),
        ("json/corpus.json", "/records/studies", "is in no record"),
        ("csv/outcomes.csv", "1", "row 1 names the columns"),
        ("csv/outcomes.csv", "99999", "has rows 2 to"),
        ("csv/outcomes.csv", "2:cuont", "Did you mean `count`"),
        ("csv/outcomes.csv", "ZZZ2", "There is no column ZZZ"),
        (
            "csv/outcomes.csv",
            "horisawa-2019#reoperation-imprved",
            "Did you mean `horisawa-2019#reo",
        ),
        ("sqlite/corpus.db", "outcome:1", "Did you mean `outcomes`"),
        ("sqlite/corpus.db", "studies:horisawa-2018", "Did you mean `horisawa-2019`"),
        ("sqlite/corpus.db", "studies:0", "has no row 0"),
        ("fhir/bundle.json", "ResearchStudy/horisawa-2018", "mean `ResearchStudy/horisawa-2019`"),
        ("fhir/bundle.json", f"horisawa-2019.{RESULT}", "Several resources have the id"),
        ("fhir/bundle.json", "/type", "is in no resource"),
        ("json/corpus.json", "/schema_version/major", "It is a single value"),
        ("json/corpus.json", "/nothing/at/all", "There is no `nothing` in the file. It has "),
        ("README.md", "/a", "is neither JSON nor a file that curate exports"),
        ("nothing.json", "/a", "There is no file"),
    ],
)
def test_a_place_that_is_not_there_is_answered_with_what_may_be_meant(
    exports: Path, path: str, where: str, said: str
) -> None:
    with pytest.raises(Refusal, match=re.escape(said)):
        trace(exports / path, where)


@pytest.mark.parametrize("file", ["outcomes.csv", "corpus.db", "bundle.json"])
def test_a_file_that_no_export_wrote_is_refused(file: str, tmp_path: Path) -> None:
    (tmp_path / file).write_bytes(b"\xff\x00")
    with pytest.raises(Refusal, match="curate exports"):
        trace(tmp_path / file, "2")


def test_looking_leaves_no_trace_in_the_export(exports: Path) -> None:
    trace(exports / "sqlite/corpus.db", "outcomes:1")
    check = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=exports, check=False).returncode == 0
    assert [path.name for path in (exports / "sqlite").iterdir()] == ["corpus.db"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return called(Path.cwd(), "trace", *arguments)


def test_the_command_prints_the_way_back(exports: Path, wanted: tuple[int, int, str]) -> None:
    done = run(f"{exports}/json/studies/horisawa-2019.json", f"/data/outcomes/{wanted[0]}/count")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"horisawa-2019.json /data/outcomes/{wanted[0]}/count: {wanted[2]}",
        "  record  study/horisawa-2019 (in_review)",
        f"  file    {STUDY}:{wanted[1]}",
        f"  place   /outcomes/{wanted[0]}/count",
        f"  commit  {COMMIT}",
        "  PMIDs   30587520",
    ]


def test_a_row_may_be_joined_to_the_file_by_a_colon_and_json_is_for_programs(
    exports: Path,
) -> None:
    done = run(f"{exports}/csv/outcomes.csv:12:title", "--output-format", "json")
    told = json.loads(done.stdout)
    assert told["place"] == "outcomes.csv row 12, title"
    assert told["path"].startswith("records/studies/")
    assert "place" in run(f"{exports}/csv/outcomes.csv:12:title").stdout
    assert run(f"{exports}/csv/outcomes.csv").returncode == 2
