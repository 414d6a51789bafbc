"""Text from elsewhere, made safe for a terminal."""

from __future__ import annotations

import re

TEXT_LINES = 12
WIDTH = 160
"""How many lines of a text are shown, and how many characters of each line."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def harmless(text: str) -> str:
    """The text on one line, with control characters, changes of direction and lone surrogates made visible."""
    spaced = text.replace("\r", " ").replace("\n", "⏎").replace("\t", " ")
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", spaced)


def counted(count: int, noun: str) -> str:
    """The count and the noun, with an s unless the count is one: `1 file`, `1,200 files`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def first_lines(text: str) -> list[str]:
    """The first lines of a text, indented. An ellipsis stands for the rest of a long line."""
    taken = text.splitlines()
    more = [f"    ... {len(taken) - TEXT_LINES} more lines"] if len(taken) > TEXT_LINES else []
    lines = (harmless(line) for line in taken[:TEXT_LINES])
    return [*(f"    {line if len(line) <= WIDTH else line[: WIDTH - 1] + '…'}" for line in lines), *more]
