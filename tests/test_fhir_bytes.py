"""The same records give the same bytes, wherever and however they are written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from curate.config import load as load_config
from curate.pipeline import load
from curate.source import find
from fhir_bundle import EXAMPLE, files

PROGRAM = """
import sys
from fhir_bundle import example, files
sys.stdout.buffer.write(b"".join(files(example()).values()))
"""


def test_the_order_of_files_does_not_matter() -> None:
    sources = list(find(EXAMPLE))
    config = load_config(EXAMPLE)
    assert files(load(sources, config)) == files(load(reversed(sources), config))


@pytest.mark.parametrize(
    "setting",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242"},
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "tr_TR.UTF-8"},
    ],
    ids=str,
)
def test_the_environment_does_not_matter(setting: dict[str, str]) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)} | setting
    call = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(call, env=environment, check=True, capture_output=True)
    assert done.stdout == b"".join(files(load(find(EXAMPLE), load_config(EXAMPLE))).values())
