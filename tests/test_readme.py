"""What the guides show is what happens: their files are written and their commands are run.

Each is run in a corpus as `curate init` makes it; that of a new corpus, in git. A fenced `yaml`
block that starts with `# records/…` is written to that file; each `$ command` of a fenced `console`
block is run there, and must print what stands below it. One that runs on is run in a terminal, and
Ctrl-C is pressed once it says that this ends it. `pytest --update-golden` writes what they print
now into the guide.
"""

import os
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from curate import today
from terminal import Terminal

ROOT = Path(__file__).parent.parent
README, GUIDE = ROOT / "README.md", ROOT / "src/curate/scaffold/README.md"
RUN_ON = {"curate preview"}
BLOCK = re.compile(r"^```(?P<language>yaml|console)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> str:
    """Run one command of the README as its reader would, in a terminal without colours."""
    environment = {
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        # A page says how many days ago something was: the guides are of the day of the tests.
        today.VARIABLE: os.environ[today.VARIABLE],
        "CURATE_RESIDENT": "0",  # no process is to outlive the tests
        "GIT_CONFIG_NOSYSTEM": "1",
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "An Editor"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "editor@example.org"),
        **dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-11-22T12:00:00Z"),
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


def run_on(command: str, folder: Path) -> str:
    """Run a command until it says how to end it, and end it; any port that is free is 8000."""
    terminal = Terminal(command.split()[1:], folder, columns=200)
    shown = terminal.wait_for("end with Ctrl-C.\r\n")
    assert terminal.end("\x03") == 0
    lines = (shown + terminal.said).lstrip().replace("\r\n", "\n")
    return re.sub(r"(?<=http://127\.0\.0\.1:)[0-9]+", "8000", lines)


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
        shown = []
        for line in (line for line in body.splitlines() if line.startswith("$ ")):
            command = line.removeprefix("$ ")
            how = run_on if command in RUN_ON else run
            shown.append(f"{line}\n{how(command, folder)}")
        return f"```console\n{''.join(shown)}```"

    return BLOCK.sub(again, text)


@pytest.mark.parametrize("guide", [README, GUIDE], ids=["of curate", "of a new corpus"])
def test_a_guide_shows_what_happens(
    guide: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    written = guide.read_text(encoding="utf-8")
    corpus = tmp_path / "pain"
    corpus.mkdir()
    run("curate init", corpus)
    if guide == GUIDE:
        run("git init --quiet --initial-branch main", corpus)
        # Of the records alone, so that what the guide says does not depend on the guide.
        run("git add curate.toml records && git commit --quiet --message Start", corpus)
    now = replay(written, corpus)
    if request.config.getoption("--update-golden"):
        guide.write_text(now, encoding="utf-8")
        return
    assert "$ curate validate" in written
    assert now == written
