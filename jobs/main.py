"""The entry point: `decantry COMMAND`."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from decantry.jobs.cli.app import app
from decantry.jobs.cli.failures import INTERRUPTED, told
from decantry.jobs.errors import UserError

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
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may not know every letter of a page
    try:
        require_text(sys.argv[1:])
        # what a command returns here is the code of a `typer.Exit`
        code: int | None = app(sys.argv[1:] or ["--help"], prog_name="decantry", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:
        _end(error)
    if code == INTERRUPTED:  # what the library makes of Ctrl-C, without a word
        _end(KeyboardInterrupt())
    sys.exit(code)


def require_text(words: Sequence[str]) -> None:
    """Raise UserError for an argument with bytes that are not UTF-8, which no table could hold."""
    for word in words:
        if any("\ud800" <= character <= "\udfff" for character in word):
            raise UserError(f"the argument {word[:200]!r} has bytes that are not UTF-8: rename what it names")


def _end(error: BaseException) -> NoReturn:
    code, line = told(error)
    print(f"decantry: {line}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
