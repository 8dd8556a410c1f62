"""Begin: hand the call over to a resident process, or else import the command line and run it."""

import atexit
import os
import sys

from curate import resident


def main() -> int:
    """Run curate; return 0 clean, 1 errors found, 2 could not run, 3 a bug."""
    door = resident.door(sys.argv[1:])
    code = None if door is None else resident.hand_over(sys.argv[1:], door)
    if code is not None:
        if not atexit._ncallbacks():  # noqa: SLF001 - what is imported by then is known
            # Nothing was written, and nobody waits for it: taking Python apart takes a while.
            os._exit(code)
        return code
    from curate.cli.main import main as run  # noqa: PLC0415 - the call may have been handed over

    return run()
