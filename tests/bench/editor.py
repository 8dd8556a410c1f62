"""Time the language server on a large corpus: its start, and a keystroke until its findings.

Prints Markdown. The server is the real one over standard streams, on the corpus of `corpus.py`.
From the time of each change the pause in which it waits for more typing is subtracted: what is left
is its own work and the connection. Times are medians; beside them stands `python -c pass`, since
machines differ.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import write

sys.path.insert(0, str(Path(__file__).parents[1]))

from lsprotocol import types

from curate.lsp.server import QUIET
from editor import Editor, editing

STUDY = "records/studies/study-000004.yaml"
PROCEDURE = "records/procedures/procedure-000009.yaml"
CHANGES = 15


def main(sizes: list[int]) -> None:
    """Measure each size and print a table."""
    print("| records | | s | times `python -c pass` |")
    print("|---|---|---|---|")
    base = statistics.median(_pass() for _ in range(9))
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write(folder, size)
            for name, seconds in asyncio.run(_measure(folder)).items():
                print(f"| {size:,} | {name} | {seconds:.3f} | {seconds / base:.1f} |", flush=True)


def _pass() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - started


async def _measure(folder: Path) -> dict[str, float]:
    found: dict[str, float] = {}
    started = time.perf_counter()
    async with editing(folder) as editor:
        found["start: until it answers"] = time.perf_counter() - started
        editor.open(PROCEDURE)
        await editor.findings(PROCEDURE, version=1)
        found["start: until the corpus is checked"] = time.perf_counter() - started - QUIET
        editor.open(STUDY)
        await editor.findings(STUDY, version=1)
        text = (folder / STUDY).read_text()
        spoilt = text.replace("    analysed:", "    analysd:", 1)
        found["a change until its findings"] = await _change(editor, STUDY, [spoilt, text])
        gone = text.replace("id: outcome-1", "id: outcome-one")
        found["a change until findings elsewhere"] = await _change(
            editor, STUDY, [gone, text], PROCEDURE
        )
        found["completion of an id"] = await _complete(editor)
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


async def _complete(editor: Editor) -> float:
    text = (editor.root / PROCEDURE).read_text()
    line = text[: text.index("study-000004#")].count("\n")
    taken = []
    for _ in range(CHANGES):
        started = time.perf_counter()
        await editor.client.text_document_completion_async(
            types.CompletionParams(editor.document(PROCEDURE), types.Position(line, 14))
        )
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    main([int(argument.replace(",", "")) for argument in sys.argv[1:]] or [10_000])
