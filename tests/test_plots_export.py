"""`curate export --format plots` writes every picture as SVG and PNG, the same bytes each time."""

import re
import struct
import sys
from pathlib import Path

import pytest

import plot_reader
from curate import config, source
from curate.cli.main import main
from curate.corpus import Corpus
from curate.formats.plots import EXTRA, LEFT_OUT, contract, render
from curate.formats.plots.png import painter
from curate.formats.plots.subjects import pictures
from curate.pipeline import load
from curate.refusal import Refusal
from full_corpus import corpus_of, full_values, perturbed

ROOT = Path(__file__).parent.parent
STUDIES = ("horisawa-2019", "smith-2002", "idds-as-treated-2005", "schuurman-2008", "bond-2017")


def few() -> Corpus:
    wanted = (
        "pmid-30587520",
        *(f"studies/{name}.yaml" for name in STUDIES),
        "procedures/",
        "measures/",
    )
    found = [item for item in source.find(ROOT) if any(name in item.path for name in wanted)]
    return load(found, config.load(ROOT))


def drawn(corpus: Corpus) -> dict[str, bytes]:
    return {f"{folder}/{picture.name}": picture.file() for folder, picture in pictures(corpus)}


def test_every_picture_is_an_svg_and_a_png_of_twice_its_size() -> None:
    written = {file.path: b"".join(file.chunks) for file in render(few())}
    assert "plots/studies/horisawa-2019/values-score-baseline.svg" in written
    assert "plots/studies/horisawa-2019/follow-up.png" in written
    assert "plots/studies/schuurman-2008/effects-fai-6-mo.svg" in written
    assert "plots/procedures/intrathecal-drug-delivery/shares-clinical-success-at-4-weeks.svg" in (
        written
    )
    for path, data in written.items():
        if path.endswith(".svg"):
            root = plot_reader.read(data.decode())
            png = written[path.removesuffix("svg") + "png"]
            assert png.startswith(b"\x89PNG\r\n\x1a\n")
            width, height = struct.unpack(">II", png[16:24])
            assert width == 2 * float(root.attrib["width"])
            assert abs(height - 2 * float(root.attrib["height"])) <= 2


@pytest.mark.parametrize("figure", ["plot-line", "plot-spread", "plot-hollow", "plot-null"])
def test_every_sort_of_mark_is_painted(figure: str) -> None:
    paint = painter()
    for data in drawn(few()).values():
        svg = data.decode()
        head, body = svg.split("</style>")
        mark = re.search(rf'<(\w+) class="[^"]*{figure}"[^>]*?(/>|>.*?</\1>)', body)
        if mark is not None:
            without = body[: mark.start()] + body[mark.end() :]
            assert paint(data) != paint(f"{head}</style>{without}".encode())
            return
    raise AssertionError(f"no picture has a {figure}")


def test_the_same_records_give_the_same_bytes() -> None:
    one, other = (
        {file.path: b"".join(file.chunks) for file in render(corpus_of(full_values()))}
        for _ in range(2)
    )
    assert one == other
    assert any(path.endswith(".png") for path in one)


def test_a_png_does_not_depend_on_the_fonts_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    corpus = corpus_of(full_values())
    first = next(file for file in render(corpus) if file.path.endswith(".png"))
    before = b"".join(first.chunks)
    monkeypatch.setenv("FONTCONFIG_PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    again = next(file for file in render(corpus) if file.path.endswith(".png"))
    assert b"".join(again.chunks) == before
    # The text is there: without fonts of its own the picture would be nearly empty.
    assert len(before) > 10_000


@pytest.mark.no_cover  # some hundred corpora that differ in one value each
def test_every_field_is_shown_or_said_to_be_left_out() -> None:
    before = drawn(corpus_of(full_values()))
    shown: set[str] = set()
    lost: set[str] = set()
    for name, values in perturbed():
        (lost if drawn(corpus_of(values)) == before else shown).add(name)
    covered = {name for name in lost if _covering(name)}
    assert lost - covered == set()
    assert {name for name in shown if _covering(name)} == set()
    assert {_covering(name) for name in covered} == LEFT_OUT.keys()


def _covering(name: str) -> str | None:
    found = [key for key in LEFT_OUT if name == key or name.startswith(f"{key}.")]
    return found[0] if found else None


def test_it_is_written_only_on_request_and_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert EXTRA == "plots"
    assert "curate[plots]" in contract()
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(Refusal, match=r"pip install 'curate\[plots\]'"):
        list(render(corpus_of(full_values())))


def test_the_command_writes_the_pictures_of_the_shipped_corpus(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["export", "--format", "plots", "--out", str(tmp_path / "slides")]) == 0
    assert "as plots" in capsys.readouterr().out
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.png")}
    assert "slides/plots/studies/horisawa-2019/values-score-baseline.png" in found


def test_a_picture_says_where_it_is_from_and_of_what_standing() -> None:
    picture = drawn(few())["studies/horisawa-2019/values-score-baseline"].decode()
    said = " ".join(plot_reader.texts(plot_reader.read(picture)))
    assert "no clinician has approved: Horisawa S et al. 2019 (PMID 30587520)." in said
