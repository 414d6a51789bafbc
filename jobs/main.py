"""The entry point: `decantry COMMAND`."""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module
from typing import NoReturn

from decantry.jobs.cli.app import app
from decantry.jobs.cli.failures import INTERRUPTED, told

COMMANDS = (
    *("run", "ingest", "extract", "curate", "dedup", "check"),
    *("sql", "explain", "recipes", "tables", "inputs"),
    *("maintain", "rollback", "forget"),
    *("rehydration-weights", "doctor", "setup"),
)
"""The commands, in the order that --help lists them; each is the module of its name."""

for _name in COMMANDS:
    import_module(f"decantry.jobs.cli.{_name.replace('-', '_')}")
app.registered_commands.sort(key=lambda command: COMMANDS.index(command.name or ""))


def main() -> None:
    """Run the command line; a failure is one line on standard error and an exit code."""
    os.environ["TZ"] = "UTC"  # Spark hands over moments in the process's zone
    time.tzset()
    try:
        # what a command returns here is the code of a `typer.Exit`
        code: int | None = app(sys.argv[1:] or ["--help"], prog_name="decantry", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:
        _end(error)
    if code == INTERRUPTED:  # what the library makes of Ctrl-C, without a word
        _end(KeyboardInterrupt())
    sys.exit(code)


def _end(error: BaseException) -> NoReturn:
    code, line = told(error)
    print(f"decantry: {line}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
