"""Small corpora raise exactly the findings that are marked in their files."""

from pathlib import Path

import pytest

from examples import expected, files_in, raised

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(found.parent for found in CASES.rglob("records") if found.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(CASES)))
def test_a_case_raises_exactly_what_is_marked_in_it(folder: Path) -> None:
    files = files_in(folder)
    assert files
    assert raised(files) == expected(files)
