"""What the client on the other side can do."""

from collections.abc import Sequence
from typing import NamedTuple

from lsprotocol import types
from pygls.capabilities import get_capability

EXPLAIN_OPTION = "showsPages"


class Client(NamedTuple):
    """The abilities that our answers depend on."""

    pulls: bool
    """It asks for diagnostics, so that none are sent unasked."""
    refreshes: bool
    """It can be told to ask again."""
    watches: bool
    """It reports files that change on disk, once asked to."""
    moves: bool
    """It renames files as part of an edit."""
    nests: bool
    """It shows symbols within symbols."""
    shows_progress: bool
    shows_pages: bool
    """It shows the page of a rule itself."""
    hovers_markdown: bool
    completes_markdown: bool
    most_foldings: int | None


def client_of(params: types.InitializeParams) -> Client:
    """Read a client's abilities from what it said when it came."""
    can = params.capabilities
    operations = get_capability(can, "workspace.workspace_edit.resource_operations") or []
    changes = get_capability(can, "workspace.workspace_edit.document_changes")
    options = params.initialization_options
    return Client(
        pulls=get_capability(can, "text_document.diagnostic") is not None,
        refreshes=bool(get_capability(can, "workspace.diagnostics.refresh_support")),
        watches=bool(
            get_capability(can, "workspace.did_change_watched_files.dynamic_registration")
        ),
        moves=bool(changes) and types.ResourceOperationKind.Rename in operations,
        nests=bool(
            get_capability(
                can, "text_document.document_symbol.hierarchical_document_symbol_support"
            )
        ),
        shows_progress=bool(get_capability(can, "window.work_done_progress")),
        shows_pages=isinstance(options, dict) and options.get(EXPLAIN_OPTION) is True,
        hovers_markdown=_reads(get_capability(can, "text_document.hover.content_format")),
        completes_markdown=_reads(
            get_capability(can, "text_document.completion.completion_item.documentation_format")
        ),
        most_foldings=get_capability(can, "text_document.folding_range.range_limit"),
    )


def _reads(formats: Sequence[types.MarkupKind | str] | None) -> bool:
    return types.MarkupKind.Markdown in (formats or ())
