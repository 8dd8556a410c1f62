"""Explain the one alternative that was meant, not all that were not."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from curate.document import Fault
from curate.explain.choices import a_choice
from curate.explain.fields import missing_field
from curate.explain.values import wrong_form, wrong_type
from curate.explain.verdict import Node, Refused


def alternatives(refused: Refused) -> Iterator[Fault | Refused]:
    """Yield what the alternative refuses that the value is an attempt at.

    Where it is an attempt at none, say so once.
    """
    branches = [refused.resolve(branch) for branch in refused.limit]
    tags = _tags(branches)
    if tags is not None and isinstance(refused.value, dict):
        key, names = tags
        if key not in refused.value:
            yield missing_field(key, refused.where, {"enum": names})
        elif refused.value[key] not in names:
            at_tag = refused._replace(where=(*refused.where, key))
            yield a_choice(at_tag, names, refused.value[key])
        else:
            yield from _of_branch(refused, names.index(refused.value[key]))
        return
    chosen = _of_type(branches, refused)
    if chosen is None:
        # The first stands for all, but for what it says of itself.
        first = {key: said for key, said in branches[0].items() if key != "description"}
        yield from wrong_type(refused._replace(limit=first["type"], node={**first, **refused.node}))
    elif isinstance(refused.value, str):
        # All alternatives judge what is offered: a text may have been meant as a number.
        about = branches[chosen].get("patternErrorMessage", "")
        yield from wrong_form(refused._replace(node={**refused.node, "patternErrorMessage": about}))
    else:
        yield from _of_branch(refused, chosen)


def _of_branch(refused: Refused, branch: int) -> Iterator[Refused]:
    return (inner for inner in refused.inner if inner.branch == branch)


def _of_type(branches: list[Node], refused: Refused) -> int | None:
    """Return the first alternative of the value's own type."""
    value = refused.value
    if isinstance(value, bool) or value is None:
        return None
    wanted = next((name for name, kinds in _OF_PYTHON.items() if isinstance(value, kinds)), None)
    types = [branch.get("type") for branch in branches]
    return types.index(wanted) if wanted in types else None


_OF_PYTHON: Final[dict[str, type | tuple[type, ...]]] = {
    "string": str,
    "array": list,
    "number": (int, Decimal),
}


def _tags(branches: list[Node]) -> tuple[str, list[str]] | None:
    """Return the field whose constant tells the alternatives apart, and the constants."""
    for key in branches[0].get("properties", {}):
        constants = [branch.get("properties", {}).get(key, {}).get("const") for branch in branches]
        if all(constants):
            return key, constants
    return None
