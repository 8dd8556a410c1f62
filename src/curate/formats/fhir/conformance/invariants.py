"""The invariants of R5 on what we write, warnings too, each a function of its name.

A function is given the object that the invariant stands on, and the resource that it is in. What
each one says stands in the definitions, in R5's own words.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from curate.formats.fhir.conformance.narrative import has_content, is_plain_xhtml
from curate.formats.fhir.conformance.values import Json, descendants, has, listed


def att_1(attachment: Json, _: Json) -> bool:
    return not has(attachment, "data") or has(attachment, "contentType")


def cmp_1(section: Json, _: Json) -> bool:
    return any(has(section, name) for name in ("text", "entry", "section"))


def cmp_2(section: Json, _: Json) -> bool:
    return not (has(section, "emptyReason") and has(section, "entry"))


def cnl_0(resource: Json, _: Json) -> bool:
    name = resource.get("name")
    return name is None or (isinstance(name, str) and _NAME.fullmatch(name) is not None)


def cnl_1(url: Any, _: Json) -> bool:
    return not isinstance(url, str) or not set(url) & set("|# ")


def cod_1(coding: Json, _: Json) -> bool:
    return has(coding, "code") or not has(coding, "display")


def cpt_2(contact: Json, _: Json) -> bool:
    return not has(contact, "value") or has(contact, "system")


def cud_1(use: Json, _: Json) -> bool:
    blocks = ("indication", "contraindication", "interaction", "undesirableEffect", "warning")
    return sum(has(use, name) for name in blocks) <= 1


def dom_2(resource: Json, _: Json) -> bool:
    return not any(has(one, "contained") for one in listed(resource, "contained"))


def dom_3(resource: Json, _: Json) -> bool:
    contained = listed(resource, "contained")
    if not contained:
        return True
    named = {value for value in descendants(resource) if isinstance(value, str)}
    return all(f"#{one.get('id')}" in named or "#" in descendants(one) for one in contained)


def dom_4(resource: Json, _: Json) -> bool:
    names = ("versionId", "lastUpdated")
    return not any(has(meta, name) for meta in _metas(resource) for name in names)


def dom_5(resource: Json, _: Json) -> bool:
    return not any(has(meta, "security") for meta in _metas(resource))


def dom_6(resource: Json, _: Json) -> bool:
    return has(resource.get("text"), "div")


def evv_1(characteristic: Json, _: Json) -> bool:
    names = (
        "definitionReference",
        "definitionCanonical",
        "definitionCodeableConcept",
        "definitionId",
        "definitionByTypeAndValue",
        "definitionByCombination",
    )
    return sum(has(characteristic, name) for name in names) <= 1


def exp_1(expression: Json, _: Json) -> bool:
    return has(expression, "expression") or has(expression, "reference")


def exp_2(expression: Json, _: Json) -> bool:
    name = str(expression.get("name", "x"))
    return (
        name.replace("_", "").isalnum()
        and name.isascii()
        and name[0].isalpha()
        and (len(name) <= _LONGEST_NAME)
    )


def ident_1(identifier: Json, _: Json) -> bool:
    return has(identifier, "value")


def per_1(period: Json, _: Json) -> bool:
    start, end = str(period.get("start", "")), str(period.get("end", ""))
    # A partial date stands for all its days, so only what both of them say is compared.
    shared = min(len(start), len(end), _LENGTH_OF_A_DAY)
    return start[:shared] <= end[:shared]


def qty_3(quantity: Json, _: Json) -> bool:
    return not has(quantity, "code") or has(quantity, "system")


def sqty_1(quantity: Json, _: Json) -> bool:
    return not has(quantity, "comparator")


def ref_1(reference: Json, resource: Json) -> bool:
    target = reference.get("reference")
    if not isinstance(target, str) or not target.startswith("#"):
        return True
    return any(one.get("id") == target[1:] for one in listed(resource, "contained"))


def ref_2(reference: Json, _: Json) -> bool:
    return any(has(reference, name) for name in ("reference", "identifier", "display", "extension"))


def rng_2(range_: Json, _: Json) -> bool:
    low, high = _bound(range_, "low"), _bound(range_, "high")
    if low is None or high is None or _unit(range_, "low") != _unit(range_, "high"):
        return True
    return low <= high


def txt_1(div: Any, _: Json) -> bool:
    return is_plain_xhtml(div)


def txt_2(div: Any, _: Json) -> bool:
    return has_content(div)


_NAME = re.compile(r"[A-Z][A-Za-z0-9_]{1,254}")
_LONGEST_NAME = 64
_LENGTH_OF_A_DAY = len("2026-11-21")


def _metas(resource: Json) -> Iterator[Json]:
    for one in listed(resource, "contained"):
        meta = one.get("meta")
        if isinstance(meta, dict):
            yield meta


def _bound(range_: Json, name: str) -> int | Decimal | None:
    quantity = range_.get(name)
    value = quantity.get("value") if isinstance(quantity, dict) else None
    return value if isinstance(value, int | Decimal) else None


def _unit(range_: Json, name: str) -> tuple[Any, Any]:
    return range_[name].get("system"), range_[name].get("code")
