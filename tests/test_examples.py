"""Marked YAML is read as its authors write it."""

from pathlib import Path

from examples import Mark, blocks, expected, files_in, files_of, marked

TWO_FILES = """\
# records/conditions/a.yaml
id: a
#   ^ first-rule
title: A
#< second-rule
#   ^ third-rule
# records/conditions/b.yaml -> a.yaml
#< fourth-rule
"""


def test_markers_point_at_the_line_above_and_are_taken_out() -> None:
    one, other = files_of(TWO_FILES)
    assert one.data == b"id: a\ntitle: A\n"
    assert other.link == "a.yaml"
    assert expected([one, other]) == [
        Mark("records/conditions/a.yaml", 1, 5, "first-rule"),
        Mark("records/conditions/a.yaml", 2, 1, "second-rule"),
        Mark("records/conditions/a.yaml", 2, 5, "third-rule"),
        Mark("records/conditions/b.yaml", 1, 1, "fourth-rule"),
    ]


def test_a_comment_that_is_no_marker_stays() -> None:
    (file,) = files_of("# records/conditions/a.yaml\n# see ^ above\nid: a\n")
    assert file.data == b"# see ^ above\nid: a\n"


def test_what_cannot_be_seen_is_written_by_its_code() -> None:
    (file,) = files_of(
        "# records/conditions/a.yaml\nid: ⟨U+202E⟩a⟨0xFF⟩ b⟨U+000D⟩\n#           ^ odd\nx⟨EOF⟩\n"
    )
    assert file.data == "id: \u202ea".encode() + b"\xff b\r\nx"
    assert [mark.column for mark in file.marks] == [6]


def test_what_is_marked_can_be_written_back() -> None:
    file = files_of(TWO_FILES)[0]
    again = file._replace(marked=marked(file, file.marks))
    assert again.data == file.data
    assert again.marks == file.marks


def test_only_the_blocks_below_the_heading_are_taken() -> None:
    doc = "Say.\n\nBad:\n\n```yaml\none\n```\n\n```yaml\ntwo\n```\n\nGood:\n\n```yaml\nthree\n```"
    assert blocks(doc, "Bad:") == ["one\n", "two\n"]
    assert blocks(doc, "Good:") == ["three\n"]


def test_a_folder_is_read_with_its_paths(tmp_path: Path) -> None:
    path = tmp_path / "records" / "conditions" / "a.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("id: a\n#   ^ first-rule\n")
    (file,) = files_in(tmp_path)
    assert file.path == "records/conditions/a.yaml"
    assert file.marks == [Mark(file.path, 1, 5, "first-rule")]
