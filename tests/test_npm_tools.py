"""What we write, npm's tools leave alone and read back the same: editors format with Prettier."""

import json
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from curate.canonical import canonical, hindrances
from curate.document import Document
from language_server import YamlLanguageServer
from untidy import records

RECORDS = Path(__file__).parent.parent / "records"

# Prettier strips spaces at the end of a block's lines, which are text, and mistakes what follows a
# block that keeps its last empty lines. No layout of ours could save such a text from it.
PRETTIER_MISTAKES = re.compile(r"[^\S\n]\n|[|>][1-9]?\+")
# It takes an empty line away between the comments above a list entry, if the entry ends in a
# comment too; we keep it, since it says which entry a comment is about.
GAP_BELOW_COMMENT = re.compile(r"^( +#.*\n)\n", re.MULTILINE)

SERVERS = ("yaml-language-server", "yaml-language-server-1")
PACKAGES = (
    *("prettier@3", "yaml@2", "yaml-language-server@2"),
    "yaml-language-server-1@npm:yaml-language-server@1.19",
)

FORMAT = """
import { readFileSync } from "fs";
import { format } from "prettier";
const texts = JSON.parse(readFileSync(process.argv[2]));
const formatted = [];
for (const text of texts) formatted.push(await format(text, { parser: "yaml" }));
console.log(JSON.stringify(formatted));
"""
READ = """
import { readFileSync } from "fs";
import YAML from "yaml";
const read = (version) => (text) => YAML.parse(text, { version, logLevel: "silent" });
const texts = JSON.parse(readFileSync(process.argv[2]));
console.log(JSON.stringify([texts.map(read("1.1")), texts.map(read("1.2"))]));
"""


@pytest.fixture(scope="module")
def npm(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which Prettier and yaml are installed, or skip where they cannot be."""
    if not request.config.getoption("--npm"):
        pytest.skip("needs the npm registry; run with --npm")
    program = shutil.which("npm")
    if program is None or shutil.which("node") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("npm")
    options = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"]
    try:
        done = subprocess.run(
            [program, "install", *options, "--prefix", str(folder), *PACKAGES],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("the npm registry does not answer")
    if done.returncode:
        pytest.skip(f"npm cannot install Prettier: {done.stderr.strip()[-200:]}")
    return folder


def run(folder: Path, script: str, texts: list[str]) -> Any:
    path = folder / "script.mjs"
    path.write_text(script, encoding="utf-8")
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    done = subprocess.run(
        ["node", str(path), str(folder / "texts.json")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def written(count: int) -> list[str]:
    """Return canonical texts: of this repository's records, and of ones that were drawn."""
    found = [canonical(Document(str(path), path.read_bytes())) for path in RECORDS.rglob("*.yaml")]

    @settings(
        max_examples=count,
        database=None,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(records())
    def draw(text: str) -> None:
        document = Document("x", text.encode("utf-8", "surrogatepass"))
        if not hindrances(document):
            found.append(canonical(document))

    draw()
    return found


def plain(value: Any) -> Any:
    """Return a value as JavaScript has it, where 0.0 is 0."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def test_prettier_leaves_the_canonical_form_alone(npm: Path) -> None:
    texts = [text for text in written(800) if not PRETTIER_MISTAKES.search(text)]
    for text, formatted in zip(texts, run(npm, FORMAT, texts), strict=True):
        _assert_left_alone(text, formatted)


@pytest.mark.parametrize("server", SERVERS)
def test_yaml_language_server_leaves_the_canonical_form_alone(npm: Path, server: str) -> None:
    running = YamlLanguageServer(npm / "node_modules" / server / "bin/yaml-language-server")
    for text in written(300):
        if not PRETTIER_MISTAKES.search(text):
            _assert_left_alone(text, running.formatted(text))
    assert running.formatted("a:   1\nb:\n- 'c'\n") == 'a: 1\nb:\n  - "c"\n'
    running.end()


def _assert_left_alone(text: str, formatted: str) -> None:
    if formatted != text:
        assert GAP_BELOW_COMMENT.sub(r"\1", formatted) == GAP_BELOW_COMMENT.sub(r"\1", text)


def test_npms_yaml_reads_what_we_read(npm: Path) -> None:
    texts = written(800)
    wanted = [plain(Document("x", text.encode()).value) for text in texts]
    assert run(npm, READ, texts) == [wanted, wanted]
