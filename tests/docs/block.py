"""Runs the bash blocks of a page without a shell: our commands, and files that are written."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.command import decantry

TOOLS = {"ls": "ls", "sed": "sed", "python": sys.executable}
"""Other commands that pages may show, and the programs that run for them."""


def printed(block: str) -> list[str]:
    """The output of each command of the block, run in this process and folder. No command may fail.

    Output that the block redirects with `> FILE` is written there. The TOOLS run in a separate process.
    """
    answers = []
    for words in commands(block):
        if words[0] in TOOLS:
            answers.append(subprocess.check_output([TOOLS[words[0]], *words[1:]], text=True))
            continue
        assert words[0] == "decantry", f"no command of ours: {words}"
        *words, file = (*words[:-2], words[-1]) if words[-2] == ">" else (*words, None)
        answer = decantry(*words[1:])
        assert answer.code == 0, f"{words}\n{answer.err}"
        if file is not None:
            Path(file).write_text(answer.out)
        answers.append(answer.out)
    return answers


def commands(block: str) -> Iterator[list[str]]:
    """The words of each command. Files between commands are written when they are reached."""
    lines = iter(block.replace("\\\n", " ").splitlines())
    for line in lines:
        if written := re.fullmatch(r"cat > (\S+) <<'?(\w+)'?", line):
            file, end = written.groups()
            Path(file).write_text("".join(f"{each}\n" for each in iter(lambda: next(lines), end)))
        elif words := _words(line, lines):
            yield words


def _words(line: str, more: Iterator[str]) -> list[str]:
    """The words of a command. It continues on the next line while a quotation is open."""
    while True:
        try:
            return shlex.split(line, comments=True)
        except ValueError:
            line += "\n" + next(more)
