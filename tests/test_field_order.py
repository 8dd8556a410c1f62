"""`curate format --sort` puts fields in order, each with its comments, and changes nothing else."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.canonical import canonical, hindrances
from curate.canonical.comments import comments
from curate.cli import main
from curate.document import Document
from curate.field_order import in_order, names
from curate.kinds import FOLDERS, KINDS
from curate.skeleton import skeleton
from full_corpus import full_values, to_yaml
from untidy import records

many = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def put(text: str, kind: str = "study") -> str:
    return in_order(kind, Document("records/x/a.yaml", text.encode()))


def test_fields_come_in_the_order_of_the_schema_with_their_comments() -> None:
    before = """\
# yaml-language-server: $schema=../../schemas/study.schema.json
note: At the end. # beside
# above the status
status: draft

# above the design
# in two lines
design: cohort
title: |
  # no comment
  of mine
id: a
# at the very end
"""
    assert (
        put(before)
        == """\
# yaml-language-server: $schema=../../schemas/study.schema.json
id: a
title: |
  # no comment
  of mine
# above the status
status: draft

# above the design
# in two lines
design: cohort
note: At the end. # beside
# at the very end
"""
    )


def test_parts_in_lists_keep_their_place_and_get_their_order() -> None:
    before = """\
id: a
outcomes:
  # of the second
  - title: B
    # above the id
    id: b
    ci:
      high: 3
      level: 95 # per cent
      low: 1
    mean: 2
  - analysed: 9
    id: a
groups:
  - enrolled: 9
    parts:
      - enrolled: 4
        id: c
    id: all
"""
    assert (
        put(before)
        == """\
id: a
groups:
  - id: all
    enrolled: 9
    parts:
      - id: c
        enrolled: 4
outcomes:
  # of the second
  # above the id
  - id: b
    title: B
    mean: 2
    ci:
      level: 95 # per cent
      low: 1
      high: 3
  - id: a
    analysed: 9
"""
    )


def test_a_field_that_the_schema_does_not_know_comes_last() -> None:
    assert put("colour: red\nid: a\nwaivers: []\n") == "id: a\nwaivers: []\ncolour: red\n"


def test_codes_are_put_in_the_order_of_their_own_vocabulary() -> None:
    before = "id: a\ncodes:\n  - display: Dystonia\n    code: D004421\n    system: mesh\n"
    after = "id: a\ncodes:\n  - system: mesh\n    code: D004421\n    display: Dystonia\n"
    assert put(before, "condition") == after


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_is_in_order(kind: str) -> None:
    text = skeleton(kind, "a-b", {"pmid": 1} if kind in {"study", "reference"} else {})
    assert list(Document("x", text.encode()).value or ()) == [
        name for name in names(kind) if name in (Document("x", text.encode()).value or ())
    ]
    assert put(text, kind) == text


@pytest.mark.parametrize("path", full_values())
def test_a_full_record_in_any_order_is_put_in_one(path: str) -> None:
    kind = FOLDERS[path.split("/")[1]]
    value = full_values()[path]
    one, other = put(to_yaml(value).decode(), kind), put(to_yaml(_reversed(value)).decode(), kind)
    assert one == other
    assert Document(path, one.encode()).value == value


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _reversed(value[key]) for key in reversed(value)}
    return [_reversed(item) for item in value] if isinstance(value, list) else value


@many
@given(records(), st.sampled_from(sorted(KINDS)))
def test_sorting_loses_no_value_and_no_comment_and_is_done_once(text: str, kind: str) -> None:
    document = Document("x", text.encode("utf-8", "surrogatepass"))
    if not hindrances(document):
        after = put(text, kind)
        again = Document("x", after.encode())
        laid_out = Document("x", canonical(document).encode())
        assert again.value == laid_out.value
        said = [Counter(one.text for one in comments(each)) for each in (again, laid_out)]
        assert said[0] == said[1]
        assert put(after, kind) == after
        assert canonical(again) == after


@pytest.mark.parametrize("path", full_values())
def test_comments_anywhere_in_a_record_are_kept(path: str) -> None:
    kind = FOLDERS[path.split("/")[1]]
    value = full_values()[path]
    lines = to_yaml(_reversed(value)).decode().splitlines()

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.integers(0, len(lines)), max_size=6, unique=True), st.booleans())
    def run(places: list[int], apart: bool) -> None:  # noqa: FBT001 - hypothesis gives it so
        rows = list(lines)
        for place in sorted(places, reverse=True):
            below = rows[place] if place < len(rows) else ""
            indent = below[: len(below) - len(below.lstrip(" "))]
            rows[place:place] = [*[""] * apart, f"{indent}# about {place}"]
        text = "".join(f"{row}\n" for row in rows)
        document = Document(path, text.encode())
        assert document.value == value
        after = in_order(kind, document)
        found = comments(Document(path, after.encode()))
        assert sorted(one.text for one in found) == sorted(f"# about {place}" for place in places)
        assert Document(path, after.encode()).value == value
        assert in_order(kind, Document(path, after.encode())) == after
        bare = "".join(row for row in after.splitlines(keepends=True) if "# about" not in row)
        assert "".join(bare.split()) == "".join(
            in_order(kind, Document(path, to_yaml(value))).split()
        )

    run()


def test_fields_are_sorted_on_request_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "records/conditions/a.yaml"
    path.parent.mkdir(parents=True)
    (tmp_path / "curate.toml").write_text('[corpus]\nname = "test"\n', encoding="utf-8")
    path.write_text("title: A\nid: a\n", encoding="utf-8")
    (tmp_path / "records/stray.yaml").write_text("title: A\nid: a\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["format", "--check"]) == 0
    assert main(["format", "--check", "--sort"]) == 1
    capsys.readouterr()
    assert main(["format", "--sort"]) == 0
    assert capsys.readouterr().out == "laid out records/conditions/a.yaml\n"
    assert path.read_text(encoding="utf-8") == "id: a\ntitle: A\n"
