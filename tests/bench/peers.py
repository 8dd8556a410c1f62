"""What else validates YAML against a schema, and how each is called on the files of a corpus."""

import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from linkml_schema import linkml_of
from timing import Run, run, together

SCHEMAS = Path(__file__).parents[2] / "schemas"
SCRIPTS = Path(sysconfig.get_path("scripts"))
Files = Mapping[str, list[Path]]


class Peer(NamedTuple):
    """A program that checks the same files, record by record; none knows cross references."""

    name: str
    check: Callable[[Path, Files], Run]
    most: int
    """More records than this would take longer than anybody waits."""


def peers(scratch: Path) -> tuple[list[Peer], list[str]]:
    """Return the programs that can be had here, and a sentence on each that cannot."""
    found, missing = [], []
    for name, most, check in (
        ("check-jsonschema", 10_000, check_jsonschema),
        ("linkml-validate", 10_000, partial(_linkml, scratch)),
    ):
        if (SCRIPTS / name).exists():
            found.append(Peer(name, check, most))
        else:
            missing.append(f"{name} is not installed.")
    ajv = _installed_ajv(scratch)
    if ajv is None:
        missing.append(
            "ajv-cli could not be had: there is no npm, or its registry does not answer."
        )
    else:
        found.append(Peer("ajv-cli", lambda folder, files: _ajv(ajv, folder, files), 100_000))
    return found, missing


def check_jsonschema(folder: Path, files: Files) -> Run:
    program = SCRIPTS / "check-jsonschema"
    return together(
        run([program, "--schemafile", SCHEMAS / f"{kind}.schema.json", *of_kind], folder)
        for kind, of_kind in files.items()
    )


def _linkml(scratch: Path, folder: Path, files: Files) -> Run:
    program = SCRIPTS / "linkml-validate"
    schemas = {kind: scratch / f"{kind}.linkml.yaml" for kind in files}
    for kind, schema in schemas.items():
        schema.write_text(linkml_of(SCHEMAS / f"{kind}.schema.json"), encoding="utf-8")
    return together(
        run([program, "--schema", schemas[kind], "--target-class", kind.title(), *of_kind], folder)
        for kind, of_kind in files.items()
    )


def _ajv(program: Path, folder: Path, files: Files) -> Run:
    call: list[str | Path] = [program, "validate", "--spec=draft2020", "--strict=false"]
    return together(
        run(
            [
                *[*call, "-s", SCHEMAS / f"{kind}.schema.json"],
                *["-d", f"{of_kind[0].parent.relative_to(folder)}/*.yaml"],
            ],
            folder,
        )
        for kind, of_kind in files.items()
    )


def _installed_ajv(scratch: Path) -> Path | None:
    """Install ajv-cli, and js-yaml, with which it reads YAML."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    call = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(scratch)]
    done = subprocess.run([*call, "ajv-cli@5", "js-yaml@4"], check=False, capture_output=True)
    program = scratch / "node_modules" / ".bin" / "ajv"
    return program if done.returncode == 0 and program.exists() else None
