"""`python -m decantry.jobs.setup`: the same as `decantry setup`, before the command is installed."""

from __future__ import annotations

import sys

from decantry.jobs.process.errors import DecantryError
from decantry.jobs.setup import setup

if __name__ == "__main__":
    try:
        setup()
    except DecantryError as error:
        sys.exit(f"decantry: {error}")
