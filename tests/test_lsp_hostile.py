"""Half-typed and hostile buffers always get an answer, never an exception."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol import types

from curate.lsp.actions import actions
from curate.lsp.completion import completion
from curate.lsp.diagnostics import diagnostic
from curate.lsp.folding import foldings
from curate.lsp.home import Home
from curate.lsp.homes import Address, Homes
from curate.lsp.hover import hover
from curate.lsp.navigate import definition, references
from curate.lsp.renaming import prepare, workspace_edit
from curate.lsp.symbols import flat, symbols
from curate.refusal import Refusal
from editor import CONDITION, PROCEDURE, REFERENCE, STUDY, at, corpus, editing, pulling
from untidy import records

MEASURE = "records/measures/tsfd-scale.yaml"
EVERY = (STUDY, PROCEDURE, CONDITION, MEASURE, REFERENCE)
MANY = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def homes(tmp_path: Path) -> Homes:
    found = Homes("utf-16")
    home = found.enter(corpus(tmp_path))
    assert home is not None
    assert home.begin()
    return found


def ask_everything(homes: Homes, path: str, text: str, spots: list[int]) -> None:
    """Ask all there is to ask of a text, at some of its places; each answer must fit the text."""
    (home,) = homes
    home.put(path, text, 1)
    buffer = home.buffer(path)
    assert buffer is not None
    whole = buffer.range(0, len(text))
    for finding in home.findings_of(path):
        found = diagnostic(buffer, finding)
        assert whole.start <= found.range.start <= found.range.end <= whole.end
    for symbol in flat("file:///x", symbols(home, path)):
        assert symbol.location.range.end <= whole.end
    for fold in foldings(text):
        assert fold.start_line < fold.end_line <= whole.end.line
    assert actions(home, path, "file:///x", whole, None) is not None
    assert actions(home, path, "file:///x", whole, ["source"]) is not None
    for offset in spots:
        where = buffer.position(offset)
        hover(home, path, where)
        for item in completion(home, path, where).items:
            edit = item.text_edit
            assert isinstance(edit, types.TextEdit)
            assert edit.range.start <= where <= edit.range.end
            assert edit.range.start.line == edit.range.end.line
        definition(homes, home, path, where)
        references(homes, home, path, where, with_declaration=True)
        try:
            prepare(home, path, where)
            workspace_edit(homes, Address(home, path), where, "quite-new", moves=True)
        except Refusal:
            pass


@pytest.mark.no_cover  # hundreds of texts that end one after the other
@pytest.mark.parametrize("path", EVERY)
def test_every_beginning_of_a_record_gets_an_answer(homes: Homes, path: str) -> None:
    (home,) = homes
    text = (home.root / path).read_text()
    for end in range(0, len(text), 7):
        ask_everything(homes, path, text[:end], [end])


def test_a_record_with_any_line_spoilt_gets_an_answer(homes: Homes) -> None:
    (home,) = homes
    lines = (home.root / STUDY).read_text().split("\n")
    spoilt = (
        "",
        "  ",
        "- ",
        "x",
        "'",
        '"',
        "{",
        "[",
        "|",
        "\t",
        "? a",
        "a: b: c",
        "#",
        "&a",
        "<<:",
    )
    chosen = random.Random(7)  # noqa: S311 - spreads the work, keeps no secret
    for number in range(len(lines)):
        bad = chosen.choice(spoilt)
        text = "\n".join([*lines[:number], bad, *lines[number + 1 :]])
        offset = sum(len(line) + 1 for line in lines[:number]) + len(bad)
        ask_everything(homes, STUDY, text, [offset, len(text) // 2])


@MANY
@given(text=st.text(max_size=200), data=st.data())
def test_any_text_gets_an_answer(homes: Homes, text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    ask_everything(homes, data.draw(st.sampled_from(EVERY)), text, [offset])


@MANY
@given(raw=st.binary(max_size=300), data=st.data())
def test_any_bytes_get_an_answer(homes: Homes, raw: bytes, data: st.DataObject) -> None:
    text = raw.decode("utf-8", "surrogateescape")
    offset = data.draw(st.integers(0, len(text)))
    ask_everything(homes, data.draw(st.sampled_from(EVERY)), text, [offset])


@MANY
@given(text=records(), data=st.data())
def test_any_yaml_gets_an_answer(homes: Homes, text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    ask_everything(homes, data.draw(st.sampled_from(EVERY)), text, [offset])


@MANY
@given(data=st.data())
def test_a_record_with_pieces_cut_and_pasted_gets_an_answer(
    homes: Homes, data: st.DataObject
) -> None:
    (home,) = homes
    path = data.draw(st.sampled_from(EVERY))
    text = (home.root / path).read_text()
    for _ in range(data.draw(st.integers(1, 4))):
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        piece = data.draw(st.sampled_from(["", "\r\n", "\r", "😀", "\ufeff", ": ", "- ", "\u2028"]))
        text = text[:start] + piece + text[min(end, start + 40) :]
    ask_everything(homes, path, text, [data.draw(st.integers(0, len(text)))])


@pytest.mark.no_cover  # a hundred thousand times the same
@pytest.mark.parametrize(
    "text",
    [
        "- " * 30_000,
        "a:\n" * 20_000,
        "\n".join(" " * depth + "a:" for depth in range(2_000)),
        "[" * 50_000,
        "id: " + "x" * 500_000,
        "x" * (1 << 20) + "y",
        "\r" * 10_000,
        "\u2028" * 10_000,
        "😀" * 10_000,
        "\ufeff\ufeffid: x\n",
        "claims:\n" + "- id: a\n" * 20_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_text_that_is_all_too_much_gets_an_answer(homes: Homes, text: str) -> None:
    ask_everything(homes, PROCEDURE, text, [0, len(text) // 2, len(text)])


def test_a_link_is_not_taken_for_the_record_that_it_shows(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    target = root / "elsewhere.yaml"
    (root / CONDITION).rename(target)
    (root / CONDITION).symlink_to(target)
    home = Home(root, "utf-16")
    assert home.begin()
    home.put(CONDITION, target.read_text(), 1)
    assert [finding.name for finding in home.findings_of(CONDITION)] == ["not-a-regular-file"]


def test_a_name_that_no_path_can_have_belongs_to_no_corpus(homes: Homes) -> None:
    for uri in (
        "",
        "untitled:Untitled-1",
        "git:/a/b?x",
        "file:///a%00b",
        "file:///" + "x" * 5000,
        "file://host/share/x.yaml",
        "http://[",
        "file:",
    ):
        assert homes.address(uri) is None


@pytest.mark.asyncio
async def test_the_server_outlives_anything_that_is_typed(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path), pulling()) as editor:
        text = (tmp_path / STUDY).read_text()
        editor.open(STUDY)
        document, client = editor.document(STUDY), editor.client
        for typed in ("\ud800", "id: [", "😀" * 50, "\0", text[:300], "- " * 2000):
            editor.change(STUDY, typed)
            where = types.Position(3, 99)
            await client.text_document_hover_async(types.HoverParams(document, where))
            await client.text_document_completion_async(types.CompletionParams(document, where))
            await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
            assert (await editor.pull(STUDY)).items
        editor.change(STUDY, text)
        assert not (await editor.pull(STUDY)).items
        assert client.messages == []
        assert at(text, "id: |horisawa-2019").line == 1
