"""The rules, one file each: the folder is the list."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from curate.rule import Rule, load_rules


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by code."""
    names = sorted(module.name for module in iter_modules(__path__))
    return load_rules([import_module(f"{__name__}.{name}") for name in names])
