"""`curate schemas`: what editors know of this corpus."""

from pathlib import Path

import click


@click.command("schemas", short_help="Tell editors which fields and ids there are.")
@click.option("--check", is_flag=True, help="Write nothing; fail if a schema is not up to date.")
def command(*, check: bool) -> int:
    """Write `schemas/` anew: the fields that this version of curate knows, and the ids to choose.

    An editor with yaml-language-server then completes the ids of other records, their PMIDs and
    outcomes, with the titles beside them. Run it after an upgrade, and when records were added.
    """
    import json  # noqa: PLC0415 - a call for help needs none of this

    from curate import config, source  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.corpus_schema import corpus_schema  # noqa: PLC0415
    from curate.disk.write_file import create_file, replace_file  # noqa: PLC0415
    from curate.kinds import KINDS  # noqa: PLC0415
    from curate.pipeline import load  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415

    root = config.find_root(Path.cwd())
    if (root / "schemas" / "export.schema.json").is_file():
        raise Refusal(
            "These schemas are the program's own, which judge the records of every corpus; "
            "`python -m curate.generate` writes them."
        )
    corpus = load(source.find(root), config.load(root))
    stale = []
    for kind in KINDS:
        path = root / "schemas" / f"{kind}.schema.json"
        text = json.dumps(corpus_schema(kind, corpus), ensure_ascii=False, indent=2) + "\n"
        old = path.read_bytes() if path.is_file() else None
        if old != text.encode():
            stale.append(path.name)
            if not check and old is None:
                create_file(path, text.encode())
            elif not check and old is not None:
                replace_file(path, old, text.encode())
    said = "is not up to date; run `curate schemas`" if check else "was written"
    write(f"schemas/{name} {said}\n" for name in stale)
    if not stale:
        write(["the schemas are up to date\n"])
    return 1 if stale and check else 0
