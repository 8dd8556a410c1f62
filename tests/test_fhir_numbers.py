"""Every number of every record leaves for FHIR with the digits that it is printed with."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from curate.config import load as load_config
from curate.corpus import Corpus
from curate.document import number_text
from curate.finding import Where, pointer
from curate.pipeline import load
from curate.source import find
from fhir_bundle import example, objects, read, written
from full_corpus import corpus_of, full_values

ROOT = Path(__file__).parent.parent
# FHIR has these as fractions: 95 % is 0.95.
AS_FRACTION = {"level"}


def shipped() -> Corpus:
    return load(find(ROOT), load_config(ROOT))


def numbers(value: Any, where: Where = ()) -> list[tuple[Where, int | Decimal | str]]:
    """Return the numbers of a record's value, and the p-values, with their places."""
    if isinstance(value, bool):
        return []
    if isinstance(value, int | Decimal):
        return [(where, value)]
    if isinstance(value, str):
        is_p = where[-1:] == ("p",) or re.fullmatch(r"[0-9.]+ (min|h|d|wk|mo|a)", value)
        return [(where, value)] if is_p else []
    items = value.items() if isinstance(value, dict) else enumerate(value or ())
    return [found for step, item in items for found in numbers(item, (*where, step))]


def said(resource: Any) -> set[str]:
    """Return every number that a resource has, alone or in a text, digit for digit."""
    found: set[str] = set()
    for one in objects({**resource, "text": None}):
        for item in one.values():
            for leaf in item if isinstance(item, list) else [item]:
                if isinstance(leaf, str):
                    found |= set(re.findall(r"\d+(?:\.\d+)?", leaf))
                elif isinstance(leaf, int | Decimal) and not isinstance(leaf, bool):
                    found.add(number_text(leaf).lstrip("-"))
    return found


@pytest.mark.parametrize(
    "made",
    [shipped, example, lambda: corpus_of(full_values())],
    ids=["shipped", "example", "full"],
)
def test_every_number_of_every_record_is_in_a_resource_of_that_record(
    made: Callable[[], Corpus],
) -> None:
    corpus = made()
    by_record: dict[str, set[str]] = {}
    for entry in read(written(corpus))["entry"]:
        resource = entry["resource"]
        path = resource["identifier"][1]["value"].partition(":")[0]
        by_record[path] = by_record.get(path, set()) | said(resource)
    cited = set().union(*by_record.values())
    lost, count = [], 0
    for record in corpus.published():
        for where, number in numbers(record.document.value):
            text = number if isinstance(number, str) else number_text(number)
            digits = re.findall(r"\d+(?:\.\d+)?", text)
            count += 1
            if where[-1] in AS_FRACTION:
                digits = [number_text(Decimal(digits[0]).scaleb(-2))]
            # A PMID is in the Citation, which may come from another record.
            known = cited if "pmid" in str(where) else by_record[record.path]
            if not known.issuperset(digits):
                lost.append(f"{record.path}#{pointer(where)}: {text}")
    assert lost == []
    assert count > 50


def test_a_p_value_keeps_its_comparator_and_its_digits() -> None:
    found: dict[str, set[str]] = {}
    corpus = shipped()
    for entry in read(written(corpus))["entry"]:
        resource = entry["resource"]
        name = resource["identifier"][1]["value"].partition(":")[0]
        for estimate in objects(resource):
            quantity = estimate.get("quantity")
            if isinstance(quantity, dict) and _is_p(estimate):
                text = quantity.get("comparator", "") + number_text(quantity["value"])
                found.setdefault(name, set()).add(text)
    count = 0
    for record in corpus.published():
        for where, number in numbers(record.document.value):
            if where[-1] == "p":
                count += 1
                text = number if isinstance(number, str) else number_text(number)
                assert text in found[record.path], (record.path, where)
    assert count > 2


def _is_p(estimate: dict[str, Any]) -> bool:
    coding = estimate.get("type", {})
    return isinstance(coding, dict) and "P-value" in str(coding)
