"""Rename an id wherever it stands, and the file that is called after it."""

from lsprotocol import types

from curate.lsp.home import Home
from curate.lsp.homes import Address, Homes
from curate.lsp.navigate import thing_named
from curate.lsp.place import thing_at
from curate.refusal import Refusal
from curate.rename import refusal, rename


def prepare(
    home: Home, path: str, position: types.Position
) -> types.PrepareRenamePlaceholder | None:
    """Return what would be renamed at a position, or None where nothing has a name."""
    entry, buffer = home.entry(path), home.buffer(path)
    if entry is None or buffer is None:
        return None
    found = thing_at(entry, buffer, buffer.offset(position))
    if found is None:
        return None
    thing, spot = found
    reason = refusal(thing)
    if reason is not None:
        raise Refusal(reason)
    return types.PrepareRenamePlaceholder(buffer.range(spot.start, spot.end), thing.id)


def workspace_edit(
    homes: Homes, address: Address, position: types.Position, new: str, *, moves: bool
) -> types.WorkspaceEdit | None:
    """Return all edits of a rename, the file's own move last; `Refusal` says why there are none."""
    home, path = address
    thing = thing_named(home, path, position)
    if thing is None:
        return None
    if not home.is_whole:
        raise Refusal("The records are still being read; rename it in a moment.")
    renaming = rename(home.corpus, thing, new, home.containing(thing.id))
    if renaming.move is not None and not moves:
        raise Refusal(
            "This editor cannot rename files for a language server; use "
            f"`curate rename {thing.kind} {thing.id} {new}`."
        )
    changes: list[types.TextDocumentEdit | types.RenameFile] = []
    for changed, edits in renaming.edits.items():
        buffer = home.buffer(changed)
        if buffer is not None:
            name = types.OptionalVersionedTextDocumentIdentifier(
                homes.uri(home, changed), home.version(changed)
            )
            written = [types.TextEdit(buffer.range_of(edit.span), edit.text) for edit in edits]
            changes.append(types.TextDocumentEdit(name, [*written]))
    if renaming.move is not None:
        old, new_path = renaming.move
        changes.append(types.RenameFile(homes.uri(home, old), homes.uri(home, new_path)))
    return types.WorkspaceEdit(document_changes=[*changes])
