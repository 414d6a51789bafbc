"""`python -m decantry.jobs.setup`: what `decantry setup` does, before the command line is there."""

from __future__ import annotations

import sys

from decantry.jobs.process.errors import DecantryError
from decantry.jobs.setup import setup

if __name__ == "__main__":
    try:
        setup()
    except DecantryError as error:
        sys.exit(f"decantry: {error}")
