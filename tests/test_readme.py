"""What README.md shows is what happens: its files are written and its commands are run.

The folder is a corpus as `curate init` makes it. A fenced `yaml` block that starts with
`# records/…` is written to that file; each `$ command` of a fenced `console` block is run there,
and must print what stands below it. `pytest --update-golden` writes what they print now into
README.md.
"""

import os
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"^```(?P<language>yaml|console)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> str:
    """Run one command of the README as its reader would, in a terminal without colours."""
    environment = {
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def replay(text: str, folder: Path) -> str:
    """Return the README with the output of its commands as they are now."""

    def again(block: re.Match[str]) -> str:
        body = block["body"]
        if block["language"] == "yaml":
            first, _, rest = body.partition("\n")
            if first.startswith("# records/"):
                file = folder / first.removeprefix("# ")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(rest, encoding="utf-8")
            return block[0]
        commands = [line for line in body.splitlines() if line.startswith("$ ")]
        shown = "".join(f"{line}\n{run(line.removeprefix('$ '), folder)}" for line in commands)
        return f"```console\n{shown}```"

    return BLOCK.sub(again, text)


def test_the_readme_shows_what_happens(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    written = README.read_text(encoding="utf-8")
    corpus = tmp_path / "pain"
    corpus.mkdir()
    run("curate init", corpus)
    now = replay(written, corpus)
    if request.config.getoption("--update-golden"):
        README.write_text(now, encoding="utf-8")
        return
    assert "$ curate validate\n" in written
    assert now == written
