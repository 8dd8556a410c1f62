"""The W3C's own checker (vnu) has no objection to the pages and the style of the records here."""

import shutil
import subprocess
from pathlib import Path

import pytest

from curate import config, source
from curate.disk.replace_folder import replace_folder
from curate.formats import load_format
from curate.manifest import Revision, assemble
from curate.pipeline import load

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def checker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the call of the checker, or skip where it cannot be had."""
    if not request.config.getoption("--npm"):
        pytest.skip("needs the npm registry; run with --npm")
    npm, java = shutil.which("npm"), shutil.which("java")
    if npm is None or java is None:
        pytest.skip("npm or Java is not installed")
    folder = tmp_path_factory.mktemp("vnu")
    options = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"]
    try:
        done = subprocess.run(
            [npm, "install", *options, "--prefix", str(folder), "vnu-jar"],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("the npm registry does not answer")
    jars = sorted(folder.rglob("vnu.jar"))
    if done.returncode or not jars:
        pytest.skip(f"npm cannot install vnu-jar: {done.stderr.strip()[-200:]}")
    return [java, "-jar", str(jars[0]), "--errors-only", "--stdout"]


def test_the_checker_of_the_w3c_has_no_objection(checker: list[str], tmp_path: Path) -> None:
    corpus = load(source.find(ROOT), config.load(ROOT))
    site = tmp_path / "site"
    replace_folder(site, assemble(corpus, [load_format("html")], Revision(None, differs=None)))
    pages = sorted(map(str, site.rglob("*.html")))
    assert len(pages) > 100
    for call in ([*checker, *pages], [*checker, "--css", str(site / "html/style.css")]):
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")
    broken = tmp_path / "broken.html"
    broken.write_text("<!doctype html><title>x</title><p><b></p>")
    done = subprocess.run([*checker, str(broken)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
