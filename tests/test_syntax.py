"""The mistakes that people make who write records: one finding each, where they have to change it.

In each case `¦` stands before the character that the finding must point at.
"""

import pytest

from curate.document import Document

QUOTE = "double quotes"

CASES = {
    "a tab that indents": ("id: a\nclaims:\n¦\t- id: b\n", "tab", "two for each level"),
    "a tab among spaces": ("claims:\n  - id: b\n ¦\t  text: c\n", "tab", "spaces"),
    "a quote left open": ('id: a\ntitle: ¦"Foo\nstatus: draft\n', "no closing quote", "closing"),
    "a quote left open before another": (
        'id: a\ntitle: ¦"Foo\nstatus: draft\nnote: "bar"\n',
        "no closing quote before the next field",
        "Add the closing quote",
    ),
    "a single quote left open": ("id: a\ntitle: ¦'Foo\n", "no closing quote", "closing quote"),
    "a quote before a field": ('¦"id: a\ntitle: b\n', "no closing quote", "delete this one"),
    "quotes inside quotes": (
        'id: a\ntitle: "The ¦"best" option"\nstatus: draft\n',
        "ends the text",
        '\\"',
    ),
    "text behind a quoted word": ('id: a\ntitle: "Foo¦" and bar\n', "ends the text", QUOTE),
    "an apostrophe in single quotes": (
        "id: a\ntitle: 'Parkinson¦'s disease'\nstatus: draft\n",
        "apostrophe ends the text",
        QUOTE,
    ),
    "an apostrophe that starts a text": (
        "id: a\ntitle: 'Tis writer¦'s cramp\n",
        "apostrophe ends the text",
        QUOTE,
    ),
    "a colon in a title": ("id: a\ntitle: Thalamotomy¦: a review\n", "second `: `", QUOTE),
    "a colon in a list entry": ("id: a\nnames:\n  - Foo: bar¦: baz\n", "second `: `", QUOTE),
    "a PMID with its name": (
        "id: a\npmid: PMID¦: 27557301\n",
        "second `: `",
        "what follows it: `pmid: 27557301`",
    ),
    "a DOI with its name": (
        "id: a\nreferences:\n  - doi: doi¦: 10.1000/x  \n",
        "second `: `",
        "what follows it: `doi: 10.1000/x`",
    ),
    "a colon at the end of a text": ("id: a\ntext: Three matter¦:\n  one, two\n", "colon", QUOTE),
    "a colon further down a text": (
        "id: a\ntext: For all\n  who were treated¦:\n  better\n",
        "colon ends",
        QUOTE,
    ),
    "no space after the first colon": ("id:¦a\ntitle: b\n", "no space", "plain space"),
    "no space after the only colon": ("id:¦a\n", "no space", "plain space"),
    "no space after a colon": ("id: a\ntitle:¦b\nstatus: draft\n", "no space", "plain space"),
    "no space after the last colon": ("id: a\ntitle:¦b\n", "no space", "plain space"),
    "no space after a colon in an entry": (
        "claims:\n  - id:¦a\n    text: b\n",
        "no space",
        "plain space",
    ),
    "no space after a colon below": (
        "claims:\n  - id: a\n    text:¦b\n    about: c\n",
        "no space",
        "plain space",
    ),
    "no space after any colon": ("claims:\n  - id:¦a\n    text:b\n", "no space", "plain space"),
    "a no-break space after a colon": ("id:¦\u00a0a\ntitle: b\n", "no-break space", "plain space"),
    "a wide colon": ("id¦\uff1aa\ntitle: b\n", "is no colon", "Type `: `"),
    "an equals sign": ("id: a\ntitle ¦= b\nstatus: draft\n", "is no colon", "Type `: `"),
    "no space after dashes": ("id: a\npmids:\n  ¦-1\n  -2\n", "dash", "Write `- `"),
    "no space after dashes at the edge": ("id: a\npmids:\n¦-1\n-2\n", "dash", "Write `- `"),
    "no space after the second dash": ("a:\n  - b\n  ¦-c\n", "no space after this dash", "`- `"),
    "no space after the first dash": ("a:\n  ¦-1\n  - 2\n", "no space after this dash", "`- `"),
    "no space after a claim's dash": (
        "claims:\n  ¦-id: b\n   text: c\n",
        "no space after this dash",
        "`- `",
    ),
    "a deeper dash without a space": ("a:\n  - b\n    ¦-c\n", "no space after this dash", "`- `"),
    "bullets": ("pmids:\n  ¦\u2022 1\n  \u2022 2\n", "starts with `-`", "Write `- `"),
    "asterisks for dashes": ("pmids:\n  ¦* 1\n  * 2\n", "starts with `-`", "Write `- `"),
    "en dashes for dashes": ("pmids:\n  ¦\u2013 1\n  \u2013 2\n", "starts with `-`", "Write `- `"),
    "a text starting with %": ("text: ¦%16.4 of all\n", "start with `%`", QUOTE),
    "a line starting with %": ("id: a\n¦%16.4 of all\n", "YAML directive", QUOTE),
    "a text starting with @": ("text: ¦@home\n", "start with `@`", QUOTE),
    "a text starting with a backtick": ("text: ¦`code`\n", "a backtick", QUOTE),
    "a text starting with * and a space": ("text: ¦* significant\n", "YAML alias", QUOTE),
    "a text in bold": ("text: ¦**bold** word\n", "YAML alias", QUOTE),
    "a text starting with & and a space": ("text: ¦& others\n", "YAML anchor", QUOTE),
    "a text starting with [": ("text: ¦[note] pain went\nid: a\n", "starts with `[`", QUOTE),
    "a [ left open": ("id: a\ntext: ¦[note\nstatus: draft\n", "not closed", "closing `]`"),
    "a text starting with {": ("text: ¦{score} points\nid: a\n", "starts with `{`", QUOTE),
    "a { left open": ("id: a\ntext: ¦{score\nstatus: draft\n", "not closed", "closing `}`"),
    "a file that ends in brackets": ("¦[", "not closed", "closing `]`"),
    "a text starting with > and a space": ("text: ¦> 50 people\nid: a\n", "starts with `>`", QUOTE),
    "a text starting with >": ("text: ¦>50 people\nid: a\n", "starts with `>`", QUOTE),
    "a text starting with |": ("text: ¦| foo\nid: a\n", "starts with `|`", QUOTE),
    "a text starting with a comma": ("text: ¦, foo\n", "start with `,`", QUOTE),
    "a text starting with ? and a space": ("text: ¦? foo\n", "start with `?`", QUOTE),
    "a text starting with - and a space": (
        "text: ¦- foo\nid: a\n",
        "line of its field",
        "next line",
    ),
    "curly quotes": ("title: ¦\u201cFoo bar\u201d\nid: a\n", "Curly quotes", "straight quotes"),
    "curly quotes and a colon": ("title: ¦\u201cFoo: b\u201d\n", "Curly quotes", "straight quotes"),
    "low curly quotes": ("title: ¦\u201eFoo\u201c\n", "Curly quotes", "straight quotes"),
    "curly single quotes": ("- ¦\u2018Foo\u2019\n", "Curly quotes", "straight quotes"),
    "a field too far right": ("id: a\n  ¦title: b\nstatus: draft\n", "indented deeper", "Align"),
    "a field too far right in a part": (
        "claims:\n  - id: b\n     ¦text: c\n",
        "indented deeper",
        "Align",
    ),
    "fields under a text": ("id: a\ntitle: foo\n  ¦x: bar\n", "indented deeper", "in line 2"),
    "a field too far left": ("claims:\n  - id: b\n   ¦text: c\n", "does not fit", "Align"),
    "an entry too far left": ("a:\n    - id: b\n  ¦- id: c\n", "list entry is aligned", "dashes"),
    "an entry too far right": ("a:\n  - id: b\n    ¦- id: c\n", "list entry is aligned", "dashes"),
    "the first field indented": ("¦ id: a\ntitle: b\n", "first field is indented", "Delete"),
    "a slip inside a field's name": (
        "year: 2020\n  s'tatus¦: b\n",
        "makes a field of this line",
        "align it",
    ),
    "a list under a text": (
        "title: foo\n  ¦- bar\n  - baz\nid: a\n",
        "has a text already",
        "Delete the text",
    ),
    "a list beside a text": ("id: a\ntitle: foo\n¦- bar\n", "has a text already", "Delete"),
    "prose at the left edge": (
        "id: a\ntext: For all patients\n¦who were treated\nstatus: draft\n",
        "no field",
        "indent it",
    ),
    "prose at the left edge at the end": (
        "text: For all\n¦who were treated\n",
        "no field",
        "indent",
    ),
    "a block that is not indented": ("text: |\n¦foo bar\nstatus: draft\n", "no field", "indent it"),
    "a field without a colon": (
        "id: a\n¦status\ntitle: c\n",
        "without a colon",
        "Write `status: `",
    ),
    "a comment inside a text": (
        "id: a\ntext: Patient ¦#3 of\n  nine improved\nstatus: draft\n",
        "ends before this #",
        QUOTE,
    ),
    "a text behind the record": ("id: a\n...\n¦more\n", "ended above", "`...`"),
    "an unfinished merge": (
        "id: a\n¦<<<<<<< HEAD\ntitle: b\n=======\ntitle: c\n>>>>>>> other\n",
        "unfinished merge",
        "Keep the version",
    ),
    "a Windows path in quotes": ('id: a\npath: "C:¦\\data"\n', "backslash", "two backslashes"),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["", "on Windows"])
def test_a_mistake_is_one_finding_at_its_place_with_the_right_help(
    name: str, line_end: str
) -> None:
    marked, message, help_ = CASES[name]
    before = marked.split("¦")[0]
    data = marked.replace("¦", "").replace("\n", line_end).encode()
    document = Document("x.yaml", data)
    faults = [fault for fault in document.faults if fault.name != "line-ending"]
    assert [fault.name for fault in faults] == ["syntax-error"]
    span = document.span(faults[0].where)
    assert (span.line, span.column) == (before.count("\n") + 1, len(before.split("\n")[-1]) + 1)
    assert span.end_line == span.line
    assert message in faults[0].message
    assert help_ in faults[0].help
    assert document.value is None


@pytest.mark.parametrize(
    ("text", "name", "column"),
    [
        ("text: *p < 0.05\n", "alias-or-anchor", 7),
        ("text: &c others\n", "alias-or-anchor", 7),
        ("text: !important thing\n", "tag-or-directive", 7),
        ("text: ! important\n", "tag-or-directive", 7),
        ("%YAML 1.1\n---\nid: a\n", "tag-or-directive", 1),
        ("\u00a0\u00a0id: a\n", "key-is-not-text", 1),
    ],
)
def test_a_text_that_looks_like_yaml_is_told_to_be_quoted(
    text: str, name: str, column: int
) -> None:
    document = Document("x.yaml", text.encode())
    assert [fault.name for fault in document.faults] == [name]
    span = document.span(document.faults[0].where)
    assert (span.line, span.column, span.end_line) == (1, column, 1)
    assert document.value is None


@pytest.mark.parametrize(
    "text",
    [
        "title: Writer's cramp\n",
        'title: The "best" option\n',
        "title: p <.001 and >= 50 %\n",
        "title: TNF\u03b1, 5 \u00b5g, \u00b13, 3\u20135\n",
        "title: He said \u201cno\u201d and left\n",
        "title: the 5\u2032 end; 10:1 ratio of a:b\n",
        "title: a long text\n  that goes on -5 points\n  and on\n",
        "title: https://doi.org/10.1212/WNL.0000000000006818\n",
        "names:\n  - https://example.org\n  - a-b\n",
        "names:\n  - a text that\n    goes on\n",
        'text: "- in quotes\n  - all goes"\n',
        "text: |\n  - a list: of\n  -things in a block\n",
        "id:\ta\n",
        "count: 7  # of nine\n",
        "id: a # the first\n",
        "follow_up: 12 mo # as printed\n",
        "? id\n: a\n",
        "--- # yaml\nid: a\n...\n",
        "{id: a}\n",
        "text: >-\n  folded\n  text\n",
        "# =======\nid: a\n",
        "text: a | b & c * d ! e % f @ g\n",
    ],
)
def test_what_is_well_written_passes_in_silence(text: str) -> None:
    document = Document("x.yaml", text.encode())
    assert document.faults == ()
    assert document.value is not None
