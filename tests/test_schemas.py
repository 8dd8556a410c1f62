"""The published schemas: fresh, valid, readable by every editor, and full of help."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from yaml import safe_load

from curate.formats.json.schema import export_schema
from curate.generate import COMMAND, derived, main
from curate.json_schema import DIALECT, schema_of
from curate.kinds import KINDS
from curate.published import schema
from linear import ambiguous

ROOT = Path(__file__).parent.parent
SCHEMAS = {kind: schema_of(model) for kind, model in KINDS.items()}
ALL = {**SCHEMAS, "export": export_schema()}
SHORTEST = 12
"""A description of fewer characters tells nobody what to write."""


def _nodes(node: Any, at: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every piece of a schema that is a schema itself, with where it stands."""
    yield at, node
    for key in ("properties", "$defs"):
        for name, inner in node.get(key, {}).items():
            yield from _nodes(inner, f"{at}/{key}/{name}")
    for key in ("anyOf", "oneOf"):
        for number, inner in enumerate(node.get(key, [])):
            yield from _nodes(inner, f"{at}/{key}/{number}")
    if isinstance(node.get("items"), dict):
        yield from _nodes(node["items"], f"{at}/items")


NODES = [(f"{kind}{at[1:]}", node) for kind in SCHEMAS for at, node in _nodes(SCHEMAS[kind])]
# A part that several kinds have is looked at once.
FIELDS = list(
    {
        json.dumps([name, field]): (f"{at}/{name}", field, schema_["$defs"])
        for kind, schema_ in SCHEMAS.items()
        for at, node in _nodes(schema_, kind)
        for name, field in node.get("properties", {}).items()
    }.values()
)


# Freshness ------------------------------------------------------------------------------------


def test_every_derived_file_is_as_it_would_be_generated() -> None:
    for path, text in derived(ROOT):
        fresh = path.is_file() and path.read_text(encoding="utf-8") == text
        assert fresh, f"{path.relative_to(ROOT)} is stale; run `{COMMAND}`"


def test_no_schema_is_left_over() -> None:
    found = {path.name for path in (ROOT / "schemas").iterdir()}
    assert found == {path.name for path, _ in derived(ROOT) if path.parent.name == "schemas"}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small corpus, in which nothing was generated yet."""
    (tmp_path / "curate.toml").write_text('[corpus]\nname = "test"\n', encoding="utf-8")
    for folder in ("records", "exports"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_checking_writes_nothing_and_names_the_command(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(checkout.rglob("*"))
    assert main(["--check"]) == 1
    assert COMMAND in capsys.readouterr().out
    assert sorted(checkout.rglob("*")) == before
    assert main([]) == 0
    assert main(["--check"]) == 0
    (checkout / "schemas" / "study.schema.json").write_text("{}", encoding="utf-8")
    assert main(["--check"]) == 1


def test_a_passage_is_written_between_its_marks_and_nothing_else_is_touched(
    checkout: Path,
) -> None:
    page = checkout / "README.md"
    page.write_text(
        "# Mine\n<!-- generated: rules -->\nstale text\n<!-- end of generated -->\nkept\n",
        encoding="utf-8",
    )
    main([])
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Mine\n<!-- generated: rules -->\n| code | name |")
    assert "| E01 | `claim-without-pmid` |" in text
    assert text.endswith("<!-- end of generated -->\nkept\n")
    assert "stale text" not in text


# The dialect ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_every_schema_passes_the_metaschema_of_2020_12(name: str) -> None:
    assert ALL[name]["$schema"] == DIALECT == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(ALL[name])


@pytest.mark.parametrize("name", ALL)
def test_every_reference_leads_to_a_definition_in_the_same_file(name: str) -> None:
    for reference in re.findall(r'"\$ref": "([^"]+)"', json.dumps(ALL[name])):
        assert reference.startswith("#/$defs/")
        assert reference.removeprefix("#/$defs/") in ALL[name]["$defs"]


KEYWORDS = {"$schema", "$ref", "$defs", "title", "type", "properties", "required", "items"} | {
    *("additionalProperties", "enum", "const", "pattern", "minLength", "maxLength", "minimum"),
    *("maximum", "exclusiveMinimum", "exclusiveMaximum", "anyOf", "oneOf", "description"),
    *("examples", "markdownDescription", "enumDescriptions", "markdownEnumDescriptions"),
    *("defaultSnippets", "patternErrorMessage", "minItems"),
}
"""What yaml-language-server reads alike in its old and new versions."""


def test_a_schema_keeps_to_what_every_editor_reads() -> None:
    for at, node in NODES:
        assert node.keys() <= KEYWORDS, at
        assert "title" not in node or at in SCHEMAS
        assert node.get("type") != "null"
        if "properties" in node:
            assert node["additionalProperties"] is False
        if "oneOf" in node:
            # Of these an editor must be able to tell which is meant: by a constant in each.
            for branch in node["oneOf"]:
                assert branch.keys() == {"$ref"}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_alternatives_are_told_apart_by_a_constant(kind: str) -> None:
    for _, node in _nodes(SCHEMAS[kind]):
        parts = [
            SCHEMAS[kind]["$defs"][branch["$ref"].rsplit("/", 1)[1]]
            for branch in node.get("oneOf", [])
        ]
        constants = [
            {value["const"] for value in part["properties"].values() if "const" in value}
            for part in parts
        ]
        assert all(constants)
        assert len(set().union(*constants)) == len(constants)


# The help -------------------------------------------------------------------------------------


def _resolved(field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    node = field.get("items", field)
    if "$ref" not in node:
        return node
    found: dict[str, Any] = definitions[node["$ref"].rsplit("/", 1)[1]]
    return found


def test_every_field_tells_the_editor_what_to_write() -> None:
    for at, field, definitions in FIELDS:
        assert len(field["description"]) >= SHORTEST, at
        assert field["description"].rstrip(")").endswith((".", "?", '"')), at
        node = _resolved(field, definitions)
        if "enum" in node:
            assert len(node["enumDescriptions"]) == len(node["enum"])
            assert node["markdownEnumDescriptions"] == node["enumDescriptions"]
            assert all(meaning.endswith(".") for meaning in node["enumDescriptions"])
        elif "properties" in node or "oneOf" in node:
            assert field["defaultSnippets"], at
        elif "const" not in node and node.get("type") != "boolean":
            examples = field.get("examples") or node.get("examples")
            assert examples, f"{at} has no example"
            assert field["markdownDescription"].startswith(field["description"])


def test_every_measured_number_says_in_which_unit_it_is() -> None:
    for at, field, _ in FIELDS:
        if field.get("type") == "number":
            assert re.search(r"\bunit\b|per cent|percentage", field["description"]), at


def test_every_example_fits_its_field() -> None:
    for at, field, definitions in FIELDS:
        node = {**field.get("items", field), "$defs": definitions}
        for example in [*field.get("examples", []), *node.get("examples", [])]:
            assert Draft202012Validator(node).is_valid(example), at
        if "markdownDescription" in field:
            (example,) = safe_load(field["markdownDescription"].split("```yaml\n")[1][:-4]).values()
            whole = {**field, "$defs": definitions}
            assert Draft202012Validator(whole).is_valid(example), at


def test_every_form_says_what_it_is() -> None:
    for at, node in NODES:
        if "pattern" in node and node["pattern"] != r"^[^\n]+$":
            assert len(node["patternErrorMessage"]) >= SHORTEST, at
            assert node["patternErrorMessage"].endswith(".")
            assert node["examples"]


def test_every_snippet_holds_what_must_be_there() -> None:
    for at, field, definitions in FIELDS:
        parts = _resolved(field, definitions)
        options = [_resolved(branch, definitions) for branch in parts.get("oneOf", [parts])]
        for snippet, part in zip(field.get("defaultSnippets", []), options, strict=False):
            assert set(part.get("required", [])) <= snippet["body"].keys(), at
            assert snippet["body"].keys() <= part["properties"].keys(), at
            places = re.findall(r"\$\{?([0-9]+)", json.dumps(snippet["body"]))
            assert len(places) == len(set(places)), at


# Patterns -------------------------------------------------------------------------------------

PATTERNS = sorted(
    {
        node["pattern"]
        for schema_ in ALL.values()
        for _, node in _nodes(schema_)
        if "pattern" in node
    }
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_means_the_same_to_every_engine(pattern: str) -> None:
    assert pattern.startswith("^")
    assert pattern.endswith("$")
    # \d, \s, \w and \b differ between engines; look-around and back-references are not everywhere.
    assert not re.search(r"\\[dDsSwWbBAZz1-9]|\(\?|\[\^(?!\\n\]|/\])", pattern)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_text_makes_a_pattern_slow(pattern: str) -> None:
    assert not ambiguous(pattern)


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^a*a*$", "^(a|a-)*a$", "^(-?[a-z]+)*$"])
def test_a_slow_pattern_would_be_noticed(pattern: str) -> None:
    assert ambiguous(pattern)


# The guide ------------------------------------------------------------------------------------


def test_the_guide_lists_every_field_and_word() -> None:
    guide = (ROOT / "schemas" / "README.md").read_text(encoding="utf-8")
    for at, field, definitions in FIELDS:
        name = at.rsplit("/", 1)[1]
        assert re.search(rf"^\| `{name}`( \*)? \|", guide, re.MULTILINE), at
        for word in _resolved(field, definitions).get("enum", []):
            assert f"- `{word}`: " in guide
    for line in guide.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 4


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_committed_schema_is_the_one_that_judges(kind: str) -> None:
    assert schema(kind) == SCHEMAS[kind]
