"""`curate rename`: give a record another id, everywhere."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.disk.write_together import Change
    from curate.rename import Move, Renaming
    from curate.workspace import Workspace


@click.command("rename", short_help="Give a record, or a part of one, another id.")
@click.argument("kind")
@click.argument("old")
@click.argument("new")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def command(kind: str, old: str, new: str, *, diff: bool) -> int:
    """Give the record OLD the id NEW: its file, and every place in the records that speaks of it.

    An outcome, adverse event, group or claim is renamed as `record#part`:

      curate rename study horisawa-2019#relief relief-12-mo

    Nothing else changes: no comment, no layout, no text that happens to hold the same word. A name
    that is taken is refused, and so is a rename while a file that may speak of the record cannot be
    read. An interrupted rename is undone; should the machine stop midway, run it again.

    Exit code: 0 renamed, 1 with --diff if anything would change, 2 nothing was changed.
    """
    # A call for help must not wait for what only the work needs.
    from curate import config, source  # noqa: PLC0415
    from curate.cli.common import diff_of, kind_named, write  # noqa: PLC0415
    from curate.disk.move_file import move_file  # noqa: PLC0415
    from curate.disk.write_together import write_together  # noqa: PLC0415
    from curate.workspace import Workspace  # noqa: PLC0415

    kind = kind_named(kind)
    root = config.find_root(Path.cwd())
    found = list(source.find(root))
    texts = {item.path: item.data for item in found if isinstance(item, source.Source)}
    workspace = Workspace(found, config.load(root))
    renaming = _renaming(workspace, kind, old, new)
    changes = list(_changes(root, texts, workspace, renaming))
    beside = list(_beside(root, kind, old, new))
    _refuse_harm(workspace, root, changes, renaming.move)
    if diff:
        write(
            line
            for one in [*beside, *changes]
            for line in diff_of(one.path.relative_to(root).as_posix(), one.old, one.new)
        )
        if renaming.move is not None:
            write([f"rename from {renaming.move.old}\nrename to {renaming.move.new}\n"])
        return 1

    def finish() -> None:
        if renaming.move is not None:
            move_file(root / renaming.move.old, root / renaming.move.new)

    write_together([*beside, *changes], finish)
    write(_said(renaming, old, new))
    return 0


def _renaming(workspace: "Workspace", kind: str, old: str, new: str) -> "Renaming":
    from curate.rename import rename_part, rename_record  # noqa: PLC0415 - see above

    record, _, part = old.partition("#")
    # Whoever names the part in both ids means the same record by both.
    name = new.removeprefix(f"{record}#") if part else new
    if part:
        return rename_part(workspace.corpus, kind, record, part, name)
    return rename_record(workspace.corpus, kind, old, name)


def _changes(
    root: Path, texts: dict[str, bytes], workspace: "Workspace", renaming: "Renaming"
) -> "Iterator[Change]":
    """Yield what to write, the record itself last.

    A rename that was cut off has then left the record under its old name, and is made again by the
    same call.
    """
    from curate.disk.write_together import Change  # noqa: PLC0415 - see above
    from curate.edits import replaced  # noqa: PLC0415

    last = renaming.move.old if renaming.move is not None else ""
    documents = {entry.path: entry.document for entry in workspace.corpus.entries}
    for path in sorted(renaming.edits, key=lambda path: (path == last, path)):
        old, text = texts[path], documents[path].text
        # A byte order mark is no part of the text.
        mark = old[: len(old) - len(text.encode())]
        yield Change(root / path, old, mark + replaced(text, renaming.edits[path]).encode())


def _beside(root: Path, kind: str, old: str, new: str) -> "Iterator[Change]":
    """Yield what to write into the file that says what the corpus was begun from, if it has one."""
    from curate.disk.write_together import Change  # noqa: PLC0415 - see above
    from curate.kinds import KINDS  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.seeds import FILE, renamed  # noqa: PLC0415

    try:
        before = (root / FILE).read_bytes()
        text = before.decode("utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{root / FILE} cannot be read, and may speak of `{old}`.") from error
    record, _, part = old.partition("#")
    name = f"{record}#{new.removeprefix(f'{record}#')}" if part else new
    folder = KINDS[kind].folder
    after = renamed(text, f"{folder}/{old}", f"{folder}/{name}").encode()
    if after != before:
        yield Change(root / FILE, before, after)


def _refuse_harm(
    workspace: "Workspace", root: Path, changes: "list[Change]", move: "Move | None"
) -> None:
    """Refuse a rename after which a check finds an error that it did not find before."""
    from collections import Counter  # noqa: PLC0415 - see above

    from curate.finding import Severity  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.source import Source  # noqa: PLC0415

    def errors() -> list[tuple[str, str, str, str]]:
        return [
            (one.path, one.name, one.pointer, one.message)
            for one in workspace.report().standing
            if one.severity is Severity.ERROR
        ]

    before = Counter((_moved(path, move), *rest) for path, *rest, _ in errors())
    for change in changes:
        path = change.path.relative_to(root).as_posix()
        if move is not None and path == move.old:
            workspace.drop(path)
        workspace.put(Source(_moved(path, move), change.new))
    for path, name, pointer, message in errors():
        if not before[path, name, pointer]:
            raise Refusal(f"Nothing was renamed: {message} ({name} in {path})")


def _moved(path: str, move: "Move | None") -> str:
    return move.new if move is not None and path == move.old else path


def _said(renaming: "Renaming", old: str, new: str) -> list[str]:
    places, files = renaming.places, len(renaming.edits)
    said = [f"renamed {old} to {new}: {counted(places, 'place')} in {counted(files, 'file')}\n"]
    if renaming.move is not None:
        said.append(f"{renaming.move.old} is now {renaming.move.new}\n")
    return said
