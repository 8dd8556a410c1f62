"""Run curate as `python -m curate`."""

import sys

from curate.start import main

if __name__ == "__main__":
    sys.exit(main())
