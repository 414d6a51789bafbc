"""The entry point for EMR: runs the command line of the wheel in the environment's archive."""

from __future__ import annotations

from decantry.jobs.main import main

if __name__ == "__main__":
    main()
