"""What a new schema does to the readers of an old one is said, and the version follows from it."""

import copy
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from called import called
from curate.compatibility import compare, find_earlier, judge
from curate.formats.json import render
from curate.formats.json.layout import SCHEMA_VERSION
from curate.formats.json.schema import export_schema
from curate.refusal import Refusal
from full_corpus import corpus_of, full_values
from golden import Golden

RELEASED = Path(__file__).parent / "golden/released"
MAJOR, MINOR = map(int, SCHEMA_VERSION.split("."))
NEXT_MINOR, NEXT_MAJOR = f"{MAJOR}.{MINOR + 1}", f"{MAJOR + 1}.0"
PEOPLE_READ = {"description", "title", "examples", "$schema"}


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    schema = copy.deepcopy(export_schema())
    change(schema)
    return schema


def of(schema: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"][name]
    return found


def rename(schema: dict[str, Any], name: str, old: str, new: str) -> None:
    fields = of(schema, name)["properties"]
    fields[new] = fields.pop(old)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda schema: of(schema, "Outcome")["properties"].pop("available"),
            "`Outcome.available` is gone.",
        ),
        (
            lambda schema: rename(schema, "Outcome", "analysed", "analyzed"),
            "`Outcome.analysed` is gone. It may be called `analyzed` now.",
        ),
        (
            lambda schema: rename(schema, "Conduct", "end", "until"),
            "`Conduct.end` is gone. It may be called `until` now.",
        ),
        (
            lambda schema: of(schema, "Claim")["required"].remove("text"),
            "`Claim.text` may now be absent.",
        ),
        (
            lambda schema: of(schema, "Claim")["required"].append("pmids"),
            "`Claim.pmids` must now be there, and earlier exports may lack it.",
        ),
        (
            lambda schema: of(schema, "Outcome")["properties"]["count"].update(type="number"),
            "`Outcome.count` may now have decimals.",
        ),
        (
            lambda schema: of(schema, "Outcome")["properties"]["mean"].update(type="integer"),
            "`Outcome.mean` can no longer have decimals.",
        ),
        (
            lambda schema: of(schema, "Outcome")["properties"]["p"]["anyOf"].pop(0),
            "`Outcome.p` can no longer be a number.",
        ),
        (
            lambda schema: of(schema, "Claim")["properties"]["about"]["enum"].append("cost"),
            "`Claim.about` may now be `cost`.",
        ),
        (
            lambda schema: of(schema, "Claim")["properties"]["about"]["enum"].remove("harm"),
            "`Claim.about` can no longer be `harm`.",
        ),
        (
            lambda schema: of(schema, "Claim")["properties"]["about"].pop("enum"),
            "`Claim.about` takes any value now.",
        ),
        (
            lambda schema: of(schema, "study")["properties"]["doi"].update(maxLength=20),
            "`study.doi` takes less than before: maxLength was 300, and is 20.",
        ),
        (
            lambda schema: of(schema, "study")["properties"]["doi"].pop("maxLength"),
            "`study.doi` takes more than before: maxLength was 300, and is none.",
        ),
        (
            lambda schema: of(schema, "study")["properties"]["doi"].update(pattern="^10$"),
            "`study.doi` is a text of another form now.",
        ),
        (
            lambda schema: of(schema, "study")["properties"]["doi"].update(format="uri"),
            "`study.doi` has other rules now (format).",
        ),
        (
            lambda schema: of(schema, "Claim").update(additionalProperties=True),
            "`Claim` allows other fields than those that are listed, or no longer.",
        ),
    ],
)
def test_what_breaks_a_reader_is_named(change: Callable[[Any], Any], said: str) -> None:
    found = [str(item) for item in compare(export_schema(), changed(change)) if item.breaks]
    assert found == [said]


def test_another_type_is_told_as_what_goes_and_what_comes() -> None:
    other = changed(
        lambda schema: of(schema, "Outcome")["properties"]["mean"].update(type="string")
    )
    assert [str(item) for item in compare(export_schema(), other) if item.breaks] == [
        "`Outcome.mean` can no longer be a number.",
        "`Outcome.mean` may now be a string.",
    ]


def add_optional(schema: dict[str, Any]) -> None:
    of(schema, "Claim")["properties"]["cost"] = {"type": "string"}


def add_required(schema: dict[str, Any]) -> None:
    add_optional(schema)
    of(schema, "Claim")["required"].append("cost")


def test_a_field_that_is_new_and_may_be_absent_breaks_nobody() -> None:
    (only,) = compare(export_schema(), changed(add_optional))
    assert (str(only), only.breaks) == ("`Claim.cost` is new, and may be absent.", False)


def test_a_field_that_is_new_and_must_be_there_leaves_earlier_exports_behind() -> None:
    (only,) = compare(export_schema(), changed(add_required))
    assert only.breaks


def test_words_for_people_change_nothing() -> None:
    def reword(schema: dict[str, Any]) -> None:
        schema["title"] = "another"
        of(schema, "Claim")["properties"]["text"]["description"] = "Another text."

    assert compare(export_schema(), changed(reword)) == []


def test_a_definition_of_another_name_changes_nothing() -> None:
    text = json.dumps(export_schema()).replace("$defs/Waiver", "$defs/Accepted")
    other = json.loads(text)
    other["$defs"]["Accepted"] = other["$defs"].pop("Waiver")
    other["$defs"].setdefault("Waived", other["$defs"].get("Accepted"))
    changes = [change for change in compare(export_schema(), other) if "Accepted" in change.at]
    assert changes == []


def pieces(value: Any) -> Iterator[Any]:
    """Yield every object and list of a schema in which something could be taken out."""
    if isinstance(value, dict | list):
        # One example is what people read, and the only alternative is none to choose from.
        if not (isinstance(value, list) and len(value) == 1):
            yield value
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            if key not in {"schema_version", "examples"}:
                yield from pieces(child)


@pytest.mark.no_cover  # a thousand schemas that differ in one thing each
def test_nothing_that_is_taken_out_of_the_schema_goes_unnoticed() -> None:
    """Take out every keyword and every item of every list, one at a time."""
    taken, whole, other = 0, export_schema(), copy.deepcopy(export_schema())
    for piece in [found for found in pieces(other) if found not in (other, other["$defs"])]:
        before = copy.copy(piece)
        for key in before if isinstance(before, dict) else range(len(before)):
            if key in PEOPLE_READ and isinstance(before[key], str):
                continue
            if key == "type" and {"enum", "const"} & before.keys():
                continue  # the words say it as well
            del piece[key]
            assert compare(whole, other), f"{before} without {key}"
            piece.clear()
            piece.update(before) if isinstance(piece, dict) else piece.extend(before)
            taken += 1
    assert compare(whole, other) == []
    assert taken > 500


# The version ------------------------------------------------------------------------------------


def export(folder: Path, schema: dict[str, Any] | None = None) -> Path:
    """Write the JSON export of a full corpus, as it was under a schema."""
    for artifact in render(corpus_of(full_values())):
        file = folder / artifact.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(artifact.chunks))
    if schema is not None:
        (folder / "json/export.schema.json").write_text(json.dumps(schema))
    return folder


def versioned(schema: dict[str, Any], version: str) -> dict[str, Any]:
    schema["properties"]["schema_version"]["examples"] = [version]
    return schema


@pytest.mark.parametrize(
    ("change", "follows"),
    [(lambda _: None, SCHEMA_VERSION), (add_optional, NEXT_MINOR), (add_required, NEXT_MAJOR)],
)
def test_the_version_follows_from_what_changed(
    change: Callable[[Any], Any], follows: str, tmp_path: Path
) -> None:
    old = find_earlier(export(tmp_path))
    for version in (SCHEMA_VERSION, NEXT_MINOR, NEXT_MAJOR, f"{MAJOR + 1}.1"):
        judgement = judge(old, versioned(changed(change), version))
        assert judgement.follows == follows
        assert judgement.holds == (version >= follows)


def test_the_earlier_export_is_named_by_its_folder_its_corpus_file_or_its_schema(
    tmp_path: Path,
) -> None:
    export(tmp_path)
    for path in ("", "json", "json/corpus.json", "json/export.schema.json"):
        earlier = find_earlier(tmp_path / path)
        assert earlier.schema == export_schema()
        assert earlier.corpus is not None
    (tmp_path / "json/corpus.json").unlink()
    assert find_earlier(tmp_path).corpus is None


def test_of_an_export_without_its_schema_the_corpus_file_is_held_against_todays(
    tmp_path: Path,
) -> None:
    export(tmp_path)
    (tmp_path / "json/export.schema.json").unlink()
    earlier = find_earlier(tmp_path)
    assert judge(earlier, export_schema()).misfits == []
    judgement = judge(earlier, changed(lambda schema: of(schema, "Claim")["properties"].clear()))
    assert "/records/conditions/0/data/claims/0" in judgement.misfits[0]
    assert judgement.follows == NEXT_MAJOR


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("corpus.json", "{", "is not JSON"),
        ("corpus.json", "[]", "is no JSON object"),
        ("corpus.json", "{}", "is neither the schema nor the corpus"),
        ("corpus.json", '{"schema_version": "first"}', "has no version such as 1.0"),
        ("export.schema.json", '{"$schema": "x"}', "is a schema, but not that of an export"),
    ],
)
def test_what_is_no_earlier_export_is_refused(
    name: str, text: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(Refusal, match=said):
        judge(find_earlier(tmp_path / name), export_schema())


def check(path: Path) -> subprocess.CompletedProcess[str]:
    return called(path.parent, "export", "--check-compat", path)


def test_the_command_says_what_changed_and_ends_with_1_where_the_version_must_rise(
    tmp_path: Path,
) -> None:
    old = export_schema()
    of(old, "Claim")["properties"]["gone"] = {"type": "string"}
    del of(old, "Claim")["properties"]["certainty"]
    path = export(tmp_path / "old", old)
    done = check(path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[1:] == [
        "These break a reader:",
        "  `Claim.gone` is gone.",
        "These do not:",
        "  `Claim.certainty` is new, and may be absent.",
        (
            f"schema_version {NEXT_MAJOR} follows {SCHEMA_VERSION}; this program writes "
            f"{SCHEMA_VERSION}, and must be {NEXT_MAJOR}."
        ),
    ]
    assert check(export(tmp_path / "same")).returncode == 0
    assert check(tmp_path / "nothing").returncode == 2


# The last release -------------------------------------------------------------------------------


def test_the_export_of_the_last_release_is_still_read(
    request: pytest.FixtureRequest, golden: Golden
) -> None:
    """The kept export has every field; it is replaced with a release, and only then."""
    if request.config.getoption("--update-golden"):
        for artifact in render(corpus_of(full_values())):
            if artifact.path in {"json/corpus.json", "json/export.schema.json"}:
                golden(f"released/{Path(artifact.path).name}", b"".join(artifact.chunks))
        return
    earlier = find_earlier(RELEASED)
    judgement = judge(earlier, export_schema())
    assert judgement.holds, "\n".join(judgement.lines())
    if judgement.before.split(".")[0] == SCHEMA_VERSION.split(".")[0]:
        assert jsonschema_rs.Draft202012Validator(export_schema()).is_valid(earlier.corpus)
