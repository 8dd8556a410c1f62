"""What the editor changes on request: renames, fixes and waivers; the text is then as promised."""

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from curate.lsp.actions import FIX_ALL, actions
from curate.lsp.home import Home
from curate.lsp.homes import Address, Homes
from curate.lsp.navigate import definition, references
from curate.lsp.renaming import prepare, workspace_edit
from curate.refusal import Refusal
from editor import CONDITION, PROCEDURE, REFERENCE, STUDY, at, corpus, edited, editing

URI = "file:///x"


@pytest.fixture
def homes(tmp_path: Path) -> Homes:
    found = Homes("utf-16")
    home = found.enter(corpus(tmp_path))
    assert home is not None
    assert home.begin()
    return found


@pytest.fixture
def home(homes: Homes) -> Home:
    (found,) = homes
    return found


def text_of(home: Home, path: str) -> str:
    buffer = home.buffer(path)
    assert buffer is not None
    return buffer.text


def places(home: Home, found: list[types.Location]) -> list[tuple[str, str]]:
    """Return the file and the text of each location."""
    shown = []
    for location in found:
        path = location.uri.partition("/records/")[2]
        buffer = home.buffer(f"records/{path}")
        assert buffer is not None
        start, end = (buffer.offset(one) for one in (location.range.start, location.range.end))
        shown.append((path.rpartition("/")[2], buffer.text[start:end]))
    return shown


# Definition and references --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "marked", "wanted"),
    [
        (PROCEDURE, "- horisawa|-2019#permanent", ("horisawa-2019.yaml", "horisawa-2019")),
        (PROCEDURE, "- horisawa-2019#|permanent", ("horisawa-2019.yaml", "permanent")),
        (STUDY, "within: recurre|d", ("horisawa-2019.yaml", "recurred")),
        (STUDY, "pmid: |30587520", ("pmid-30587520.yaml", "30587520")),
        (STUDY, "- ventro-oral-thalamotomy|", ("ventro-oral-thalamotomy.yaml",) * 2),
        (STUDY, "at: outcomes.sc|ore-last", ("horisawa-2019.yaml", "score-last")),
        (STUDY, "measure: |tsfd-scale", ("tsfd-scale.yaml", "tsfd-scale")),
    ],
)
def test_a_name_leads_to_where_it_was_given(
    homes: Homes, home: Home, path: str, marked: str, wanted: tuple[str, str]
) -> None:
    stem, name = wanted[0], wanted[1].removesuffix(".yaml")
    found = definition(homes, home, path, at(text_of(home, path), marked))
    assert places(home, found) == [(stem, name)]


def test_a_name_of_nothing_leads_nowhere(homes: Homes, home: Home) -> None:
    text = text_of(home, PROCEDURE)
    assert definition(homes, home, PROCEDURE, at(text, "title: Ven|tro")) == []
    assert definition(homes, home, "records/studies/nobody.yaml", types.Position(0, 0)) == []
    home.put(PROCEDURE, text.replace("#permanent", "#nothing"), 1)
    assert definition(homes, home, PROCEDURE, at(text_of(home, PROCEDURE), "#noth|ing")) == []


def test_every_mention_of_a_name_is_found(homes: Homes, home: Home) -> None:
    where = at(text_of(home, STUDY), "id: horisawa|-2019")
    found = references(homes, home, STUDY, where, with_declaration=True)
    files = [file for file, _ in places(home, found)]
    assert {name for _, name in places(home, found)} == {"horisawa-2019"}
    assert files == [
        "focal-hand-dystonia.yaml",
        "ventro-oral-thalamotomy.yaml",
        "ventro-oral-thalamotomy.yaml",
        "horisawa-2019.yaml",
    ]
    without = references(homes, home, STUDY, where, with_declaration=False)
    assert len(without) == len(found) - 1


def test_every_citation_of_a_paper_is_found(homes: Homes, home: Home) -> None:
    where = at(text_of(home, REFERENCE), "pmid: 3058|7520")
    found = references(homes, home, REFERENCE, where, with_declaration=False)
    assert places(home, found) == [
        ("focal-hand-dystonia.yaml", "30587520"),
        ("ventro-oral-thalamotomy.yaml", "30587520"),
        ("ventro-oral-thalamotomy.yaml", "30587520"),
        ("horisawa-2019.yaml", "30587520"),
    ]
    nothing = at(text_of(home, REFERENCE), 'title: "Saf|ety')
    assert references(homes, home, REFERENCE, nothing, with_declaration=True) == []


# Rename ---------------------------------------------------------------------------------------


def changed(home: Home, edit: types.WorkspaceEdit | None) -> dict[str, str]:
    """Return the texts of the files that an edit changes, by path; moved files at their new one."""
    assert edit is not None
    texts: dict[str, str] = {}
    for change in edit.document_changes or ():
        if isinstance(change, types.TextDocumentEdit):
            path = "records/" + change.text_document.uri.partition("/records/")[2]
            edits: list[Any] = [*change.edits]
            texts[path] = edited(text_of(home, path), edits)
        elif isinstance(change, types.RenameFile):
            old, new = (uri.partition("/records/")[2] for uri in (change.old_uri, change.new_uri))
            texts[f"records/{new}"] = texts.pop(f"records/{old}")
    return texts


def test_a_record_is_renamed_with_its_file_over_unsaved_text(homes: Homes, home: Home) -> None:
    unsaved = text_of(home, PROCEDURE).replace("title: Ventro", 'note: "😀 é"\ntitle: Ventro')
    home.put(PROCEDURE, unsaved, 7)
    where = at(text_of(home, STUDY), "id: |horisawa-2019")
    edit = workspace_edit(homes, Address(home, STUDY), where, "horisawa-2019a", moves=True)
    texts = changed(home, edit)
    assert texts[PROCEDURE] == unsaved.replace("horisawa-2019#", "horisawa-2019a#")
    assert "id: horisawa-2019a\n" in texts["records/studies/horisawa-2019a.yaml"]
    assert edit is not None
    versions = {
        change.text_document.version
        for change in edit.document_changes or ()
        if isinstance(change, types.TextDocumentEdit)
    }
    assert versions == {7, None}
    assert isinstance((edit.document_changes or [None])[-1], types.RenameFile)


def test_an_outcome_is_renamed_from_where_a_claim_names_it(homes: Homes, home: Home) -> None:
    where = at(text_of(home, PROCEDURE), "horisawa-2019#perm|anent")
    edit = workspace_edit(homes, Address(home, PROCEDURE), where, "lasting", moves=False)
    texts = changed(home, edit)
    assert "- horisawa-2019#lasting\n" in texts[PROCEDURE]
    assert "  - id: lasting\n" in texts[STUDY]


def test_the_name_under_the_cursor_is_what_would_be_renamed(home: Home) -> None:
    text = text_of(home, PROCEDURE)
    found = prepare(home, PROCEDURE, at(text, "horisawa-2019#perm|anent"))
    assert found is not None
    assert found.placeholder == "permanent"
    assert found.range.start == at(text, "horisawa-2019#|permanent")
    assert prepare(home, PROCEDURE, at(text, "title: Ven|tro-oral")) is None
    assert prepare(home, "records/studies/none.yaml", types.Position(0, 0)) is None


def test_what_cannot_be_renamed_is_refused_with_the_reason(homes: Homes, home: Home) -> None:
    study = text_of(home, STUDY)
    with pytest.raises(Refusal, match="called after its PMID"):
        prepare(home, STUDY, at(study, "pmid: 305|87520"))
    where = at(study, "id: horisawa|-2019")
    with pytest.raises(Refusal, match="`curate rename study horisawa-2019 other`"):
        workspace_edit(homes, Address(home, STUDY), where, "other", moves=False)
    with pytest.raises(Refusal, match="lower-case words"):
        workspace_edit(homes, Address(home, STUDY), where, "Other One", moves=True)
    nothing = at(study, "title: Uni|lateral")
    assert workspace_edit(homes, Address(home, STUDY), nothing, "x", moves=True) is None


# Code actions ---------------------------------------------------------------------------------


def offered(home: Home, path: str, only: list[str] | None = None) -> list[types.CodeAction]:
    buffer = home.buffer(path)
    assert buffer is not None
    return actions(home, path, URI, buffer.range(0, len(buffer.text)), only)


def result(home: Home, path: str, action: types.CodeAction) -> str:
    """Return the text once an action is taken."""
    assert action.edit is not None
    assert action.edit.changes is not None
    return edited(text_of(home, path), [*action.edit.changes[URI]])


def named(found: list[types.CodeAction], title: str) -> types.CodeAction:
    (one,) = [action for action in found if action.title == title]
    return one


def codes(home: Home, path: str) -> list[str]:
    return [finding.name for finding in home.findings_of(path)]


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("pmid: 30587520", "pmid: PMID 30587520", "Write `30587520`"),
        ("follow_up:\n  mean", "followUp:\n  mean", "Call the field `follow_up`"),
        ('start: "2003-10"', "start: 2003-10-01", "Write `2003-10-01`"),
        ("label: All", "label: A\u0301ll", "Store every letter with an accent as one character"),
    ],
)
def test_what_is_sure_is_mended_in_one_step(home: Home, old: str, new: str, title: str) -> None:
    text = text_of(home, STUDY).replace(old, new, 1)
    home.put(STUDY, text, 1)
    before = codes(home, STUDY)
    assert before
    action = named(offered(home, STUDY), title)
    assert action.is_preferred
    (about,) = {found.code for found in action.diagnostics or ()}
    home.put(STUDY, result(home, STUDY, action), 2)
    assert about not in codes(home, STUDY)


def test_a_last_line_without_its_end_gets_one(home: Home) -> None:
    home.put(STUDY, text_of(home, STUDY).rstrip("\n"), 1)
    action = named(offered(home, STUDY), "End the last line")
    assert result(home, STUDY, action).endswith('"\n')


def test_line_ends_that_an_editor_would_keep_are_no_action(home: Home) -> None:
    home.put(STUDY, text_of(home, STUDY).replace("\n", "\r\n"), 1)
    assert codes(home, STUDY) == ["line-ending"]
    assert [action.title for action in offered(home, STUDY)] == ["Explain line-ending"]


def test_what_is_only_likely_is_marked_as_a_guess(home: Home) -> None:
    text = text_of(home, PROCEDURE).replace("#permanent", "#permanant")
    home.put(PROCEDURE, text, 1)
    title = "Write `horisawa-2019#permanent` (a guess: compare it with the source)"
    action = named(offered(home, PROCEDURE), title)
    assert not action.is_preferred
    assert result(home, PROCEDURE, action) == text.replace("permanant", "permanent")


def test_all_that_is_sure_is_mended_on_saving(home: Home) -> None:
    text = text_of(home, STUDY)
    broken = text.replace("pmid: 30587520", "pmid: PMID 30587520").replace("role:", "Role:")
    home.put(STUDY, broken, 1)
    assert not [action for action in offered(home, STUDY) if action.kind == FIX_ALL]
    (action,) = offered(home, STUDY, ["source.fixAll"])
    assert result(home, STUDY, action) == text
    home.put(STUDY, text, 2)
    assert offered(home, STUDY, ["source.fixAll"]) == []
    assert offered(home, STUDY, ["refactor"]) == []


def test_a_record_is_tidied_on_saving_and_only_where_it_differs(home: Home) -> None:
    text = text_of(home, STUDY)
    first, second, *others = text.splitlines(keepends=True)
    untidy = "".join([first, others[0], f"{second[:-1]}  \n", *others[1:]])
    home.put(STUDY, untidy, 1)
    (action,) = offered(home, STUDY, ["source.fixAll"])
    assert action.title == "Tidy the record: the order of its fields and its layout"
    assert result(home, STUDY, action) == text
    assert action.edit is not None
    assert action.edit.changes is not None
    (edit,) = action.edit.changes[URI]
    assert (edit.range.start.line, edit.range.end.line) == (1, 3)
    home.put(STUDY, untidy.replace("role:", "Role:"), 2)
    (action,) = offered(home, STUDY, ["source.fixAll"])
    assert action.title.startswith("Mend all that can be meant in one way only (3); Tidy the")
    assert result(home, STUDY, action) == text


def test_a_corpus_that_keeps_its_layout_is_not_tidied_on_saving(home: Home) -> None:
    with (home.root / "curate.toml").open("a") as file:
        file.write("tidy = false\n")
    home.reload()
    home.put(STUDY, text_of(home, STUDY).replace("status: ", "status:   "), 1)
    assert offered(home, STUDY, ["source.fixAll"]) == []


@pytest.mark.parametrize("text", ["title: [half\n", "a: &b 1\nc: *b\n", "", "\ud800: 1\n"])
def test_a_half_typed_record_is_not_tidied(home: Home, text: str) -> None:
    home.put(STUDY, text, 1)
    assert offered(home, STUDY, ["source.fixAll"]) == []


def test_line_ends_alone_are_not_changed_on_saving(home: Home) -> None:
    home.put(STUDY, text_of(home, STUDY).replace("\n", "\r\n"), 1)
    assert offered(home, STUDY, ["source.fixAll"]) == []


def test_an_action_is_offered_only_where_its_finding_stands(home: Home) -> None:
    text = text_of(home, STUDY).replace("pmid: 30587520", "pmid: PMID 30587520")
    home.put(STUDY, text, 1)
    where = at(text, "title: Uni|lateral")
    assert actions(home, STUDY, URI, types.Range(where, where), None) == []
    where = at(text, "pmid: PM|ID")
    assert len(actions(home, STUDY, URI, types.Range(where, where), None)) == 2
    assert actions(home, "records/studies/no.yaml", URI, types.Range(where, where), None) == []


def test_a_waiver_is_written_with_its_reason_left_to_be_given(home: Home) -> None:
    text = text_of(home, STUDY).replace("    analysed: 9\n", "")
    home.put(STUDY, text, 1)
    title = "Waive outcome-without-denominator here, with a reason to fill in"
    waived = result(home, STUDY, named(offered(home, STUDY), title))
    assert waived == text + (
        "  - rule: outcome-without-denominator\n"
        "    at: outcomes.reoperation-improved\n"
        "    reason:\n"
        "    by: curate editors\n"
        '    date: "2026-11-22"\n'
    )
    home.put(STUDY, waived, 2)
    (unfilled,) = home.findings_of(STUDY)
    assert (unfilled.name, unfilled.severity) == ("empty-field", "error")
    assert unfilled.pointer == "/waivers/1/reason"
    home.put(STUDY, waived.replace("reason:\n", "reason: The abstract does not say.\n"), 3)
    assert codes(home, STUDY) == []


@pytest.mark.parametrize("reason", ["", '""', '" "', "null"])
def test_no_reason_is_no_waiver(home: Home, reason: str) -> None:
    text = text_of(home, STUDY).replace("    analysed: 9\n", "")
    home.put(STUDY, text, 1)
    title = "Waive outcome-without-denominator here, with a reason to fill in"
    waived = result(home, STUDY, named(offered(home, STUDY), title))
    home.put(STUDY, waived.replace("reason:\n", f"reason: {reason}\n"), 2)
    report = home.findings_of(STUDY)
    assert [finding for finding in report if finding.severity == "error"]


@pytest.mark.parametrize("end", ["", "\n"])
def test_the_first_waiver_of_a_record_begins_the_list(home: Home, end: str) -> None:
    text = text_of(home, PROCEDURE).replace("    pmids:\n      - 30587520\n", "", 1)
    home.put(PROCEDURE, text.rstrip("\n") + end, 1)
    (action,) = [
        one for one in offered(home, PROCEDURE) if one.title.startswith("Waive claim-without-pmid")
    ]
    waived = result(home, PROCEDURE, action)
    assert waived.endswith(
        "permanent\nwaivers:\n"
        "  - rule: claim-without-pmid\n"
        "    at: claims.reoperation-helps\n"
        "    reason:\n"
        "    by: curate editors\n"
        '    date: "2026-11-22"\n'
    )


def test_a_list_of_waivers_that_is_not_written_line_by_line_is_left_alone(home: Home) -> None:
    text = text_of(home, PROCEDURE).replace("    pmids:\n      - 30587520\n", "", 1)
    home.put(PROCEDURE, f"{text}waivers: []\n", 1)
    assert "claim-without-pmid" in codes(home, PROCEDURE)
    assert not [one for one in offered(home, PROCEDURE) if one.title.startswith("Waive")]


def test_who_decides_is_left_open_where_it_is_not_always_the_same(home: Home) -> None:
    other = text_of(home, STUDY).replace("horisawa-2019", "other").replace("curate editors", "J")
    home.put("records/studies/other.yaml", other, 1)
    home.put(STUDY, text_of(home, STUDY).replace("    analysed: 9\n", ""), 1)
    title = "Waive outcome-without-denominator here, with a reason to fill in"
    assert "    by:\n" in result(home, STUDY, named(offered(home, STUDY), title))


def test_what_cannot_be_waived_is_not_offered_to_be(home: Home) -> None:
    home.put(CONDITION, text_of(home, CONDITION).replace("#recurrence", "#nothing"), 1)
    titles = [action.title for action in offered(home, CONDITION)]
    assert titles == ["Explain dangling-reference"]
    (explain,) = offered(home, CONDITION)
    assert explain.command is not None
    assert explain.command.arguments == ["dangling-reference"]


# Over the wire --------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_an_editor_edits_over_the_wire(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path)) as editor:
        client, document = editor.client, editor.document(STUDY)
        text = (tmp_path / STUDY).read_text()
        broken = text.replace("pmid: 30587520", "pmid: PMID 30587520")
        editor.open(STUDY, broken)
        (found,) = await editor.findings(STUDY, version=1)
        listed = await client.text_document_code_action_async(
            types.CodeActionParams(document, found.range, types.CodeActionContext([found]))
        )
        assert listed is not None
        fix = listed[0]
        assert isinstance(fix, types.CodeAction)
        assert fix.edit is not None
        assert fix.edit.changes is not None
        assert edited(broken, [*fix.edit.changes[editor.uri(STUDY)]]) == text
        editor.change(STUDY, text)
        where = at(text, "id: horisawa|-2019")
        can = await client.text_document_prepare_rename_async(
            types.PrepareRenameParams(document, where)
        )
        assert isinstance(can, types.PrepareRenamePlaceholder)
        renamed = await client.text_document_rename_async(
            types.RenameParams(document, where, "horisawa-2019b")
        )
        assert renamed is not None
        assert isinstance((renamed.document_changes or [None])[-1], types.RenameFile)
        with pytest.raises(Exception, match="It is called `focal-hand-dystonia` already"):
            await client.text_document_rename_async(
                types.RenameParams(
                    document, at(text, "  - focal-ha|nd-dystonia"), "focal-hand-dystonia"
                )
            )
        with pytest.raises(Exception, match="called after its PMID"):
            await client.text_document_prepare_rename_async(
                types.PrepareRenameParams(document, at(text, "pmid: 3058|7520"))
            )
        there = await client.text_document_definition_async(
            types.DefinitionParams(document, at(text, "  - ventro|-oral"))
        )
        assert isinstance(there, list | tuple)
        assert there[0].uri == editor.uri(PROCEDURE)
        spoken = await client.text_document_references_async(
            types.ReferenceParams(
                types.ReferenceContext(include_declaration=False), document, where
            )
        )
        assert len(spoken or ()) == 3
