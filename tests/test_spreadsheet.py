"""A spreadsheet opens the tables without running or mangling a cell (LibreOffice, headless)."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from curate.formats.csv import render
from full_corpus import PMID, corpus_of, full_values

# Text import: comma, double quote, UTF-8, from line 1, every column as text but none skipped;
# export: comma, double quote, UTF-8, cells as shown.
AS_TEXT = "CSV:44,34,76,1,{columns},0,false,false"
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
TEXTS = ["=1+1", "@SUM(A1)", "-3", "+4", "µ ≥ 3", "'quoted", '=HYPERLINK("x")', "3-4", "1/2"]


@pytest.fixture(scope="module")
def office() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    return program


def through(office: str, data: bytes, folder: Path, *, as_text: bool) -> list[list[str]]:
    """Open a table in LibreOffice, and save what it then shows."""
    file = folder / "table.csv"
    file.write_bytes(data)
    width = data.split(b"\r\n")[0].count(b",") + 1
    columns = "/".join(f"{number}/2" for number in range(1, width + 1)) if as_text else ""
    done = subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            f"--infilter={AS_TEXT.format(columns=columns)}",
            "--convert-to",
            AS_SHOWN,
            "--outdir",
            str(folder / "out"),
            str(file),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return list(csv.reader(io.StringIO((folder / "out/table.csv").read_text("utf-8"), newline="")))


def outcomes() -> bytes:
    values = full_values()
    outcome = values["records/studies/full-study.yaml"]["outcomes"][0]
    values["records/studies/full-study.yaml"]["outcomes"] = [
        outcome | {"id": f"the-outcome-{number}", "title": text}
        for number, text in enumerate(TEXTS)
    ]
    return table(values, "outcomes")


def table(values: dict[str, object], name: str) -> bytes:
    files = {item.path: b"".join(item.chunks) for item in render(corpus_of(values))}
    return files[f"csv/{name}.csv"]


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def test_columns_taken_as_text_come_back_to_the_letter(office: str, tmp_path: Path) -> None:
    data = outcomes()
    assert through(office, data, tmp_path, as_text=True) == read(data)


def test_opened_without_a_thought_no_cell_is_run(office: str, tmp_path: Path) -> None:
    rows = through(office, outcomes(), tmp_path, as_text=False)
    titles = [dict(zip(rows[0], row, strict=True))["title"] for row in rows[1:]]
    # The office may take the guard as its own mark for a text, and not show it.
    shown = [title.removeprefix("'") for title in titles]
    assert shown[:2] == ["=1+1", "@SUM(A1)"]
    assert shown[2:5] == ["-3", "+4", "µ ≥ 3"]
    assert shown[6] == '=HYPERLINK("x")'


def test_pmids_come_back_as_they_were(office: str, tmp_path: Path) -> None:
    data = table(full_values(), "claim_pmids")
    rows = through(office, data, tmp_path, as_text=False)
    assert dict(zip(rows[0], rows[1], strict=True))["pmid"] == str(PMID)
