"""Begin: hand the call over to a resident process, or else import the command line and run it."""

import atexit
import os
import sys

from curate import resident


def main() -> int:
    """Run curate; return 0 clean, 1 errors found, 2 could not run, 3 a bug."""
    door = resident.door(sys.argv[1:])
    code = None if door is None else resident.hand_over(sys.argv[1:], door)
    if code is None:
        from curate.cli.main import main as run  # noqa: PLC0415 - see above, it may be handed over

        code = run()
    _end(code)
    return code


def _end(code: int) -> None:
    """End the process at once, where nothing else runs in it.

    To take apart what was read of 10,000 records takes a third as long as to check them.
    """
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - as Python itself does first thing
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            continue  # whoever read it is gone; `cli.main` has told what there was to tell
    os._exit(code)
