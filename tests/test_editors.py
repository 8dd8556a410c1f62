"""What is shipped for editors starts the server; the extensions run in editors that are played."""

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
ZED = EDITORS / "zed"

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
    assert "`pip install '.[lsp]'` in your clone of curate" in errors[0][0]


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


def test_what_zed_is_told_of_the_extension_agrees() -> None:
    manifest = tomllib.loads((ZED / "extension.toml").read_text())
    package = tomllib.loads((ZED / "Cargo.toml").read_text())
    settings = json.loads((ZED / "settings.json").read_text())
    program = tomllib.loads((EDITORS.parent / "pyproject.toml").read_text())["project"]
    vscode = json.loads((VSCODE / "package.json").read_text())
    assert list(manifest["language_servers"]) == ["curate"]
    assert manifest["language_servers"]["curate"]["languages"] == list(settings["languages"])
    served = settings["languages"]["YAML"]["language_servers"]
    assert served == ["yaml-language-server", "curate"]
    assert package["lib"]["crate-type"] == ["cdylib"]
    assert list(package["dependencies"]) == ["zed_extension_api"]
    versions = {manifest["version"], package["package"]["version"], vscode["version"]}
    assert versions == {program["version"]}
    guide = (ZED / "README.md").read_text()
    (own,) = re.findall(r"```json\n(.*?)```", guide, re.DOTALL)
    # A path that Zed is given is started with these arguments alone.
    assert json.loads(own)["lsp"]["curate"]["binary"]["arguments"] == ["lsp"]


@pytest.fixture(scope="session")
def zed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a Zed that asks the extension for its command, and prints the answer."""
    compiler = shutil.which("rustc")
    if compiler is None:
        pytest.skip("rustc is not installed")
    folder = tmp_path_factory.mktemp("zed")
    played = Path(__file__).parent / "play_zed"
    api, own = "zed_extension_api", "curate_zed"
    externs = {api: ["--extern", f"{api}=lib{api}.rlib"], own: ["--extern", f"{own}=lib{own}.rlib"]}
    for source, name, needs in (
        (played / "zed_extension_api.rs", api, ()),
        (ZED / "src" / "lib.rs", own, (api,)),
        (played / "main.rs", "main", (api, own)),
    ):
        sort = ["--crate-type", "bin" if name == "main" else "rlib", "--crate-name", name]
        given = [word for one in needs for word in externs[one]]
        call = [compiler, "--edition", "2021", "-D", "warnings", "-L", ".", *sort, *given, source]
        done = subprocess.run(call, cwd=folder, capture_output=True, text=True, check=False)
        if "no default toolchain" in done.stderr or "not installed" in done.stderr:
            pytest.skip("rustup has no toolchain")
        assert done.returncode == 0, done.stderr
    return folder / "main"


def ask(zed: Path, root: Path, name: str = "curate", **played: str) -> tuple[int, list[str]]:
    """Return Zed's exit code and the lines that it prints: command, arguments, environment."""
    variables = {"PATH": "", "PLAY_ROOT": str(root), **played}
    done = subprocess.run([zed, name], env=variables, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout or done.stderr).splitlines()


@pytest.mark.parametrize("folder", [".venv", "venv"])
def test_zed_starts_the_server_of_the_projects_environment(
    zed: Path, tmp_path: Path, folder: str
) -> None:
    for program in (tmp_path / folder / "bin" / "curate", tmp_path / "bin" / "curate"):
        program.parent.mkdir(parents=True)
        program.write_text("#!/bin/sh\n")
    answer = ask(zed, tmp_path, PATH=str(tmp_path / "bin"))
    assert answer == (0, [str(tmp_path / folder / "bin" / "curate"), "lsp", "HOME=/home/me"])


def test_zed_starts_the_server_of_an_environment_on_windows(zed: Path, tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("home = C:\n")
    code, said = ask(zed, tmp_path, PLAY_WINDOWS="1")
    assert (code, said[:2]) == (0, [f"{tmp_path}/.venv/Scripts/curate.exe", "lsp"])


def test_zed_starts_the_server_on_the_path_where_the_project_has_none(
    zed: Path, tmp_path: Path
) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "curate").write_text("#!/bin/sh\n")
    code, said = ask(zed, tmp_path, PATH=f"/nowhere:{tmp_path / 'bin'}")
    assert (code, said[:2]) == (0, [f"{tmp_path}/bin/curate", "lsp"])


def test_zed_starts_what_the_settings_say(zed: Path, tmp_path: Path) -> None:
    given = {"PLAY_PATH": "/opt/curate", "PLAY_ARGUMENTS": "lsp --help", "PLAY_ENV": "yes"}
    assert ask(zed, tmp_path, **given) == (
        0,
        ["/opt/curate", "lsp --help", "HOME=/home/me", "PLAYED=yes"],
    )
    assert ask(zed, tmp_path, PLAY_PATH="/opt/curate")[1][:2] == ["/opt/curate", "lsp"]


def test_zed_says_how_to_get_a_server_that_is_not_there(zed: Path, tmp_path: Path) -> None:
    code, (said,) = ask(zed, tmp_path, PLAY_ARGUMENTS="lsp")
    assert code == 1
    assert said.startswith(
        "curate was not found: run `pip install '.[lsp]'` in your clone of curate"
    )
    assert "`lsp.curate.binary.path`" in said
    assert ask(zed, tmp_path, "another") == (1, ["there are no settings of another"])


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
