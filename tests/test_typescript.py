"""The TypeScript types are those of the schema: the compiler takes an export, and no other."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curate import config, source
from curate.formats.json import render
from curate.formats.json.schema import export_schema
from curate.pipeline import load
from curate.typescript import declarations
from full_corpus import corpus_of, full_values

ROOT = Path(__file__).parent.parent
OPTIONS = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022"]


def test_every_field_has_its_description() -> None:
    text = declarations(export_schema(), "Export")
    assert text == (ROOT / "schemas/export.d.ts").read_text(encoding="utf-8")
    assert "/** How many had it, such as 7 of 9. */\n  readonly count?: number;\n" in text
    assert "export interface StudyRecord {" in text
    assert re.search(r"readonly p\?: number \| string;", text)


@pytest.fixture(scope="module")
def npm(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the compiler and the types, or skip where it cannot be installed."""
    if not request.config.getoption("--npm"):
        pytest.skip("needs the npm registry; run with --npm")
    program = shutil.which("npm")
    if program is None or shutil.which("node") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("typescript")
    options = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"]
    try:
        done = subprocess.run(
            [program, "install", *options, "--prefix", str(folder), "typescript@5"],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("the npm registry does not answer")
    if done.returncode:
        pytest.skip(f"npm cannot install TypeScript: {done.stderr.strip()[-200:]}")
    shutil.copyfile(ROOT / "schemas/export.d.ts", folder / "export.d.ts")
    return folder


def compiled(npm: Path, text: str) -> str:
    """Return what the compiler says of a program, nothing if it is content."""
    (npm / "program.ts").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [npm / "node_modules/.bin/tsc", *OPTIONS, "program.ts"],
        cwd=npm,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def corpus_file() -> Any:
    return json.loads(b"".join(next(render(corpus_of(full_values()))).chunks))


def typed(value: Any) -> str:
    head = 'import type { Export } from "./export";\nexport const whole: Export = '
    return f"{head}{json.dumps(value, ensure_ascii=False)};\n"


def test_an_export_with_every_field_compiles(npm: Path) -> None:
    assert compiled(npm, typed(corpus_file())) == ""


def test_the_export_of_the_records_here_compiles(npm: Path) -> None:
    corpus = load(source.find(ROOT), config.load(ROOT))
    whole = json.loads(b"".join(next(render(corpus)).chunks))
    assert compiled(npm, typed(whole)) == ""


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda study: study["outcomes"][0].update(count="7"), "'string' is not assignable"),
        (lambda study: study.update(status="finished"), '"finished"'),
        (lambda study: study.pop("title"), "Property 'title' is missing"),
        (lambda study: study.update(titel="x"), "'\"titel\"' does not exist"),
    ],
)
def test_what_is_no_export_does_not_compile(
    npm: Path, spoil: Callable[[Any], Any], said: str
) -> None:
    whole = corpus_file()
    spoil(whole["records"]["studies"][0]["data"])
    assert said in compiled(npm, typed(whole))


def test_a_reader_is_told_of_a_field_that_may_be_absent_and_cannot_write(npm: Path) -> None:
    program = """
    import type { Export } from "./export";
    export function first(whole: Export): number {
      whole.records.studies[0]!.data.title = "another";
      return whole.records.studies[0]!.data.outcomes![0]!.count;
    }
    """
    said = compiled(npm, program)
    assert "read-only property" in said
    assert "'number | undefined' is not assignable" in said
