"""`curate lsp`: the findings while a record is being written."""

import os
import sys

import click


@click.command("lsp", short_help="Serve an editor.")
@click.option(
    "--stdio", is_flag=True, help="Talk over standard input and output, as is done anyway."
)
def command(*, stdio: bool) -> None:  # noqa: ARG001 - many editors pass it unasked
    """Serve an editor by the language server protocol, over standard input and output.

    The editor starts this by itself: `editors/` in curate's repository has the settings for
    VS Code, Neovim, Helix and Zed. No record is ever written.
    """
    from curate.refusal import Refusal  # noqa: PLC0415 - a call for help needs none of this

    try:
        from curate.lsp.features import make_server  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        raise Refusal(
            "The language server needs pygls: install `curate[lsp]` in place of `curate`."
        ) from error
    # The server closes its end when the editor leaves; ours is still flushed at exit.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as stream:
        make_server().start_io(stdout=stream)
