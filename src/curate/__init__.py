"""Structured-content authoring and validation for medical knowledge.

`curate.load("exports")` reads an export as typed, frozen objects; see `exports/README.md`.
"""

TYPE_CHECKING = False  # as typing has it, which takes as long to import as Python to start

if TYPE_CHECKING:
    from curate.exported import Export, Exported, load
    from curate.refusal import Refusal

__version__ = "0.1.0"
__all__ = ["Export", "Exported", "Refusal", "__version__", "load"]

_PLACES = {"Export": "exported", "Exported": "exported", "load": "exported", "Refusal": "refusal"}


def __getattr__(name: str) -> object:
    """Import what is public when it is first asked for: the command line must start fast."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - see above

    return getattr(import_module(f"curate.{_PLACES[name]}"), name)
