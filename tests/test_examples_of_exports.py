"""What exports/README.md shows runs, in the export of the records here."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from curate import config, source
from curate.contract import readme
from curate.disk.replace_folder import replace_folder
from curate.formats import load_format
from curate.manifest import Revision, assemble
from curate.pipeline import load

ROOT = Path(__file__).parent.parent
BLOCKS = re.findall(r"^```([a-z]+)\n(.*?)^```$", readme(), re.MULTILINE | re.DOTALL)
TITLE = "Received a permanent pacemaker after test stimulation"
SERVER = textwrap.dedent(
    """
    import json, sys
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Server(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            bundle = json.loads(body)
            print(self.headers["Content-Type"], bundle["type"], len(bundle["entry"]), flush=True)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Server)
    print(server.server_port, flush=True)
    server.serve_forever()
    """
)


def examples(language: str, word: str) -> str:
    """Return the one example in this language that has a word in it."""
    (found,) = [text for name, text in BLOCKS if name == language and word in text]
    return found


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples") / "exports"
    corpus = load(source.find(ROOT), config.load(ROOT))
    formats = [load_format(name) for name in ("json", "csv", "fhir")]
    replace_folder(folder, assemble(corpus, formats, Revision(None, None)))
    return folder


def run(folder: Path, *command: str | Path, **environment: str) -> str:
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": path} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_example_is_tried() -> None:
    assert sorted(name for name, _ in BLOCKS) == ["javascript", *["python"] * 3, "sh", "sh"]


def test_curate_reads_outcomes_with_their_denominators(exports: Path) -> None:
    said = run(exports, sys.executable, "-c", examples("python", "curate.load"))
    assert f"{TITLE}: 33 of 40 (34202202,)" in said.splitlines()


def test_duckdb_reads_the_tables(exports: Path) -> None:
    said = run(exports, sys.executable, "-c", examples("python", "duckdb"))
    assert "pmid" in said
    assert "mean" in said


def test_pandas_reads_the_tables(exports: Path) -> None:
    said = run(exports, sys.executable, "-c", examples("python", "pandas"))
    assert "analysed" in said


def test_javascript_finds_the_lines(exports: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    program = examples("javascript", "corpus.json")
    said = run(exports, node, "--input-type=module", "--eval", program)
    line = next(line for line in said.splitlines() if line.startswith(TITLE))
    path, number = line.rsplit(" ", 1)[1].split(":")
    assert (
        "id: implanted" in (ROOT / path).read_text(encoding="utf-8").splitlines()[int(number) - 1]
    )


@pytest.fixture
def server() -> Iterator[subprocess.Popen[str]]:
    call = [sys.executable, "-c", SERVER]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as running:
        yield running
        running.kill()


def test_the_transactions_are_sent_to_a_server(
    exports: Path, server: subprocess.Popen[str]
) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    assert server.stdout is not None
    address = f"http://127.0.0.1:{server.stdout.readline().strip()}/fhir"
    run(exports, "bash", "-c", examples("sh", "curl"), FHIR_SERVER=address)
    for bundle in sorted((exports / "fhir").glob("transaction-*.json")):
        size = len(json.loads(bundle.read_bytes())["entry"])
        assert server.stdout.readline() == f"application/fhir+json transaction {size}\n"


def test_the_commands_say_where_a_value_is_from_and_what_changed(exports: Path) -> None:
    said = run(exports, "bash", "-c", examples("sh", "curate trace"))
    assert "file    records/studies/" in said
    assert "Nothing changed for readers." in said
