"""No field of a record is lost on the way into FHIR."""

from collections.abc import Callable
from typing import Any

import pytest

from curate.corpus import Corpus
from curate.formats import load_format
from curate.formats.fhir.conformance import NotConformant
from curate.kinds import KINDS
from fhir_bundle import resources, written
from full_corpus import corpus_of, full_values, perturbed

LEFT_OUT = set(load_format("fhir").left_out)
# R5 has no element for it: it is shown, and the contract says so.
SHOWN_ONLY = {f"{kind}.review.next" for kind in KINDS}


def elements(corpus: Corpus) -> Any:
    """Return all resources without what they show to readers."""
    return [{**resource, "text": None} for resource in resources(corpus).values()]


@pytest.mark.parametrize(
    ("export", "without"), [(written, LEFT_OUT), (elements, LEFT_OUT | SHOWN_ONLY)]
)
def test_a_change_of_any_leaf_of_any_record_changes_what_is_exported(
    export: Callable[[Corpus], Any], without: set[str]
) -> None:
    before = export(corpus_of(full_values()))
    lost = set()
    for field, values in perturbed():
        corpus = corpus_of(values)
        assert all(entry.record is not None for entry in corpus.entries), field
        try:
            after = export(corpus)
        except NotConformant:
            continue  # it now leads to nothing, which the rules refuse: it is not lost
        if after == before:
            lost.add(field)
    assert lost == without
