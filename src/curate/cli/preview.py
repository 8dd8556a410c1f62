"""`curate preview`: read the records as pages while they are being written."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from curate.preview.desk import Desk

_PAUSE = 0.2
_SHARE = 10
"""How many times as long to pause as looking took, so that a large corpus keeps no core busy."""


@click.command("preview", short_help="Read the records as pages while you write them.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Serve on this port instead of any free one.",
)
def command(port: int | None) -> int:
    """Show the corpus as a site, with what the checks find above each page, until Ctrl-C.

    A page is made anew as soon as its record is saved. While a record cannot be read, its page
    shows it as it was, and says what is wrong, on which line, and what to write instead. Drafts are
    shown too. Nothing is written, and only this machine can reach the pages.

    Exit code: 0 ended with Ctrl-C, 2 could not run.
    """
    # A call for help must not wait for what only a preview needs.
    from curate import config  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.preview.desk import Desk  # noqa: PLC0415
    from curate.preview.serve import Server  # noqa: PLC0415

    desk = Desk(config.find_root(Path.cwd()))
    server = Server(desk, port or 0)
    try:
        write([f"{desk.report.summary}\n", f"Read it at {server.address} and end with Ctrl-C.\n"])
        desk.prepare()
        _watch(desk)
    except KeyboardInterrupt:
        # The terminal has just printed ^C: what follows starts on a line of its own.
        write(["\nThe preview has ended.\n"], sys.stderr)
    finally:
        server.close()
    return 0


def _watch(desk: "Desk") -> None:
    """Look for changes for ever, and say of each what the checks find in it."""
    from time import perf_counter, sleep  # noqa: PLC0415 - see above

    from curate.cli.common import write  # noqa: PLC0415
    from curate.printable import printable  # noqa: PLC0415

    pause = _PAUSE
    while True:
        sleep(pause)
        begun = perf_counter()
        changed = desk.look()
        pause = max(_PAUSE, _SHARE * (perf_counter() - begun))
        if changed:
            names = ", ".join(map(printable, sorted(changed)[:3]))
            more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""  # noqa: PLR2004
            write([f"{names}{more}: {desk.report.summary}\n"])
