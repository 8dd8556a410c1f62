"""HL7's own FHIRPath of each invariant of R5, run by NLM's fhirpath.js: a second opinion on ours.

Run with --npm: the definitions (hl7.fhir.r5.core) and the library come from npm's registry.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from broken_bundles import ALL, broken
from curate.formats.fhir.conformance import problems
from curate.formats.fhir.conformance.definitions import definitions
from curate.json_text import encode
from fhir_bundle import files, read, shipped
from full_corpus import corpus_of, full_values
from test_fhir_conformance import good

SCRIPT = Path(__file__).with_name("fhir_invariants.mjs")
PACKAGES = ["fhirpath@4.11.0", "hl7.fhir.r5.core@5.0.0"]

# The library has no htmlChecks() and no bounds of a Quantity, and cannot read exp-2's pattern.
UNSUPPORTED = {"txt-1", "txt-2", "rng-2", "exp-2"}
# Here we are stricter: R5's text compares all methods of a history with one, which is never equal.
MILDER = {"bdl-14"}


@pytest.fixture(scope="module")
def npm(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the library and the definitions are installed, or skip."""
    if not request.config.getoption("--npm"):
        pytest.skip("needs the npm registry; run with --npm")
    program = shutil.which("npm")
    if program is None or shutil.which("node") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("fhirpath")
    options = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"]
    try:
        done = subprocess.run(
            [program, "install", *options, "--prefix", str(folder), *PACKAGES],
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("the npm registry does not answer")
    if done.returncode:
        pytest.skip(f"npm cannot install them: {done.stderr.strip()[-200:]}")
    return folder


def judged(folder: Path, bundles: list[bytes]) -> Any:
    """Return for each bundle which invariants fail and how often each was held, and what lacks."""
    path = folder / "bundles.json"
    path.write_bytes(b"[" + b",".join(bundles) + b"]")
    done = subprocess.run(
        ["node", str(SCRIPT), str(path)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_bundle_of_the_shipped_corpus_holds_hl7s_invariants(npm: Path) -> None:
    exported = files(shipped()) | {"full": files(corpus_of(full_values()))["fhir/bundle.json"]}
    found = judged(npm, list(exported.values()))
    assert set(found["unsupported"]) <= UNSUPPORTED, found["unsupported"]
    held: set[str] = set()
    for path, one in zip(exported, found["judged"], strict=True):
        assert one["failed"] == {}, path
        held |= set(one["held"])
    assert len(held) > 35


def test_what_hl7_refuses_we_refuse_for_the_same_invariant(npm: Path) -> None:
    bundles = [encode(broken(good(one.kind), one)) for one in ALL]
    found = judged(npm, bundles)
    refused, milder = 0, set()
    for one, bundle, by_hl7 in zip(ALL, bundles, found["judged"], strict=True):
        keys = set(by_hl7["failed"])
        assert not keys or problems(read(bundle)), (one, keys)
        refused += bool(keys)
        if one.reason in set(definitions().meanings) - UNSUPPORTED and one.reason not in keys:
            milder.add(one.reason)
    assert refused > 70
    assert milder == MILDER
