"""What is shipped for editors starts the server, and the VS Code extension is built by npm."""

import json
import re
import shutil
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

EDITORS = Path(__file__).parent.parent / "editors"
VSCODE = EDITORS / "vscode"

PLAY = Path(__file__).parent / "play_extension.js"


def play(command: list[str], how: str = "works") -> list[object]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    done = subprocess.run(
        [node, str(PLAY), str(VSCODE / "extension.js"), json.dumps(command), how],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


def test_the_extension_starts_the_server_and_shows_the_pages_of_rules() -> None:
    options, said = play(["curate", "lsp"])
    assert isinstance(options, dict)
    assert options["initializationOptions"] == {"showsPages": True}
    assert options["documentSelector"][0]["pattern"] == "**/records/**/*.yaml"
    server = ["server", {"command": "curate", "args": ["lsp"]}]
    page = ["markdown.showPreviewToSide", "# A page"]
    assert said == [server, ["start"], page, ["stop"], server, ["start"], ["stop"]]


def test_the_extension_says_how_to_mend_a_server_that_does_not_start() -> None:
    _, said = play(["/nowhere/curate", "lsp"], "fails")
    assert isinstance(said, list)
    errors = [text for kind, *text in said if kind == "error"]
    assert errors[0][0].startswith("curate could not be started as `/nowhere/curate lsp`: No such")
    assert "Install `curate[lsp]`" in errors[0][0]


def test_every_setting_starts_the_command_that_there_is() -> None:
    package = json.loads((VSCODE / "package.json").read_text())
    default = package["contributes"]["configuration"]["properties"]["curate.command"]["default"]
    helix = tomllib.loads((EDITORS / "helix" / "languages.toml").read_text())
    own = helix["language-server"]["curate"]
    lua = (EDITORS / "neovim" / "curate.lua").read_text()
    cmd = re.search(r"cmd = \{ (.*) \}", lua)
    assert cmd is not None
    commands = [default, [own["command"], *own["args"]], re.findall(r'"([^"]+)"', cmd[1])]
    assert commands == [["curate", "lsp"]] * 3
    helped = subprocess.run([*commands[0], "--help"], capture_output=True, text=True, check=False)
    assert "Serve an editor by the language server protocol" in helped.stdout
    assert helix["language"][0]["language-servers"] == ["yaml-language-server", "curate"]
    json.loads((EDITORS / "zed" / "settings.json").read_text())


def test_npm_builds_the_extension(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if not request.config.getoption("--npm"):
        pytest.skip("needs the npm registry; run with --npm")
    program = shutil.which("npm")
    if program is None:
        pytest.skip("npm is not installed")
    folder = tmp_path / "vscode"
    shutil.copytree(VSCODE, folder, ignore=shutil.ignore_patterns("node_modules", "dist"))
    for arguments in (
        ["install", "--no-audit", "--no-fund", "--prefer-offline"],
        ["run", "package"],
    ):
        done = subprocess.run(
            [program, *arguments], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]
    with zipfile.ZipFile(folder / "dist" / "curate.vsix") as built:
        names = set(built.namelist())
        assert {"extension/dist/extension.js", "extension/package.json"} <= names
        assert not [name for name in names if "node_modules" in name]
        bundle = built.read("extension/dist/extension.js").decode()
    assert "textDocument/diagnostic" in bundle
