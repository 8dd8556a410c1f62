"""The preview shows what was saved and what is wrong with it, to this machine and nobody else."""

import _thread
import hashlib
import re
import signal
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate import config, index
from curate.cli.main import main
from curate.config import PUBLISHABLE, Config
from curate.formats.html.files import makers
from curate.formats.html.page import POLICY, Page
from curate.formats.html.site import Site
from curate.index import place
from curate.kinds import KINDS
from curate.on_disk import Watch
from curate.pipeline import check, load
from curate.preview.desk import Desk
from curate.preview.serve import Server
from curate.refusal import Refusal
from curate.source import find
from full_corpus import corpus_of, full_values
from generated import valid
from previewed import PAGE, STUDY, Running, ask, edited, preview, small_corpus

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_corpus(tmp_path / "corpus")


def shown(desk: Desk, address: str = PAGE) -> str:
    return desk.file(address).data.decode()


def panel(page: str) -> str:
    """Return the words of what is said above a page."""
    found = re.search(r"<aside.*?</aside>", page, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", " ", found.group())).replace("  ", " ")


# What is shown --------------------------------------------------------------------------------


def test_a_record_without_findings_is_said_to_have_nothing_to_mend(folder: Path) -> None:
    page = shown(Desk(folder))
    assert f"{STUDY} : nothing to mend" in panel(page)
    assert "task-specific focal hand dystonia" in page


def test_findings_are_shown_with_line_text_and_help(folder: Path) -> None:
    desk = Desk(folder)
    edited(folder, STUDY, "count: 18\n", "count: 180\n")
    assert desk.look() == {STUDY}
    said = panel(shown(desk))
    assert "1 error" in said
    assert "N02 count-exceeds-denominator" in said
    assert re.search(r"line \d+, column 12", said)
    assert "180 are counted among 171 analysed." in said
    assert "Help:" in said
    assert "curate rule count-exceeds-denominator" in said
    assert "<mark>180</mark>" in shown(desk)
    assert "180" in shown(desk).partition("</aside>")[2], "the page shows what was saved"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("outcomes:\n", "outcomes: [\n"),
        ("design: retrospective-cohort", "design: guess"),
        ("id: horisawa-2019", "\x00"),
    ],
)
def test_a_broken_record_keeps_its_last_good_page_and_says_so(
    folder: Path, old: str, new: str
) -> None:
    desk = Desk(folder)
    before = shown(desk).partition("</aside>")[2]
    edited(folder, STUDY, old, new)
    desk.look()
    page = shown(desk)
    assert "The record cannot be read now." in panel(page)
    assert "error" in panel(page)
    main = re.search(r"<main.*?</main>", before, re.DOTALL)
    assert main
    assert main.group() in page
    (folder / STUDY).write_bytes((folder / STUDY).read_bytes().replace(new.encode(), old.encode()))
    desk.look()
    assert "nothing to mend" in panel(shown(desk))


def test_a_record_that_never_could_be_read_says_what_is_wrong(folder: Path) -> None:
    edited(folder, STUDY, "design: retrospective-cohort", "design: guess")
    desk = Desk(folder)
    file = desk.file(PAGE)
    assert not file.found
    assert "not-a-choice" in panel(file.data.decode())
    assert "cannot be read yet" in file.data.decode()


def test_a_draft_is_shown_and_a_deleted_record_is_gone_until_it_comes_back(folder: Path) -> None:
    desk = Desk(folder)
    edited(folder, STUDY, "status: in_review", "status: draft")
    desk.look()
    assert "Draft: not reviewed by clinicians." in shown(desk)
    text = (folder / STUDY).read_bytes()
    (folder / STUDY).unlink()
    assert desk.look() == {STUDY}
    assert not desk.file(PAGE).found
    assert "There is no such page" in shown(desk)
    (folder / STUDY).write_bytes(text)
    desk.look()
    assert desk.file(PAGE).found


def test_a_new_record_has_a_page_as_soon_as_it_is_saved(folder: Path) -> None:
    desk = Desk(folder)
    assert not desk.file("measures/new-scale.html").found
    new = folder / "records/measures/new-scale.yaml"
    new.write_text("id: new-scale\ntitle: A new scale\nstatus: draft\n", encoding="utf-8")
    assert desk.look() == {"records/measures/new-scale.yaml"}
    assert "A new scale" in shown(desk, "measures/new-scale.html")


def test_pages_that_do_not_change_are_not_reloaded(folder: Path) -> None:
    desk = Desk(folder)
    measure = "measures/tsfd-scale.html"
    marks = {at: _mark(shown(desk, at)) for at in (PAGE, measure)}
    edited(folder, STUDY, "title: Dystonia came back", "title: The dystonia came back")
    desk.look()
    assert desk.wait(PAGE, marks[PAGE], 0)
    assert not desk.wait(measure, marks[measure], 0)


def test_the_home_page_says_how_the_corpus_stands(folder: Path) -> None:
    desk = Desk(folder)
    assert "The corpus: checked" in panel(shown(desk, "index.html"))
    edited(folder, STUDY, "count: 18\n", "count: 180\n")
    (folder / "records/notes.txt").write_text("stray", encoding="utf-8")
    desk.look()
    page = shown(desk, "index.html")
    assert f'<a href="/{PAGE}"><code>{STUDY}</code></a>' in page
    assert "records/notes.txt" in panel(page)


def test_the_tables_pictures_and_the_search_of_the_site_are_there(folder: Path) -> None:
    desk = Desk(folder)
    assert b"score-12-mo" in desk.file("studies/horisawa-2019.outcomes.csv").data
    assert b"</svg>" in desk.file("studies/horisawa-2019.values-score-baseline.svg").data
    assert not desk.file("studies/horisawa-2019.nothing.csv").found
    assert not desk.file("studies/horisawa-2019.nothing.svg").found
    assert not desk.file("nothing.csv").found
    assert b"horisawa-2019" in desk.file("search-index.js").data
    assert desk.file("style.css").media_type == "text/css"


def test_a_page_that_cannot_be_made_is_shown_as_it_was(folder: Path) -> None:
    desk = Desk(folder)
    before = shown(desk)
    edited(folder, STUDY, "count: 18\n", "count: 17\n")
    desk.look()
    desk.prepare()

    def fails() -> Page:
        raise KeyError("a gap in a page")

    desk._makers[PAGE] = fails  # noqa: SLF001 - a fault that no record is known to cause
    page = shown(desk)
    assert "The page cannot be made of the record as it is (KeyError)." in panel(page)
    assert before.partition("</aside>")[2] in page
    other = "studies/index.html"
    desk._makers[other] = fails  # noqa: SLF001 - likewise
    assert "cannot be made yet" in shown(desk, other)
    assert "this is a bug of curate" in panel(shown(desk, other))


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(values=st.fixed_dictionaries({kind: valid(kind) for kind in KINDS}))
def test_every_record_that_its_schema_allows_has_a_page(values: dict[str, Any]) -> None:
    files = full_values() | {
        f"records/{KINDS[kind].folder}/{value['id']}.yaml": value for kind, value in values.items()
    }
    shown_all = Config(name="all", publish=("draft", *PUBLISHABLE))
    for make in makers(Site(corpus_of(files, shown_all))).values():
        assert make().main


def test_hostile_texts_of_findings_are_shown_and_are_no_markup(folder: Path) -> None:
    desk = Desk(folder)
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    edited(folder, STUDY, "design: retrospective-cohort", f'design: "{hostile}"')
    desk.look()
    page = shown(desk)
    assert hostile not in page
    assert hostile in unescape(page)


# The configuration and the folder -------------------------------------------------------------


def test_the_configuration_is_read_again_and_a_broken_one_said(folder: Path) -> None:
    desk = Desk(folder)
    edited(folder, "curate.toml", 'title = "Functional', 'title = "Renamed')
    desk.look()
    assert "Renamed" in shown(desk, "index.html")
    edited(folder, "curate.toml", "[corpus]", "[corpus")
    desk.look()
    assert "The corpus cannot be read now" in panel(shown(desk))
    assert "is not TOML" in panel(shown(desk))
    assert "Renamed" in shown(desk, "index.html")
    edited(folder, "curate.toml", "[corpus", "[corpus]")
    desk.look()
    assert "cannot be read now" not in panel(shown(desk))


def test_a_corpus_that_goes_away_is_shown_as_it_was_until_it_is_back(folder: Path) -> None:
    desk = Desk(folder)
    desk.prepare()
    records = folder / "records"
    records.rename(folder / "elsewhere")
    assert desk.look() == set()
    assert "The corpus cannot be read now" in panel(shown(desk))
    assert "task-specific focal hand dystonia" in shown(desk)
    (folder / "elsewhere").rename(records)
    desk.look()
    assert "nothing to mend" in panel(shown(desk))


def test_a_corpus_that_goes_away_before_it_was_read_is_shown_once_it_is_back(folder: Path) -> None:
    desk = Desk(folder)
    records = folder / "records"
    records.rename(folder / "elsewhere")
    page = desk.file(PAGE)
    assert not page.found
    assert "cannot be read" in page.data.decode()
    (folder / "elsewhere").rename(records)
    desk.look()
    assert "nothing to mend" in panel(shown(desk))


def test_a_file_that_cannot_be_read_is_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(folder)
    desk.prepare()
    edited(folder, STUDY, "count: 18\n", "count: 17\n")
    with monkeypatch.context() as patched:

        def denied(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        patched.setattr("curate.source.os.open", denied)
        desk.look()
        assert "Permission denied" in panel(shown(desk))
    assert desk.look() == {STUDY}
    assert "nothing to mend" not in panel(shown(desk)) or "17" in shown(desk)
    assert "Permission denied" not in panel(shown(desk))


def test_a_watch_notices_every_sort_of_change_and_nothing_else(folder: Path) -> None:
    watch = Watch(folder)
    assert watch.changed() == set()
    file = folder / STUDY
    data = file.read_bytes()
    beside = file.with_name(".beside")
    beside.write_bytes(data)
    beside.replace(file)
    assert watch.changed() == {STUDY}
    assert watch.changed() == set()
    file.unlink()
    file.symlink_to("/nowhere")
    assert watch.changed() == {STUDY}
    file.unlink()
    assert watch.changed() == {STUDY}
    watch.forget(STUDY)
    assert watch.changed() == set()
    (folder / "records").rename(folder / "elsewhere")
    with pytest.raises(Refusal):
        watch.changed()


# What is known from the last time -----------------------------------------------------------


def test_a_preview_starts_from_the_index_and_leaves_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(place.VARIABLE, str(tmp_path / "cache"))
    first = Desk(folder)
    edited(folder, STUDY, "count: 18\n", "count: 180\n")
    with closing(index.check(folder, config.load(folder), staged=False)) as known:
        assert known.known, "it left an index"
    # Another process has brought the index up to date; what is shown is right all the same.
    assert first.look() == {STUDY}
    assert "N02 count-exceeds-denominator" in panel(shown(first))
    edited(folder, STUDY, "count: 180\n", "count: 18\n")
    again = Desk(folder)
    assert again.report.summary == check(load(find(folder), config.load(folder))).summary
    assert "nothing to mend" in panel(shown(again))


def test_a_record_that_changes_before_its_first_page_is_read_as_it_is_now(folder: Path) -> None:
    desk = Desk(folder)
    edited(folder, STUDY, "count: 18\n", "count: 180\n")
    assert "N02 count-exceeds-denominator" in panel(shown(desk))


def test_a_preview_does_without_an_index_where_none_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(place.VARIABLE, "")
    desk = Desk(folder)
    desk.prepare()
    edited(folder, STUDY, "count: 18\n", "count: 180\n")
    assert desk.look() == {STUDY}
    assert "N02 count-exceeds-denominator" in panel(shown(desk))


# The server -----------------------------------------------------------------------------------


def _mark(page: str) -> str:
    found = re.search(r'data-mark="([0-9a-f]+)"', page)
    assert found
    return found[1]


def _tree(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        found.update(f"{path.relative_to(folder)} {path.lstat().st_mtime_ns}".encode())
        found.update(path.read_bytes() if path.is_file() else b"")
    return found.hexdigest()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = Server(Desk(folder))
    try:
        yield server.address
    finally:
        server.close()


def test_pages_are_served_under_the_policy_of_the_site(folder: Path) -> None:
    before = _tree(folder)
    with served(folder) as address:
        page = ask(f"{address}{PAGE}")
        assert page.status == 200
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "connect-src &#x27;self&#x27;" in page.text
        assert page.headers["Content-Security-Policy"].startswith(POLICY)
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        assert ask(f"{address}").text == ask(f"{address}index.html").text
        assert ask(f"{address}studies/").status == 200
        assert ask(f"{address}nothing.html").status == 404
        assert ask(f"{address}-/preview.js").headers["Content-Type"] == "text/javascript"
        assert ask(f"{address}-/nothing.js").status == 404
        assert ask(f"{address}..%2fcurate.toml").status == 404
        head = ask(f"{address}{PAGE}", method="HEAD")
        assert head.text == ""
        assert int(head.headers["Content-Length"]) == len(page.text.encode())
        assert ask(f"{address}{PAGE}", method="POST").status == 501
    assert _tree(folder) == before, "a preview writes nothing"


def test_a_server_that_is_closed_lets_go_of_who_waits(folder: Path) -> None:
    desk = Desk(folder)
    server = Server(desk)
    mark = _mark(ask(f"{server.address}{PAGE}").text)
    told: list[str] = []
    with urllib.request.urlopen(  # noqa: S310 - loopback
        f"{server.address}-/events?at=%2F{PAGE}&mark={mark}", timeout=30
    ) as stream:
        assert stream.readline() == b": here\n"
        listener = threading.Thread(target=lambda: told.append(stream.read().decode()))
        listener.start()
        server.close()
        edited(folder, STUDY, "status: in_review", "status: draft")
        desk.look()
        listener.join(30)
    assert len(told) == 1


def test_ctrl_c_ends_it_without_a_fault(folder: Path) -> None:
    with preview(folder) as running:
        _ends_cleanly(running)


def test_the_command_says_where_to_read_and_what_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)

    def edit_and_end() -> None:
        for number in range(4):
            copy = folder / f"records/studies/copy-{number}.yaml"
            copy.write_text("id: copy\n", encoding="utf-8")
        threading.Timer(3, _thread.interrupt_main).start()

    threading.Timer(3, edit_and_end).start()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert main(["preview"]) == 0
    finally:
        signal.signal(signal.SIGINT, before)
    said = capsys.readouterr()
    assert re.search(r"Read it at http://127\.0\.0\.1:\d+/ and end with Ctrl-C\.", said.out)
    assert "copy-2.yaml and 1 more: checked" in said.out
    assert "The preview has ended." in said.err


def _ends_cleanly(running: Running) -> None:
    running.process.send_signal(signal.SIGINT)
    out, error = running.process.communicate(timeout=60)
    assert running.process.returncode == 0
    assert "Traceback" not in out + error
    assert error == "\nThe preview has ended.\n"
    port = int(running.address.rsplit(":", 1)[1].strip("/"))
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_a_change_is_told_to_the_page_that_is_open(folder: Path) -> None:
    with preview(folder) as running:
        mark = _mark(ask(f"{running.address}{PAGE}").text)
        events = f"{running.address}-/events?at=%2F{PAGE}&mark={mark}"
        told: list[str] = []
        with urllib.request.urlopen(events, timeout=30) as stream:  # noqa: S310 - loopback
            assert stream.headers["Content-Type"].startswith("text/event-stream")
            assert stream.readline() == b": here\n"
            listener = threading.Thread(target=lambda: told.append(stream.read().decode()))
            listener.start()
            edited(folder, STUDY, "count: 18\n", "count: 180\n")
            listener.join(30)
        assert "event: changed\n" in told[0]
        assert "count-exceeds-denominator" in ask(f"{running.address}{PAGE}").text
        # Who comes back with an old mark, as after a restart, is told at once.
        assert "event: changed\n" in ask(events).text
        assert ask(events, method="HEAD").status == 200
        _says_what_changed(running)


def _says_what_changed(running: Running) -> None:
    running.process.send_signal(signal.SIGTERM)
    out, _ = running.process.communicate(timeout=60)
    assert running.process.returncode == 0
    assert re.search(rf"^{STUDY}: checked \d+ records, \d+ error", out, re.MULTILINE)


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2", "localhost"])
def test_only_this_machine_s_own_pages_are_answered(folder: Path) -> None:
    with served(folder) as address:
        port = address.rsplit(":", 1)[1].strip("/")
        assert ask(address, Host=f"localhost:{port}").status == 200
        for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"0.0.0.0:{port}", ""):
            answer = ask(address, Host=host)
            assert (answer.status, "Functional" in answer.text) == (403, False)
        foreign = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}
        assert ask(f"{address}search-index.js", **foreign).status == 403
        followed = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
        assert ask(address, **followed).status == 200
        same_origin = ask(f"{address}style.css").headers["Cross-Origin-Resource-Policy"]
        assert same_origin == "same-origin"
        # Nothing but 127.0.0.1 is listened on.
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", int(port)), timeout=5)


def test_a_port_that_is_taken_is_refused_in_one_sentence(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refusal, match=rf"Port {port} of this machine cannot be used"):
            Server(Desk(folder), port)


def test_a_port_can_be_chosen(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with preview(folder, "--port", str(port)) as running:
        assert running.address == f"http://127.0.0.1:{port}/"
