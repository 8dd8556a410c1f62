"""One mistake in a file is one finding, whatever else it would lead to."""

from pathlib import Path

import pytest

from curate.config import Config
from curate.corpus import Corpus
from curate.finding import Finding
from curate.pipeline import check, load
from curate.printable import printable
from curate.source import Source, find

CONFIG = Config(name="examples", publish=("in_review",))
GOOD = "id: {id}\ntitle: Focal hand dystonia\nstatus: in_review\n"


def _corpus(files: dict[str, str | bytes]) -> Corpus:
    return load(
        (
            Source(path, data.encode() if isinstance(data, str) else data)
            for path, data in files.items()
        ),
        CONFIG,
    )


def _findings(files: dict[str, str | bytes]) -> list[Finding]:
    return list(check(_corpus(files)).findings)


def _condition(text: str | bytes) -> list[str]:
    return [finding.name for finding in _findings({"records/conditions/a.yaml": text})]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("id: a\u200b\ntitle: b\nstatus: in_review\n", "forbidden-character"),
        ("id: a\ntitle: b\nstatus: in_review\u00ad\n", "forbidden-character"),
        ("id: a\ntitle: b\nstatus: in\x1b_review\n", "forbidden-character"),
        ('id: a\ntitle: b\nstatus: "in\\x07_review"\n', "forbidden-character"),
        ("id: a\nti\u200btle: b\nstatus: in_review\n", "forbidden-character"),
        ("id: a\nt\u0456tle: b\nstatus: in_review\n", "key-is-not-text"),
        ("id: a\non: b\nstatus: in_review\n", "key-is-not-text"),
        ("id: a\n12: b\ntitle: c\n", "key-is-not-text"),
        ("id: a\ntitle: b\nstatus: 99999999999999999999\n", "number-too-long"),
        ("id: a\ntitle: \u201cb\u201d\nstatus: in_review\n", "syntax-error"),
        ("id: a\ntitle:b\nstatus: in_review\n", "syntax-error"),
        ("id: a\ntitle: b\nsynonyms:\n  -c\n  -d\nstatus: in_review\n", "syntax-error"),
        ("", "empty-file"),
        (b"\xff\xfei\x00", "not-utf-8"),
        ("- id: a\n", "not-a-record"),
        ("id: a\ntitle: &b b\nstatus: *b\n", "alias-or-anchor"),
    ],
)
def test_a_mistake_is_said_once(text: str | bytes, name: str) -> None:
    found = [other for other in _condition(text) if other != "mixed-script"]
    assert found == [name]


def test_a_bad_file_never_stops_the_others() -> None:
    findings = _findings(
        {
            "records/conditions/a.yaml": b"\0\0\0",
            "records/conditions/b.yaml": "id: [",
            "records/conditions/c.yaml": "id: c\nid: c\ntitle: c\nstatus: in_review\n",
        }
    )
    assert {finding.path[-6] for finding in findings} == {"a", "b", "c"}


def test_a_record_too_broken_to_read_still_exists() -> None:
    corpus = _corpus({"records/conditions/a.yaml": b"\xff", "records/procedures/b.yaml": "id: ["})
    assert corpus.exists("condition", "a")
    assert corpus.exists("procedure", "b")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("records/conditions/a.yaml", "records/conditions/A.yaml"),
        ("records/conditions/\u00e9.yaml", "records/conditions/e\u0301.yaml"),
        ("records/conditions/\u00df.yaml", "records/conditions/SS.yaml"),
        ("records/conditions/a.yaml", "records/Conditions/a.yaml"),
    ],
)
def test_file_names_that_are_one_file_elsewhere_clash(one: str, two: str) -> None:
    for first, second in ((one, two), (two, one)):
        findings = _findings({first: "x", second: "x"})
        clashes = [finding for finding in findings if finding.name == "file-name-clash"]
        assert len(clashes) == 1
        assert clashes[0].path in {one, two}


def test_different_file_names_do_not_clash() -> None:
    paths = ["records/conditions/a.yaml", "records/conditions/b.yaml", "records/measures/a.yaml"]
    findings = _findings(dict.fromkeys(paths, "x"))
    assert "file-name-clash" not in {finding.name for finding in findings}


@pytest.mark.parametrize(
    ("path", "message", "help_"),
    [
        (
            "records/study/a.yaml",
            "no records of the kind `study`",
            "Did you mean `records/studies/`?",
        ),
        ("records/Studies/a.yaml", "of the kind `Studies`", "Did you mean `records/studies/`?"),
        ("records/drugs/a.yaml", "of the kind `drugs`", "Move it to one of `records/procedures/`"),
        ("records/a.yaml", "in none of the folders", "`records/studies/`"),
        ("records/studies/old/a.yaml", "a folder of its own", "Move it up to `records/studies/`."),
    ],
)
def test_a_record_in_the_wrong_folder_is_told_where_it_belongs(
    path: str, message: str, help_: str
) -> None:
    (finding,) = _findings({path: GOOD.format(id="a")})
    assert (finding.name, finding.span[:2]) == ("unexpected-file", (1, 1))
    assert message in finding.message
    assert help_ in finding.help


def test_a_path_that_is_no_text_is_reported_and_can_be_printed(tmp_path: Path) -> None:
    folder = tmp_path / "records/conditions"
    folder.mkdir(parents=True)
    (folder / "a\x1b[31m\nb\udcff.yaml").write_bytes(b"")
    (finding,) = check(load(find(tmp_path), CONFIG)).findings[:1]
    assert printable(finding.path) == r"records/conditions/a\x1b[31m\nb\xff.yaml"
    printable(finding.message).encode("utf-8")


def test_a_link_in_the_place_of_records_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "records").symlink_to(tmp_path)
    (finding,) = check(load(find(tmp_path), CONFIG)).findings
    assert (finding.path, finding.name) == ("records", "not-a-regular-file")
