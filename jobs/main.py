"""The entry point: `decantry COMMAND`."""

from __future__ import annotations

import io
import os
import select
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import NoReturn

from decantry.jobs.process.errors import UserError

INTERRUPTED = 130


def main() -> None:
    """Run the command line; a failure is one line on standard error and an exit code."""
    os.environ["TZ"] = "UTC"  # Spark returns timestamps in the process's time zone
    time.tzset()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may not be able to show every letter
    with printed_to() as output:
        try:
            app = import_module("decantry.jobs.cli.app").app  # by name and here, where Ctrl-C ends it with one line
            require_text(sys.argv[1:])
            # a number that is returned here is the code of a `typer.Exit`
            code: int | None = app(sys.argv[1:] or ["--help"], prog_name="decantry", standalone_mode=False)
            if sys.stdout is not None:  # it is None if it is closed
                sys.stdout.flush()
        except KeyboardInterrupt:
            code = INTERRUPTED
        except (BrokenPipeError, SystemExit) as error:  # libraries end the process if nobody reads
            if not unread(output):
                if isinstance(error, SystemExit):
                    raise
                _end(error)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            code = 0
        except Exception as error:
            _end(error)
    if code == INTERRUPTED:  # also the option parser's code, which prints nothing on Ctrl-C
        print("decantry: interrupted: run the same command again to go on where it stopped", file=sys.stderr)
    sys.exit(code)


@contextmanager
def printed_to() -> Iterator[int | None]:
    """Another number of standard output's file, which stays when a library puts something else in its place."""
    try:
        output = os.dup(1)
    except OSError:  # it is closed
        yield None
        return
    try:
        yield output
    finally:
        os.close(output)


def unread(output: int | None) -> bool:
    """Whether nobody reads what is printed any more, as after `| head`."""
    look = select.poll()
    if output is not None:
        look.register(output, 0)
    return any(event & select.POLLERR for _, event in look.poll(0))


def require_text(words: Sequence[str]) -> None:
    """Raise UserError for an argument that is not UTF-8, because no table can hold it."""
    for word in words:
        if any("\ud800" <= character <= "\udfff" for character in word):
            raise UserError(f"the argument {word[:200]!r} has bytes that are not UTF-8: rename what it names")


def _end(error: Exception) -> NoReturn:
    code, line = import_module("decantry.jobs.cli.failures").code_and_line(error)
    print(f"decantry: {line}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
