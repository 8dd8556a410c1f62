"""Time the language server on a large corpus: its start, and a keystroke until its findings.

Prints Markdown. The server is the real one over standard streams, on the corpus of `corpus.py`.
From the time of each change the pause in which it waits for more typing is subtracted: what is left
is its own work and the connection. Times are medians, and in times of `python -c pass`, since
machines differ.

    python tests/bench/lsp.py 1000 10000
"""

import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from corpus import write

sys.path.insert(0, str(Path(__file__).parents[1]))

from lsprotocol import types

import editor as player
from curate.lsp.server import QUIET
from editor import Editor, editing

STUDY = "records/studies/study-000004.yaml"
PROCEDURE = "records/procedures/procedure-000009.yaml"
CHANGES = 15
STARTS = 3


def main(arguments: Sequence[str]) -> None:
    """Measure each size and print a table, a column for each."""
    player.PATIENCE = 600
    sizes = [int(one.replace(",", "")) for one in arguments] or [10_000]
    base = statistics.median(_pass() for _ in range(15))
    columns = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            # An index of the bench's own, so that there is none at first.
            os.environ["CURATE_CACHE"] = f"{scratch}/cache"
            os.environ["CURATE_RESIDENT"] = "0"
            folder = Path(scratch) / "corpus"
            write(folder, size)
            columns.append(asyncio.run(_measure(folder)))
    heads = "".join(f" {size:,} records |" for size in sizes)
    lines = [f"| times `python -c pass` ({1000 * base:.0f} ms) |{heads}"]
    lines.append("|---|" + "---|" * len(columns))
    for name in columns[0]:
        values = [column[name] for column in columns]
        if name.startswith("MiB"):
            shown = [f"{value:.0f}" for value in values]
        else:
            shown = [f"{value / base:.1f} ({value:.3f} s)" for value in values]
        lines.append(f"| {name} | {' | '.join(shown)} |")
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _pass() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - started


async def _measure(folder: Path) -> dict[str, float]:
    found = await _start(folder, "no index")
    starts = [await _start(folder, "an index") for _ in range(STARTS)]
    found |= {name: statistics.median(one[name] for one in starts) for name in starts[0]}
    async with editing(folder) as editor:
        editor.open(PROCEDURE)
        await editor.findings(PROCEDURE, version=1)
        editor.open(STUDY)
        await editor.findings(STUDY, version=1)
        text = (folder / STUDY).read_text()
        spoilt = text.replace("    analysed:", "    analysd:", 1)
        found["a change until its findings"] = await _change(editor, STUDY, [spoilt, text])
        gone = text.replace("id: outcome-1", "id: outcome-one")
        found["a change until findings elsewhere"] = await _change(
            editor, STUDY, [gone, text], PROCEDURE
        )
        found |= await _questions(editor)
        found["MiB that the server holds"] = _held(editor)
    return found


async def _start(folder: Path, told: str) -> dict[str, float]:
    """Start with two mistakes in what is open: one by itself, and one that takes the corpus."""
    text = (folder / PROCEDURE).read_text()
    text = text.replace("title: Procedure", "title: ' Procedure", 1).replace(
        "\nstatus", "'\nstatus"
    )
    text = text.replace("study-000004#outcome-1", "study-000004#outcome-x", 1)
    found = {}
    started = time.perf_counter()
    async with editing(folder) as editor:
        found[f"start with {told}: until it answers"] = time.perf_counter() - started
        editor.open(PROCEDURE, text)
        await editor.findings(PROCEDURE, version=1)
        found[f"— with {told}, until what is open has findings of its own"] = (
            time.perf_counter() - started
        )
        while len(await editor.findings(PROCEDURE, version=1)) < 2:
            await editor.after(PROCEDURE, len(editor.pushed[editor.uri(PROCEDURE)]))
        found[f"— with {told}, until all is checked"] = time.perf_counter() - started
    return found


async def _change(editor: Editor, path: str, texts: list[str], where: str = "") -> float:
    """Change a file to and fro; return the median time until a file's findings are told."""
    taken = []
    for count in range(CHANGES):
        uri = where or path
        before = len(editor.pushed[editor.uri(uri)])
        started = time.perf_counter()
        editor.change(path, texts[count % 2])
        await editor.after(uri, before)
        taken.append(time.perf_counter() - started - QUIET)
    return statistics.median(taken)


async def _questions(editor: Editor) -> dict[str, float]:
    """Ask what stands at, and what may be written at, a link to a study."""
    text = (editor.root / PROCEDURE).read_text()
    line = text[: text.index("study-000004#")].count("\n")
    document, where = editor.document(PROCEDURE), types.Position(line, 14)
    client = editor.client
    context = types.ReferenceContext(include_declaration=True)
    asked: dict[str, Callable[[], Awaitable[object]]] = {
        "hover": lambda: client.text_document_hover_async(types.HoverParams(document, where)),
        "definition": lambda: client.text_document_definition_async(
            types.DefinitionParams(document, where)
        ),
        "completion of an id": lambda: client.text_document_completion_async(
            types.CompletionParams(document, where)
        ),
        "all mentions of a study": lambda: client.text_document_references_async(
            types.ReferenceParams(context, document, where)
        ),
    }
    return {name: await _asked(ask) for name, ask in asked.items()}


async def _asked(ask: Callable[[], Awaitable[object]]) -> float:
    taken = []
    for _ in range(CHANGES):
        started = time.perf_counter()
        await ask()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _held(editor: Editor) -> float:
    """Return the memory that the server holds, where the system tells."""
    process = editor.client._server  # noqa: SLF001 - the client keeps it to itself
    status = Path(f"/proc/{process.pid}/status") if process is not None else Path()
    said = status.read_text() if status.is_file() else ""
    found = re.search(r"VmRSS:\s+(\d+) kB", said)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main(sys.argv[1:])
