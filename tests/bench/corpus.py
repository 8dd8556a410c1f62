"""Write a corpus of any size: studies with outcomes and harms, and what they refer to.

The same size gives the same bytes. One record in ten is a procedure with claims on the nine
studies before it, so that cross references are as dense as in a real corpus.
"""

from collections.abc import Iterator
from pathlib import Path

STUDIES_A_PROCEDURE = 9
OUTCOMES = 6
WORDS = (
    "people whose tremor did not respond to drugs were treated on one side and seen again by "
    "somebody who did not know what had been done to them"
)


def write(folder: Path, size: int) -> dict[str, list[Path]]:
    """Write `size` records below `folder`; return their files by kind."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "curate.toml").write_text('[corpus]\nname = "bench"\npublish = ["in_review"]\n')
    written: dict[str, list[Path]] = {}
    for kind, plural, identity, text in _records(size):
        path = folder / "records" / plural / f"{identity}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.setdefault(kind, []).append(path)
    return written


def _records(size: int) -> Iterator[tuple[str, str, str, str]]:
    studies: list[int] = []
    for number in range(size):
        if len(studies) == STUDIES_A_PROCEDURE or number == size - 1:
            identity = f"procedure-{number:06}"
            yield "procedure", "procedures", identity, _procedure(identity, studies)
            studies = []
        else:
            studies.append(number)
            identity = f"study-{number:06}"
            yield "study", "studies", identity, _study(identity, number)


def _study(identity: str, number: int) -> str:
    enrolled = 20 + number % 80
    lines = [
        f"id: {identity}",
        f"title: A cohort of {enrolled} people, number {number}",
        "status: in_review",
        f"pmid: {10_000_000 + number}",
        "design: prospective-cohort",
        f"population: {WORDS}",
        "follow_up:",
        "  mean: 25.40",
        "  sd: 3.1",
        "  min: 12",
        "  max: 36",
        "  unit: mo",
        "groups:",
        "  - id: all",
        "    label: All who were treated",
        "    role: cohort",
        f"    enrolled: {enrolled}",
        "outcomes:",
    ]
    for outcome in range(OUTCOMES):
        lines += [
            f"  - id: outcome-{outcome}",
            f"    title: {WORDS}",
            "    group: all",
            f"    follow_up: {outcome + 1} mo",
            f"    analysed: {enrolled - outcome}",
            f"    count: {(number + outcome) % (enrolled - outcome)}",
            f"    note: {WORDS}, {WORDS}",
        ]
    lines += [
        "adverse_events:",
        "  - id: any-harm",
        "    title: Any harm that lasted",
        "    group: all",
        "    follow_up: study",
        f"    analysed: {enrolled}",
        f"    count: {number % 5}",
        "adverse_events_reported: with-counts",
    ]
    return "\n".join(lines) + "\n"


def _procedure(identity: str, studies: list[int]) -> str:
    lines = [f"id: {identity}", f"title: Procedure {identity}", "status: in_review"]
    if studies:
        lines.append("claims:")
    for number in studies:
        lines += [
            f"  - id: claim-{number}",
            f"    about: {'harm' if number == studies[-1] else 'benefit'}",
            f"    text: {WORDS}",
            "    pmids:",
            f"      - {10_000_000 + number}",
            "    evidence:",
            f"      - study-{number:06}#outcome-1",
        ]
    return "\n".join(lines) + "\n"
