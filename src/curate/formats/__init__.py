"""The export formats, one module or package each: the folder is the list.

A format is a module with `LEFT_OUT`, which names each field that it does not carry and says why,
`contract`, which says in Markdown what readers can rely on, and `render`, which yields its files.
`MAKERS` make the pieces that it writes of each record, where these are made by record.
One that needs more than curate brings names the extra in `EXTRA`; that, or `ON_REQUEST`, makes it
one that is written only on request.
Formats never import each other.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a format's name is asked for long before a corpus is read
    from curate.artifact import Artifact
    from curate.pieces import Maker


class Format(NamedTuple):
    """One way to write a corpus."""

    name: str
    summary: str
    """The first line of the format's text."""
    left_out: Mapping[str, str]
    contract: Callable[[], str]
    """What readers of its files can rely on, as Markdown; it says nothing of one corpus."""
    render: "Callable[..., Iterator[Artifact]]"
    """Called with the corpus, and its pieces if there are any yet."""
    makers: "tuple[Maker, ...]" = ()
    """What makes the pieces of each record."""
    extra: str | None = None
    """What must be installed beside curate."""
    on_request: bool = False
    """Whether it is written only where it is asked for."""


def format_names() -> list[str]:
    """Return the names of all formats, sorted."""
    return sorted(module.name for module in iter_modules(__path__))


def load_format(name: str) -> Format:
    """Import one format; only those asked for are."""
    module = import_module(f"{__name__}.{name}")
    summary = (module.__doc__ or "").splitlines()[0]
    extra = getattr(module, "EXTRA", None)
    on_request = extra is not None or getattr(module, "ON_REQUEST", False)
    makers = getattr(module, "MAKERS", ())
    return Format(
        name, summary, module.LEFT_OUT, module.contract, module.render, makers, extra, on_request
    )
