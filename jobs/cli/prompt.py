"""The SQL prompt: one query a line, with history."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from decantry.jobs.cli.failures import code_and_line
from decantry.jobs.cli.rows import write
from decantry.jobs.process.errors import DecantryError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake

    Query = Callable[[Lake, str], DataFrame]

HELP = r"End a query with Enter. \d lists the tables, \d NAME lists a table's columns, \q quits."


def prompt(lake: Lake, names: list[str], output: str, limit: int, query: Query) -> None:
    """Read queries until the input ends. Run each with `query`, and print its rows or its error."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter

    session: PromptSession[str] | None = None
    if sys.stdin.isatty():
        session = PromptSession(completer=WordCompleter(names, ignore_case=True))
        print(HELP)
    while True:
        try:
            line = session.prompt("decantry> ") if session else next(sys.stdin, "\\q")
        except KeyboardInterrupt:
            if session is None:
                raise
            continue
        except EOFError:
            return
        line = line.strip().rstrip(";")
        if line in ("\\q", "quit", "exit"):
            return
        if not line:
            continue
        try:
            _answer(lake, names, line, output, limit, query)
        except KeyboardInterrupt:  # ends the query, not the prompt
            if session is None:
                raise
            print("decantry: interrupted", file=sys.stderr)


def _answer(lake: Lake, names: list[str], line: str, output: str, limit: int, query: Query) -> None:
    try:
        if line == "\\d":
            print("\n".join(names))
        elif line.startswith("\\d "):
            write(query(lake, f"describe `{line[3:].strip().replace('`', '``')}`"), output, None, sys.stdout)
        elif line.startswith("\\"):
            print(HELP)
        else:
            write(query(lake, line), output, limit, sys.stdout)
    except DecantryError as error:
        print(f"decantry: {error}", file=sys.stderr)
    except Exception as error:  # an error in one query does not end the prompt
        print(f"decantry: {code_and_line(error)[1]}", file=sys.stderr)
