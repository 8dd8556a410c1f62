"""Begin: hand the call over to a resident process, or else import the command line and run it."""

import sys

from curate import resident


def main() -> int:
    """Run curate; return 0 clean, 1 errors found, 2 could not run, 3 a bug."""
    door = resident.door(sys.argv[1:])
    code = None if door is None else resident.hand_over(sys.argv[1:], door)
    if code is not None:
        return code
    from curate.cli.main import main as run  # noqa: PLC0415 - the call may have been handed over

    return run()
