"""Find the published JSON Schemas, which judge every record."""

import json
from functools import cache
from pathlib import Path
from typing import Any


def schemas_folder() -> Path:
    """Return the folder of the published schemas: beside the program, or in its checkout."""
    installed = Path(__file__).parent / "schemas"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "schemas"


@cache
def schema(name: str) -> dict[str, Any]:
    """Return the published schema of this name, such as "study"."""
    path = schemas_folder() / f"{name}.schema.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
