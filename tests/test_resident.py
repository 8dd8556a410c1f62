"""A call that is handed over to a resident process is the same call."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import curate
from curate import identity, resident, watch
from curate.cli import resident as server
from curate.config import Config
from curate.index import place
from curate.pipeline import load
from curate.program import Program
from curate.report import report_names
from curate.source import Source
from curate.watch import Unwatched
from editing import EXAMPLES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="resident processes are Linux's")


class Here:
    """A corpus, and a place for the socket: its path must be short."""

    def __init__(self, root: Path, runtime: Path, package: Path) -> None:
        self.root = root
        self.runtime = runtime
        self.environment = {
            **os.environ,
            "XDG_RUNTIME_DIR": str(runtime),
            "PYTHONPATH": str(package),
            "NO_COLOR": "1",
        }
        del self.environment[resident.VARIABLE]
        self.environment.pop("CI", None)

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "curate", "validate", *arguments],
            cwd=self.root,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    def here(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a call that is not handed over."""
        return self.run(*arguments, **{**more, resident.VARIABLE: "0"})

    @property
    def sockets(self) -> list[Path]:
        return [path for path in self.runtime.glob("curate-*") if path.suffix != ".lock"]

    @property
    def processes(self) -> list[int]:
        said = [path.read_text() for path in self.runtime.glob("*.lock")]
        return [int(process) for process in said if process]

    def wait_for_socket(self) -> None:
        """Call until a process stays behind."""
        self.run()
        self.run()
        for _ in range(600):
            if self.sockets:
                return
            time.sleep(0.1)
        raise AssertionError("no process stayed behind")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Here]:
    root, runtime = tmp_path / "corpus", Path(tempfile.mkdtemp(prefix="cur"))
    for path, data in (one for example in EXAMPLES[::40] for one in example):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    (root / "curate.toml").write_text('[corpus]\nname = "examples"\n')
    made = Here(root, runtime, Path(curate.__file__).parents[1])
    yield made
    for process in made.processes:
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
    shutil.rmtree(runtime)


def test_a_call_that_is_handed_over_says_and_returns_the_same(here: Here) -> None:
    here.wait_for_socket()
    calls = [["--output-format", name] for name in report_names()]
    calls += [["records/studies"], ["records/none.yaml"], ["--nonsense"], ["--help"], ["--staged"]]
    for call in calls:
        handed, own = here.run(*call), here.here(*call)
        assert (handed.stdout, handed.stderr) == (own.stdout, own.stderr), call
        assert handed.returncode == own.returncode, call
    assert {here.run(*call).returncode for call in calls} == {0, 1, 2}


def test_a_call_that_is_handed_over_sees_what_was_edited(here: Here) -> None:
    here.wait_for_socket()
    assert "tremor.yaml" not in here.run().stdout
    (here.root / "records/conditions/tremor.yaml").write_text("id: tremor\ntitel: Tremor\n")
    handed = here.run().stdout
    assert "tremor.yaml" in handed
    assert handed == here.here("--no-cache").stdout


def test_a_commit_is_checked_by_a_call_that_is_handed_over(here: Here) -> None:
    author = {f"GIT_{who}_{what}": "a" for who in _PEOPLE for what in ("NAME", "EMAIL")}

    def git(*arguments: str) -> int:
        environment = {**here.environment, **author}
        return subprocess.run(["git", *arguments], cwd=here.root, env=environment).returncode  # noqa: PLW1510 - told

    record, text = (
        here.root / "records/conditions/tremor.yaml",
        "id: tremor\n%s: T\nstatus: draft\n",
    )
    for path in (here.root / "records").rglob("*.yaml"):
        path.unlink()
    record.write_text(text % "title")
    git("init", "-q")
    git("add", "-A")
    assert git("commit", "-qm", "x") == 0
    here.run("--staged")
    here.wait_for_socket()
    hook = here.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec {sys.executable} -m curate validate --staged\n")
    hook.chmod(0o755)
    for number in range(3):
        record.write_text(text % "titel")
        assert git("commit", "-qam", "x") == 1
        git("add", "-A")
        assert git("commit", "-qm", "x") == 1
        record.write_text(text % "title" + f"# {number}\n")
        assert git("commit", "-qam", "x") == 0


_PEOPLE = ("AUTHOR", "COMMITTER")


def test_a_call_that_is_handed_over_has_its_own_environment(here: Here) -> None:
    here.wait_for_socket()
    colour = {"NO_COLOR": "", "FORCE_COLOR": "1"}
    assert "\x1b[" in here.run(**colour).stdout
    assert here.run(**colour).stdout == here.here(**colour).stdout
    later = {"SOURCE_DATE_EPOCH": "4102444800"}
    assert here.run(**later).stdout == here.here(**later).stdout
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert here.run(**ascii_only).stdout == here.here(**ascii_only).stdout


def _modules(here: Here, *arguments: str) -> set[str]:
    """Return what a call has imported when it is done."""
    code = (
        "import atexit, sys\n"
        "atexit.register(lambda: sys.stdout.write('\\n' + ' '.join(sys.modules)))\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "from curate.start import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=here.root,
        env=here.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_a_call_that_is_handed_over_imports_next_to_nothing(here: Here) -> None:
    for _ in range(600):
        modules = _modules(here, "validate")
        if "click" not in modules:
            break
        time.sleep(0.1)
    own = {name for name in modules if name.split(".")[0] == "curate"}
    assert own == {"curate", "curate.resident", "curate.start"}
    assert not modules & {"typing", "re", "enum", "pathlib", "socket", "signal", "subprocess"}
    assert not modules & {"json", "hashlib", "sqlite3", "pydantic", "yaml", "jsonschema_rs"}


@pytest.mark.parametrize("call", [["--help"], ["validate", "--help"], ["--version"]])
def test_help_imports_neither_models_nor_rules(here: Here, call: list[str]) -> None:
    code = "import atexit, sys\natexit.register(lambda: print(*sys.modules))\n"
    code += f"sys.argv[1:] = {call!r}\nfrom curate.start import main\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-c", code], env=here.environment, capture_output=True, check=True
    )
    modules = set(done.stdout.decode().splitlines()[-1].split())
    assert not modules & {"pydantic", "yaml", "jsonschema_rs", "sqlite3", "curate.kinds"}
    assert not any(name.startswith("curate.rules") for name in modules)


def test_a_program_that_was_edited_is_answered_for_by_no_older_process(
    here: Here, tmp_path: Path
) -> None:
    package = tmp_path / "program" / "curate"
    shutil.copytree(Path(curate.__file__).parent, package, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copytree(Path(__file__).parents[1] / "schemas", package / "schemas", dirs_exist_ok=True)
    (here.root / "records/conditions/a.yaml").write_text("id: b\ntitle: A\nstatus: in_review\n")
    here.environment["PYTHONPATH"] = str(package.parent)
    here.wait_for_socket()
    assert "its file is called" in here.run().stdout
    rule = package / "rules" / "id_is_not_file_name.py"
    rule.write_text(rule.read_text().replace("its file is called", "its file is named"))
    assert "its file is named" in here.run().stdout


def test_an_interruption_reaches_the_call(here: Here) -> None:
    here.wait_for_socket()
    for number in range(1200):
        broken = f"id: x\ntitle: '{'long ' * 20}'\nstatus: nonsense\n"
        (here.root / f"records/conditions/broken-{number}.yaml").write_text(broken)
    here.run()
    with subprocess.Popen(
        [sys.executable, "-m", "curate", "validate", "--output-format", "json"],
        cwd=here.root,
        env=here.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Who starts the tests in the background hands down an ignored SIGINT; a terminal does not.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)  # it has begun to print, and waits for who reads
        process.send_signal(signal.SIGINT)
        told = (line for line in process.stderr if line.strip())
        assert next(told) == b"curate: interrupted\n"
        process.communicate()
    assert process.returncode == 130


def test_a_process_that_was_killed_is_done_without_and_followed_by_another(here: Here) -> None:
    here.wait_for_socket()
    expected = here.run().stdout
    (process,) = here.processes
    os.killpg(process, signal.SIGKILL)
    assert here.run().stdout == expected
    for _ in range(600):
        if here.processes not in ([], [process]):
            break
        time.sleep(0.1)
    assert here.run().stdout == expected


def test_a_process_that_nobody_calls_ends(here: Here) -> None:
    path = here.runtime / "curate-short"
    code = "from curate.program import Program; program = Program()\n"
    code += f"from curate.cli.resident import serve; serve({str(path)!r}, program, 0.3)"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, env=here.environment, start_new_session=True) as first:
        assert first.wait(120) == 0
    assert list(here.runtime.iterdir()) == []


def test_what_is_rehearsed_are_records_that_can_be_read() -> None:
    texts = {"records/studies/s.yaml": server.STUDY, "records/procedures/p.yaml": server.CLAIM}
    items = [Source(path, text) for path, text in texts.items()]
    found = load(items, Config(name="x")).entries
    assert [type(entry.record).__name__ for entry in found] == ["Procedure", "Study"]
    server.rehearse()


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        (["export"], {}),
        ([], {}),
        (["validate", "--fix"], {}),
        (["validate", "--diff"], {}),
        (["validate", "--no-cache"], {}),
        (["validate", "--write-baseline", "--baseline=x"], {}),
        (["validate"], {"CI": "true"}),
        (["validate"], {resident.VARIABLE: "0"}),
        (["validate"], {place.VARIABLE: ""}),
        (["validate"], {"XDG_RUNTIME_DIR": "/tmp"}),  # noqa: S108 - anybody may write there
        (["validate"], {"XDG_RUNTIME_DIR": "/tmp/" + "long" * 30}),  # noqa: S108 - likewise
        (["validate"], {"XDG_RUNTIME_DIR": "/proc/none"}),
    ],
)
def test_a_call_that_writes_or_is_unusual_is_run_here(
    here: Here,
    arguments: list[str],
    changed: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(resident.VARIABLE)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(sys, "warnoptions", [])
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(here.runtime))
    assert resident.door(["validate"]) is not None
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    assert resident.door(arguments) is None


def test_a_call_is_run_here_where_no_process_answers(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resident.hand_over(["validate"], str(here.runtime / "none")) is None
    monkeypatch.setattr(sys, "executable", "/nowhere")
    resident.leave_behind(["validate"])
    resident.leave_behind(["export"])
    assert here.sockets == []


def test_a_call_that_was_answered_at_once_is_not_run_again(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = here.runtime / "played"
    answered = threading.Event()

    class Slow(socket.socket):
        """The socket of a call that sends, and goes on only when it is answered."""

        def sendmsg(self, *given: Any) -> int:
            sent = super().sendmsg(*given)
            assert answered.wait(60)
            return sent

    def answer() -> None:
        link, _ = listening.accept()
        with link:
            data, files, _, _ = socket.recv_fds(link, 1 << 16, 4)
            assert len(data) == resident.HEADER + int.from_bytes(data[: resident.HEADER], "big")
            for file in files:
                os.close(file)
            link.sendall(resident.TAKEN + bytes((1,)))
        answered.set()

    slow = SimpleNamespace(**{**vars(socket), "socket": Slow})
    monkeypatch.setattr("curate.resident._socket", slow)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        thread = threading.Thread(target=answer)
        thread.start()
        assert resident.hand_over(["validate"], str(path)) == 1
        thread.join()


def test_a_call_whose_process_ends_without_an_answer_has_failed(here: Here) -> None:
    path = here.runtime / "played"

    def answer() -> None:
        link, _ = listening.accept()
        with link:
            _, files, _, _ = socket.recv_fds(link, 1 << 16, 4)
            for file in files:
                os.close(file)
            link.sendall(resident.TAKEN)

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        thread = threading.Thread(target=answer)
        thread.start()
        assert resident.hand_over(["validate"], str(path)) == 128 + signal.SIGKILL
        thread.join()


def test_a_call_of_this_process_is_run_by_the_one_that_stays(
    here: Here, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    here.wait_for_socket()
    expected = here.here()
    (socket,) = here.sockets
    monkeypatch.chdir(here.root)
    before = os.umask(0o027)
    capfd.readouterr()
    code = resident.hand_over(["validate"], str(socket))
    said = capfd.readouterr()
    assert os.umask(before) == 0o027
    assert (code, said.out, said.err) == (expected.returncode, expected.stdout, expected.stderr)


def test_the_digest_of_a_program_is_that_of_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = identity.program()
    assert identity.program() == digest
    monkeypatch.setattr(identity, "LAYOUT", identity.LAYOUT + 1)
    assert identity.program() != digest
    monkeypatch.setattr(identity, "known", "given")
    assert identity.program() == "given"


def test_a_process_that_was_started_in_another_way_is_another(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = resident.started()
    assert resident.started() == before
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert resident.started() != before
    monkeypatch.undo()
    monkeypatch.setattr(os, "getgroups", lambda: [4711])  # who may read other files
    assert resident.started() != before
    monkeypatch.setattr(os, "getgroups", _refuse)
    monkeypatch.delenv(resident.VARIABLE, raising=False)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(sys, "warnoptions", [])
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(here.runtime))
    assert resident.door(["validate"]) is None


def _refuse() -> None:
    raise PermissionError


def test_a_call_need_not_wait_for_another_one(here: Here) -> None:
    here.wait_for_socket()
    for number in range(1200):
        broken = f"id: x\ntitle: '{'long ' * 20}'\nstatus: nonsense\n"
        (here.root / f"records/conditions/broken-{number}.yaml").write_text(broken)
    expected = here.run().stdout
    before = here.processes
    command = [sys.executable, "-m", "curate", "validate", "--output-format", "json"]
    with subprocess.Popen(
        command, cwd=here.root, env=here.environment, stdout=subprocess.PIPE
    ) as waiting:
        assert waiting.stdout is not None
        waiting.stdout.read(10)  # it cannot end before somebody reads what it prints
        for _ in range(3):
            assert here.run().stdout == expected
        assert "records/conditions/broken-0.yaml" in waiting.stdout.read().decode()
    assert waiting.returncode == 1
    assert here.run().stdout == expected
    assert here.processes == before


def test_a_call_leaves_none_of_its_files_and_folders_behind(here: Here) -> None:
    here.wait_for_socket()
    other = here.root.with_name("other")
    shutil.copytree(here.root, other)
    with (here.root.parent / "out").open("w+b") as out:
        command = [sys.executable, "-m", "curate", "validate"]
        subprocess.run(command, cwd=other, env=here.environment, stdout=out, check=False)
        (master,) = here.processes
        held = [
            str(one.readlink()) for one in Path("/proc").glob("[0-9]*/fd/*") if _is_of(one, master)
        ]
        assert held
        assert not [path for path in held if path.startswith(str(here.root.parent))]


def _is_of(file: Path, group: int) -> bool:
    """Tell whether a process that has a file open is of a group, and has it open still."""
    try:
        return os.getpgid(int(file.parts[2])) == group and file.is_symlink()
    except OSError:
        return False


def test_who_was_killed_while_waiting_is_waited_for_no_more(here: Here) -> None:
    here.wait_for_socket()
    for number in range(1200):
        broken = f"id: x\ntitle: '{'long ' * 20}'\nstatus: nonsense\n"
        (here.root / f"records/conditions/broken-{number}.yaml").write_text(broken)
    expected = here.run().stdout
    for _ in range(3):
        command = [sys.executable, "-m", "curate", "validate", "--output-format", "json"]
        with subprocess.Popen(
            command, cwd=here.root, env=here.environment, stdout=subprocess.PIPE
        ) as killed:
            assert killed.stdout is not None
            killed.stdout.read(10)
            killed.kill()
        assert here.run().stdout == expected


def test_a_program_whose_files_cannot_be_watched_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(identity, "known", None)
    file = tmp_path / "a.py"
    file.write_text("a")

    def places() -> Iterator[tuple[str, bool]]:
        yield str(tmp_path), True
        yield str(file), False

    monkeypatch.setattr(identity, "_folders", lambda: [str(tmp_path)])
    monkeypatch.setattr(identity, "places", places)
    watched = Program()
    monkeypatch.setattr(watch, "_LOCAL", frozenset())
    looked_at = Program()
    assert watched.told_by is not None
    assert looked_at.told_by is None
    (tmp_path / "__pycache__").mkdir()
    for program in (watched, looked_at):
        program.imported()
        assert not program.has_changed()
    os.link(file, tmp_path.with_name("another-name"))
    tmp_path.with_name("another-name").write_text("b")
    assert watched.has_changed()
    assert looked_at.has_changed()
    with pytest.raises(Unwatched):
        watched.imported()
    monkeypatch.setattr(identity, "places", lambda: iter([(str(tmp_path / "none"), False)]))
    assert Program().told_by is None
