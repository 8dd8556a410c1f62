"""`curate.toml` is read strictly, and every mistake in it is one sentence."""

from pathlib import Path

import pytest

from curate.config import Config, find_root, load
from curate.refusal import Refusal


def corpus(folder: Path, text: str) -> Path:
    (folder / "curate.toml").write_text(text, encoding="utf-8")
    return folder


def test_what_is_left_out_has_a_default_that_publishes_only_what_was_approved(
    tmp_path: Path,
) -> None:
    config = load(corpus(tmp_path, '[corpus]\nname = "pain"\n'))
    assert config == Config(name="pain")
    assert config.publish == ("approved",)


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """
        [corpus]
        name = "pain"
        title = "Pain"
        version = "2.0.1"
        schema = 1
        publisher = "Us"
        license = "CC0-1.0"
        base_url = "https://example.org/fhir/"
        publish = ["in_review"]
        email = "editor@example.org"
        require_references = true
        max_reference_age = "12 mo"
        tidy = false
        baseline = "known.json"
    """
    read = load(corpus(tmp_path, text))
    defaults = Config._field_defaults
    assert [name for name in defaults if getattr(read, name) == defaults[name]] == ["schema"]
    assert read == Config(
        name="pain",
        title="Pain",
        version="2.0.1",
        schema=1,
        publisher="Us",
        license="CC0-1.0",
        base_url="https://example.org/fhir",
        publish=("in_review",),
        email="editor@example.org",
        require_references=True,
        max_reference_age="12 mo",
        tidy=False,
        baseline="known.json",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[corpus]\n", "`name` is missing"),
        ('[corpus]\nname = "x"\npublsh = []\n', "Did you mean `publish`?"),
        ('[corpsu]\nname = "x"\n', "Did you mean `corpus`?"),
        ('corpus = "x"\n', "must be a table"),
        ('[corpus]\nname = "x"\npublish = ["draft"]\n', "`publish` is a list of"),
        ('[corpus]\nname = "x"\npublish = "approved"\n', "`publish` is a list of"),
        ('[corpus]\nname = "x"\nschema = "1"\n', "`schema` must be a whole number"),
        ('[corpus]\nname = "x"\nschema = true\n', "`schema` must be a whole number"),
        ('[corpus]\nname = "x"\nschema = 2\n', "install a newer curate"),
        ("[corpus]\nname = 3\n", "`name` must be a text"),
        ('[corpus]\nname = "x"\nbase_url = "ftp://x"\n', "`base_url` must start with https://"),
        ('[corpus]\nname = "x"\nrequire_references = "yes"\n', "must be true or false"),
        ('[corpus]\nname = "x"\nmax_reference_age = "a year"\n', "such as `12 mo`"),
        ("[corpus\n", "is not TOML"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_file(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        load(corpus(tmp_path, text))
    assert sentence in str(refused.value)
    assert str(tmp_path / "curate.toml") in str(refused.value)


def test_a_byte_order_mark_as_windows_writes_it_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "curate.toml").write_bytes(b'\xef\xbb\xbf[corpus]\nname = "pain"\n')
    assert load(tmp_path).name == "pain"


def test_a_file_in_another_encoding_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "curate.toml").write_bytes(b'[corpus]\nname = "\xe9"\n')
    with pytest.raises(Refusal, match="is not TOML"):
        load(tmp_path)


def test_the_root_is_the_nearest_folder_above_that_has_a_curate_toml(tmp_path: Path) -> None:
    corpus(tmp_path, "")
    deep = tmp_path / "records" / "studies"
    deep.mkdir(parents=True)
    assert find_root(deep) == tmp_path


def test_no_curate_toml_anywhere_is_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="curate init"):
        find_root(tmp_path)


def test_a_folder_in_place_of_curate_toml_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "curate.toml").mkdir()
    with pytest.raises(Refusal, match="cannot be read"):
        load(tmp_path)
