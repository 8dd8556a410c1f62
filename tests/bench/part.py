"""Run curate with all its rules, or without the checks on figures and on numbers in prose.

It is called as `python part.py all|without ARGUMENTS`.
"""

import sys

from enriched import OF_CHECKS

from curate import pipeline
from curate.dispatch import Dispatch
from curate.rules import all_rules
from curate.start import main


def use(dispatch: Dispatch) -> None:
    """Let these rules check records from now on; no option of curate leaves rules out."""
    vars(pipeline)["_dispatch"] = lambda: dispatch


if __name__ == "__main__":
    left_out = OF_CHECKS if sys.argv.pop(1) == "without" else ()
    use(Dispatch(rule for rule in all_rules() if rule.name not in left_out))
    sys.exit(main())
