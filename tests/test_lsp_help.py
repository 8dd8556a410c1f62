"""What the editor shows of the word under the cursor, and offers to write."""

from pathlib import Path

import pytest
from lsprotocol import types

from curate.lsp.completion import completion, resolve
from curate.lsp.folding import foldings
from curate.lsp.home import Home
from curate.lsp.hover import hover
from curate.lsp.outline import row_at
from curate.lsp.symbols import flat, symbols
from editor import (
    CONDITION,
    PROCEDURE,
    REFERENCE,
    STUDY,
    at,
    corpus,
    edited,
    editing,
    pulling,
)

OTHER = "records/studies/other-2020.yaml"
OTHER_TEXT = """\
id: other-2020
title: Another study of hands
status: in_review
pmid: 30587521
design: case-series
adverse_events_reported: not-reported
outcomes:
  - id: relief
    title: Some relief
    group: all
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    root = corpus(tmp_path)
    (root / OTHER).write_text(OTHER_TEXT)
    (root / "records/conditions/writers-cramp.yaml").write_text(
        "id: writers-cramp\ntitle: Writer's cramp\nstatus: draft\n"
    )
    found = Home(root, "utf-16")
    assert found.begin()
    return found


def text_of(home: Home, path: str) -> str:
    return (home.root / path).read_text()


def shown(home: Home, path: str, marked: str) -> str:
    """Return what is shown at the `|`."""
    found = hover(home, path, at(text_of(home, path), marked))
    if found is None:
        return ""
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


def offered(home: Home, path: str, marked: str) -> list[str]:
    """Return what is offered at the `|` of a text that takes the file's place."""
    before, after = marked.split("|")
    home.put(path, before + after, 1)
    position = types.Position(before.count("\n"), len(before.rpartition("\n")[2]))
    return [item.label for item in completion(home, path, position).items]


# Hover ----------------------------------------------------------------------------------------


def test_a_pmid_is_shown_as_its_paper(home: Home) -> None:
    said = shown(home, STUDY, "pmid: 305|87520")
    assert said.startswith("**Safety and long-term efficacy of ventro-oral thalamotomy")
    for part in ("Horisawa S et al.", "Neurology 2019", "PMID 30587520", "Entered by hand"):
        assert part in said
    assert "Recorded as `horisawa-2019`." in said


def test_what_became_of_a_paper_is_shown(home: Home) -> None:
    retracted = text_of(home, REFERENCE).replace(
        "origin: by-hand",
        'publication_status: retracted\nnotices:\n  - type: retraction\n    note: "It *was*."\n'
        'origin: fetched\nretrieved: "2026-11-22"',
    )
    home.put(REFERENCE, retracted, 1)
    said = shown(home, STUDY, "pmid: 305|87520")
    assert "**Retracted.**" in said
    assert r"Notice (retraction): It \*was\*." in said
    assert "As PubMed had it on 2026-11-22." in said


def test_a_pmid_without_a_reference_says_how_to_get_one(home: Home) -> None:
    assert "`curate refs fetch 30587521`" in shown(home, OTHER, "pmid: 3058|7521")


@pytest.mark.parametrize(
    ("path", "marked", "parts"),
    [
        (
            PROCEDURE,
            "- horisa|wa-2019#permanent",
            ["retrospective cohort", "171 enrolled", "3 out"],
        ),
        (PROCEDURE, "- horisawa-2019#perm|anent", ["adverse event of horisawa-2019", "6 of 171"]),
        (PROCEDURE, "  - focal-hand-dys|tonia", ["condition, in review", "TSFD", "1 claim"]),
        (PROCEDURE, "- id: perma|nent-harm", ["claim of ventro-oral", "About: harm"]),
        (STUDY, "  - ventro-o|ral", ["procedure, in review", "Technique: Radiofrequency", "2 cl"]),
        (STUDY, "measure: ts|fd-scale", ["1 to 5 \\{score\\}", "higher is better"]),
        (STUDY, "within: recur|red", ["Those whose dystonia came back", "subgroup, 18 enrolled"]),
        (STUDY, "at: outcomes.score|-last", ["outcome of horisawa-2019", "mean 4.39, SD 1.07"]),
        (STUDY, "id: horisawa|-2019", ["mean 25.4, SD 32.1, range 3 to 165 mo"]),
    ],
)
def test_an_id_is_shown_with_its_title_and_key_facts(
    home: Home, path: str, marked: str, parts: list[str]
) -> None:
    said = shown(home, path, marked)
    assert said.startswith("**")
    for part in parts:
        assert part in said


def test_a_rule_in_a_waiver_is_shown_as_its_page(home: Home) -> None:
    said = shown(home, STUDY, "- rule: outcome-|without-denominator")
    assert said.startswith("### E02 outcome-without-denominator")
    assert "Bad:" in said
    assert "can be waived" in said
    home.put(STUDY, text_of(home, STUDY).replace("- rule: outcome", "- rule: outkome"), 1)
    assert hover(home, STUDY, types.Position(0, 0)) is None


@pytest.mark.parametrize(
    "marked", ["ti|tle: Unilateral", "title: Unila|teral", "design: retro|spective", "count:| 18"]
)
def test_what_names_nothing_is_silent(home: Home, marked: str) -> None:
    assert shown(home, STUDY, marked) == ""


def test_a_mention_of_what_is_not_there_is_silent(home: Home) -> None:
    text = text_of(home, PROCEDURE).replace("#permanent", "#nowhere")
    home.put(PROCEDURE, text, 1)
    assert hover(home, PROCEDURE, at(text, "#now|here")) is None
    home.put(PROCEDURE, text.replace("horisawa-2019#no", "nobody#no"), 2)
    assert (
        hover(home, PROCEDURE, at(text.replace("horisawa-2019#no", "nobody#no"), "nob|ody")) is None
    )


def test_a_record_that_is_half_typed_is_still_explained(home: Home) -> None:
    text = text_of(home, PROCEDURE).replace("target:", "target: 'oops\ntarget_:")
    home.put(PROCEDURE, text, 1)
    found = hover(home, PROCEDURE, at(text, "horisa|wa-2019#permanent"))
    assert found is not None


# Completion -----------------------------------------------------------------------------------

HEAD = "id: x\ntitle: X\nstatus: draft\n"


def test_ids_are_offered_with_their_titles(home: Home) -> None:
    text = f"{HEAD}conditions:\n  - \n"
    home.put(PROCEDURE, text, 1)
    found = completion(home, PROCEDURE, types.Position(4, 4))
    assert [(item.label, item.detail) for item in found.items] == [
        ("focal-hand-dystonia", "Task-specific focal hand dystonia"),
        ("writers-cramp", "Writer's cramp"),
    ]


@pytest.mark.parametrize(
    "typed", ["writ|", "|writ", "cramp|", "WRI|", '"wri|"', "'wri|", "wri| # x"]
)
def test_what_is_typed_is_replaced_and_nothing_else(home: Home, typed: str) -> None:
    text = f"{HEAD}conditions:\n  - {typed}\n"
    before, after = text.split("|")
    home.put(PROCEDURE, before + after, 1)
    position = types.Position(4, len(before.rpartition("\n")[2]))
    (item,) = [
        item
        for item in completion(home, PROCEDURE, position).items
        if item.label == "writers-cramp"
    ]
    assert isinstance(item.text_edit, types.TextEdit)
    written = edited(before + after, [item.text_edit])
    line = written.split("\n")[4]
    kept = '  - "writers-cramp"' if '"' in typed else "  - writers-cramp"
    assert line.replace("'", "") == kept + (" # x" if "#" in typed else "")


def test_an_id_behind_a_bare_colon_gets_its_space(home: Home) -> None:
    text = f"{HEAD}parent:\n"
    home.put("records/procedures/x.yaml", text, 1)
    found = completion(home, "records/procedures/x.yaml", types.Position(3, 7))
    (item,) = found.items
    assert isinstance(item.text_edit, types.TextEdit)
    assert edited(text, [item.text_edit]) == f"{HEAD}parent: ventro-oral-thalamotomy\n"


@pytest.mark.parametrize(
    ("path", "marked", "wanted"),
    [
        (STUDY, f"{HEAD}pmid: |\n", ["30587520"]),
        (STUDY, f"{HEAD}pmid: neuro|\n", ["30587520"]),
        (STUDY, f"{HEAD}pmid: 77|\n", []),
        (PROCEDURE, f"{HEAD}claims:\n  - id: a\n    pmids:\n      - 3|\n", ["30587520"]),
        (PROCEDURE, f"{HEAD}claims:\n- id: a\n  pmids: [1, 3|]\n", ["30587520"]),
        (PROCEDURE, f"{HEAD}claims:\n- id: a\n  pmids: [30587520, |]\n", []),
        (STUDY, f"{HEAD}overlaps:\n  - |\n", ["other-2020"]),
        (STUDY, f"{HEAD}replaced_by: |\n", ["other-2020"]),
        (STUDY, f"{HEAD}outcomes:\n  - id: a\n    measure: |\n", ["tsfd-scale"]),
        (CONDITION, f"{HEAD}replaced_by: |\n", ["writers-cramp"]),
        (STUDY, f"{HEAD}title: |\n", []),
        (STUDY, f"{HEAD}# pmid: |\n", []),
        (STUDY, f"{HEAD}pmid: 1 # |\n", []),
        (STUDY, f"{HEAD}|\n", []),
        (STUDY, f"pm|id: 1\n{HEAD}", []),
    ],
)
def test_what_is_offered_depends_on_the_field(
    home: Home, path: str, marked: str, wanted: list[str]
) -> None:
    assert offered(home, path, marked) == wanted


def test_nothing_is_offered_in_prose(home: Home) -> None:
    text = f"{HEAD}note: |-\n  overlaps: x\n\n  - y\npmid: 1\n"
    home.put(STUDY, text, 1)
    for line in (4, 5, 6):
        for column in range(12):
            assert not completion(home, STUDY, types.Position(line, column)).items
    assert row_at(text.split("\n"), 7) is not None


def test_groups_of_the_same_study_are_offered(home: Home) -> None:
    text = text_of(home, STUDY).replace("    group: reoperated\n", "    group: \n")
    home.put(STUDY, text, 1)
    position = at(text, "group: |\n")
    found = completion(home, STUDY, position)
    assert [item.label for item in found.items] == ["all", "recurred", "reoperated"]
    assert found.items[1].detail == "Those whose dystonia came back"


def test_groups_are_known_while_the_record_is_broken(home: Home) -> None:
    text = text_of(home, STUDY).replace("    group: reoperated\n", "    group: 'recu\n")
    home.put(STUDY, text, 1)
    found = completion(home, STUDY, at(text, "group: 'recu|\n"))
    assert [item.label for item in found.items] == ["recurred", "reoperated"]


def test_a_comparison_may_be_with_baseline(home: Home) -> None:
    text = (
        f"{HEAD}groups:\n  - id: sham\n    label: Sham\noutcomes:\n  - effect:\n      against: |\n"
    )
    assert offered(home, STUDY, text) == ["sham", "baseline"]


def test_a_group_is_not_within_itself(home: Home) -> None:
    text = f"{HEAD}groups:\n  - id: all\n    label: A\n  - id: sub\n    within: |\n"
    assert offered(home, STUDY, text) == ["all"]


def test_results_of_the_papers_that_are_cited_come_first(home: Home) -> None:
    claim = "claims:\n  - id: a\n    pmids:\n      - 30587521\n    evidence:\n      - "
    assert offered(home, PROCEDURE, f"{HEAD}{claim}|\n") == [
        "other-2020#relief",
        "horisawa-2019#",
        "other-2020#",
    ]
    assert offered(home, PROCEDURE, f"{HEAD}{claim}horisawa-2019#re|\n") == [
        "horisawa-2019#recurrence",
        "horisawa-2019#reoperation-improved",
    ]
    assert offered(home, PROCEDURE, f"{HEAD}{claim}nobody#|\n") == []


def test_rules_that_are_broken_here_come_first_in_a_waiver(home: Home) -> None:
    text = text_of(home, STUDY).replace("    analysed: 9\n", "")
    text = text.replace('date: "2026-11-22"\n', 'date: "2026-11-22"\n  - rule: |\n')
    found = offered(home, STUDY, text)
    assert "outcome-without-denominator" in found
    assert "dangling-reference" not in found
    text = text.replace("rule: |", "rule: outcome-without-denominator\n    at: |")
    places = offered(home, STUDY, text)
    assert "outcomes.reoperation-improved" in places
    assert "groups.recurred" in places


def test_a_broken_rule_and_its_place_lead_their_lists(home: Home) -> None:
    text = text_of(home, STUDY).replace("    analysed: 9\n", "")
    home.put(STUDY, text, 1)
    position = at(text, "- rule: |outcome-without-denominator")
    first = completion(home, STUDY, position).items[0]
    assert (first.label, first.detail) == ("outcome-without-denominator", "found 1× in this record")
    position = at(text, "at: |outcomes.score-last")
    first = completion(home, STUDY, position).items[0]
    assert first.label == "outcomes.reoperation-improved"


def test_more_than_a_hundred_ids_are_offered_as_one_types_on(home: Home) -> None:
    for number in range(150):
        path = f"records/conditions/c-{number:03}.yaml"
        home.put(path, f"id: c-{number:03}\ntitle: C\nstatus: draft\n", 1)
    text = f"{HEAD}conditions:\n  - \n"
    home.put(PROCEDURE, text, 1)
    found = completion(home, PROCEDURE, types.Position(4, 4))
    assert (len(found.items), found.is_incomplete) == (100, True)
    home.put(PROCEDURE, f"{HEAD}conditions:\n  - c-14\n", 2)
    found = completion(home, PROCEDURE, types.Position(4, 8))
    assert (len(found.items), found.is_incomplete) == (10, False)


def test_an_item_is_explained_when_it_is_looked_at(home: Home) -> None:
    text = f"{HEAD}conditions:\n  - \n"
    home.put(PROCEDURE, text, 1)
    item = completion(home, PROCEDURE, types.Position(4, 4)).items[0]
    assert item.documentation is None
    said = resolve([home], item).documentation
    assert isinstance(said, types.MarkupContent)
    assert "condition, in review" in said.value
    assert resolve([], types.CompletionItem("x", data={"thing": [1]})).documentation is None
    assert resolve([], types.CompletionItem("x", data="x")).documentation is None
    rule = types.CompletionItem("x", data={"rule": "claim-without-pmid"})
    said = resolve([], rule).documentation
    assert isinstance(said, types.MarkupContent)
    assert "E01 claim-without-pmid" in said.value


# Outline --------------------------------------------------------------------------------------


def test_a_record_is_outlined_by_what_has_an_id(home: Home) -> None:
    (top,) = symbols(home, STUDY)
    assert top.name == "horisawa-2019"
    assert top.detail is not None
    assert top.detail.startswith("Unilateral")
    names = [child.name for child in top.children or ()]
    assert names == [
        "all",
        "recurred",
        "reoperated",
        "score-last",
        "recurrence",
        "reoperation-improved",
        "permanent",
    ]
    assert len(flat("file:///x", [top])) == 8
    for child in top.children or ():
        assert child.range.start <= child.selection_range.start
        assert child.selection_range.end <= child.range.end


def test_parts_of_a_group_stand_below_it(home: Home) -> None:
    text = f"{HEAD}groups:\n  - id: all\n    label: A\n    parts:\n      - id: b\n      - id: c\n"
    home.put(STUDY, text, 1)
    (top,) = symbols(home, STUDY)
    (group,) = top.children or ()
    assert [child.name for child in group.children or ()] == ["b", "c"]


def test_a_text_without_a_record_has_no_outline(home: Home) -> None:
    home.put(OTHER, "- 1\n- 2\n", 1)
    home.put("records/studies/new.yaml", "'", 1)
    assert symbols(home, "records/studies/new.yaml") == []
    assert symbols(home, "records/studies/unknown.yaml") == []


def test_fields_entries_and_comments_fold() -> None:
    text = "# a\n# b\nid: x\ngroups:\n- id: all\n  label: A\n- id: b\n\n"
    text += "outcomes:\n  - id: c\n    d: 1\n"
    found = [(fold.start_line, fold.end_line, fold.kind) for fold in foldings(text)]
    assert found == [
        (0, 1, types.FoldingRangeKind.Comment),
        (3, 6, None),
        (4, 5, None),
        (8, 10, None),
        (9, 10, None),
    ]
    assert len(foldings(text, 2)) == 2
    assert foldings(text.replace("\n", "\r\n")) == foldings(text)


# Over the wire --------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_an_editor_is_helped_over_the_wire(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    async with editing(root, pulling()) as editor:
        text = (root / STUDY).read_text()
        editor.open(STUDY)
        document, client = editor.document(STUDY), editor.client
        where = at(text, "pmid: 305|87520")
        found = await client.text_document_hover_async(types.HoverParams(document, where))
        assert found is not None
        assert found.range == types.Range(at(text, "pmid: |30587520"), at(text, "pmid: 30587520|"))
        listed = await client.text_document_completion_async(
            types.CompletionParams(document, where)
        )
        assert isinstance(listed, types.CompletionList)
        item = await client.completion_item_resolve_async(listed.items[0])
        # A client that reads no Markdown is sent none.
        assert isinstance(item.documentation, str)
        assert item.documentation.startswith("Safety and long-term efficacy")
        assert "Neurology 2019\nPMID 30587520" in item.documentation
        assert isinstance(found.contents, types.MarkupContent)
        assert found.contents.kind == types.MarkupKind.PlainText
        assert found.contents.value == item.documentation
        outline = await client.text_document_document_symbol_async(
            types.DocumentSymbolParams(document)
        )
        assert outline is not None
        assert outline[0].name == "horisawa-2019"
        asked = ("HORISAWA", "unilateral dystonia", "nobody")
        named = [
            await client.workspace_symbol_async(types.WorkspaceSymbolParams(word)) for word in asked
        ]
        assert [[one.name for one in found or ()] for found in named] == [
            ["horisawa-2019"],
            ["horisawa-2019"],
            [],
        ]
        assert named[0] is not None
        assert named[0][0].location.uri == editor.uri(STUDY)
        folds = await client.text_document_folding_range_async(types.FoldingRangeParams(document))
        assert folds
        said = await client.workspace_execute_command_async(
            types.ExecuteCommandParams("curate.explain", ["claim-without-pmid"])
        )
        assert said.startswith("### E01 claim-without-pmid")
        assert client.messages[0].message.startswith("E01 claim-without-pmid\n\nRequire at least")
        said = await client.workspace_execute_command_async(
            types.ExecuteCommandParams("curate.explain", ["nothing"])
        )
        assert said is None


@pytest.mark.asyncio
async def test_a_client_that_shows_pages_gets_no_message(tmp_path: Path) -> None:
    kinds = [types.MarkupKind.Markdown]
    plain = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(
            hover=types.HoverClientCapabilities(content_format=kinds)
        )
    )
    async with editing(corpus(tmp_path), plain, options={"showsPages": True}) as editor:
        said = await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams("curate.explain", ["claim-without-pmid"])
        )
        assert "Bad:" in said
        assert editor.client.messages == []
        editor.open(STUDY)
        where = at((tmp_path / STUDY).read_text(), "pmid: 305|87520")
        shown = await editor.client.text_document_hover_async(
            types.HoverParams(editor.document(STUDY), where)
        )
        assert shown is not None
        assert isinstance(shown.contents, types.MarkupContent)
        assert shown.contents.value.startswith("**Safety")
        found = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(editor.document(STUDY))
        )
        assert found is not None
        assert isinstance(found[0], types.SymbolInformation)
