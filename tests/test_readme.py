"""What the guides show is what happens: their files are written and their commands are run.

Each is run in a corpus as `curate init` makes it; that of a new corpus, in git. A fenced `yaml`
block that starts with `# records/…` is written to that file; each `$ command` of a fenced `console`
block is run there, and must print what stands below it. `pytest --update-golden` writes what they
print now into the guide.
"""

import os
import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README, GUIDE = ROOT / "README.md", ROOT / "src/curate/scaffold/README.md"
BLOCK = re.compile(r"^```(?P<language>yaml|console)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> str:
    """Run one command of the README as its reader would, in a terminal without colours."""
    environment = {
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
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
