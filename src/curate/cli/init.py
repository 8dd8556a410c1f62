"""`curate init`: start a corpus."""

from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import click


@click.command("init", short_help="Start a corpus.")
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option(
    "--upgrade", is_flag=True, help="Refresh what an earlier version of curate wrote, nothing else."
)
def command(folder: Path, *, upgrade: bool) -> int:
    """Write a small corpus into FOLDER, by default this one, to build your own from.

    One example of each kind of record, schemas and settings for editors, a check before each
    commit, and a README.md that says what to do next. No file that is there already is touched.

    --upgrade brings a corpus up to this version of curate: its schemas, and the settings that
    `curate init` wrote. A file that somebody has changed or deleted since stays so, and is named;
    records and curate.toml are never touched.

    Exit code: 0 written, 2 nothing was written.
    """
    # A call for help must not wait for what only the work needs.
    from curate.cli.common import absolute, write  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.written import LISTING, digest, is_refreshed, listing  # noqa: PLC0415

    root = absolute(folder)
    if upgrade:
        write(_upgraded(root))
        return 0
    try:
        _refuse_what_is_there(root, folder)
        files = dict(scaffolding(root.name))
        files[LISTING] = listing(
            {path: digest(data) for path, data in files.items() if is_refreshed(path)}
        )
        taken = [path for path in files if _is_taken(root, path)]
    except OSError as error:
        raise Refusal(f"{folder} cannot be looked into: {error.strerror}.") from error
    if taken:
        named = ", ".join(taken[:3]) + (", …" if len(taken) > 3 else "")  # noqa: PLR2004 - a few
        raise Refusal(
            f"In {root} there is already {named}; nothing was written. "
            "Move it away, or start in an empty folder."
        )
    _write_all(root, files)
    write(_next_steps(root, folder, len(files)))
    return 0


def _refuse_what_is_there(root: Path, folder: Path) -> None:
    """Refuse a folder that is none, or that is in a corpus already."""
    from curate.config import FILE  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.source import RECORDS  # noqa: PLC0415

    if root.exists() and not root.is_dir():
        raise Refusal(f"{folder} is no folder.")
    for above in (root, *root.parents):
        if (above / FILE).is_file():
            raise Refusal(
                f"{above} is a corpus already; start a record in it with `curate new`. "
                "Nothing was written."
            )
    records = root / RECORDS
    if records.is_symlink() or (
        records.exists() and (not records.is_dir() or any(records.iterdir()))
    ):
        raise Refusal(f"{records} is not empty; nothing was written. Start in an empty folder.")


def _upgraded(root: Path) -> Iterator[str]:
    """Write what an upgrade changes, and say so, file by file."""
    from curate.config import FILE  # noqa: PLC0415 - see above
    from curate.disk.write_file import create_file, replace_file  # noqa: PLC0415
    from curate.printable import printable  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.written import LISTING, is_refreshed, listing, upgrade  # noqa: PLC0415

    if not (root / FILE).is_file():
        raise Refusal(f"There is no {FILE} in {root}; `curate init` without --upgrade starts one.")
    new = {path: data for path, data in scaffolding(root.name) if is_refreshed(path)}
    old = {path: data for path in (*new, LISTING) if (data := _read(root, path)) is not None}
    plan = upgrade(new, old)
    # The list comes last: an upgrade that was cut off is made again by the same call.
    for path, data in {**plan.write, LISTING: listing(plan.known)}.items():
        if path not in old:
            create_file(root / path, data)
        elif old[path] != data:
            replace_file(root / path, old[path], data)
    for path in plan.write:
        yield f"{'refreshed' if path in old else 'wrote'} {printable(path)}\n"
    for path in plan.kept:
        yield f"kept {printable(path)}: it was changed here, or curate does not know it\n"
    if plan.kept:
        yield "To have the new ones of these, delete them and call this again.\n"
    current = len(new) - len(plan.write) - len(plan.kept)
    yield f"{len(plan.write)} written, {len(plan.kept)} kept, {current} need nothing\n"


def _read(root: Path, path: str) -> bytes | None:
    """Return what stands in a file that is to be refreshed; None where there is none."""
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    full = root / path
    if any(above.is_symlink() for above in (full, *full.parents) if root in above.parents):
        raise Refusal(f"{full} is a link, or lies behind one; nothing was written.")
    try:
        return full.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refusal(f"{full} cannot be read: {error.strerror}.") from error


def scaffolding(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a new corpus, by their path from its root."""
    from curate.kinds import KINDS  # noqa: PLC0415 - see above
    from curate.published import schemas_folder  # noqa: PLC0415

    scaffold = Path(__file__).parents[1] / "scaffold"
    for path in sorted(scaffold.rglob("*")):
        if path.is_file():
            # A leading dot would hide a file from whoever packs or looks through this folder.
            steps = path.relative_to(scaffold).parts
            target = "/".join(step.replace("dot-", ".", 1) for step in steps)
            data = path.read_bytes()
            yield target, data.replace(b"NAME", _slug(name)) if target == "curate.toml" else data
    for kind in KINDS:
        schema = f"{kind}.schema.json"
        yield f"schemas/{schema}", (schemas_folder() / schema).read_bytes()


def _slug(name: str) -> bytes:
    """Return a folder's name as the name of a corpus: lower-case words joined by hyphens."""
    kept = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name)
    return "-".join(kept.lower().split()).encode() or b"my-corpus"


def _is_taken(root: Path, path: str) -> bool:
    """Tell whether something stands at a path, or where one of its folders should be."""
    full = root / path
    above = [folder for folder in full.parents if root in folder.parents]
    return (
        full.exists()
        or full.is_symlink()
        or any(folder.is_symlink() or (folder.exists() and not folder.is_dir()) for folder in above)
    )


def _write_all(root: Path, files: dict[str, bytes]) -> None:
    """Write all files, or none: what was written is taken back where one cannot be."""
    from curate.disk.write_file import create_file  # noqa: PLC0415 - see above

    missing = [folder for folder in _folders(root, files) if not folder.exists()]
    written: list[Path] = []
    try:
        for path, data in files.items():
            create_file(root / path, data)
            written.append(root / path)
    except BaseException:
        for file in written:
            file.unlink(missing_ok=True)
        for folder in missing:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise


def _folders(root: Path, files: dict[str, bytes]) -> list[Path]:
    """Return the folders that the files stand in, the deepest first."""
    found = {folder for path in files for folder in (root / path).parents if folder >= root}
    return sorted((found - set(root.parents)) | {root}, key=lambda folder: -len(folder.parts))


def _next_steps(root: Path, folder: Path, count: int) -> Iterator[str]:
    from curate.printable import printable  # noqa: PLC0415 - see above

    shown = "this folder" if root == Path.cwd() else printable(str(folder))
    yield f"wrote {count} files to {shown}: a corpus of five records, an example of each kind\n"
    yield "Next:\n"
    if root != Path.cwd():
        yield f"  cd {printable(quote(str(folder)))}\n"
    top = next((above for above in (root, *root.parents) if (above / ".git").exists()), None)
    if top is None:
        yield "  git init\n"
    yield "  pre-commit install     every commit is checked from then on\n"
    yield "  curate validate        the examples pass\n"
    yield "README.md says how to write the first record of your own.\n"
    if top not in {None, root}:
        below = printable(quote(root.relative_to(top or root).as_posix()))
        yield (
            f"The top of this git repository is {printable(str(top))}: move .github,\n"
            ".gitlab-ci.yml and .pre-commit-config.yaml there, and write in the last one\n"
            f"`entry: curate validate --staged {below}`. On GitHub or GitLab, set the variable\n"
            f"CORPUS to {below}.\n"
        )
