"""`python -m decantry.jobs.sample DIR` builds the sample's archives into DIR."""

from __future__ import annotations

import sys
from pathlib import Path

from decantry.jobs.sample import build

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m decantry.jobs.sample DIR")
    for path in build(Path(sys.argv[1])):
        print(path)
