"""JSON files that cannot be split into parts: an array of objects, or lines in UTF-16 or UTF-32."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest.lines import LONGEST_LINE
from decantry.jobs.sources.unpacked import Unpacked

if TYPE_CHECKING:
    from decantry.jobs.ingest.plan import Part

_ARRAY = re.compile(r"\ufeff?\s*\[\s*(?:\{|\]|$)")
_JSON = re.compile(r"\ufeff?\s*[\[{]")
_BLANK = re.compile(r"[\s,]*")
_PIECE = 1 << 18
"""The number of characters that are read at a time."""


class Broken:
    """Stands for a value that is not valid JSON."""

    def __init__(self, why: str) -> None:
        """`why` is the parser's error and the start of the text."""
        self.why = why


def encoding_of(head: bytes) -> str:
    """The encoding of JSON with these first bytes, by its byte order mark or by the zeros beside an ASCII character."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[:1] in b"[{ \t\r\n" and head[1:2] == b"\0" and head[2:3] != b"\0":
        return "utf-16-le"
    wide = head[:1] == b"\0" and head[1:2] != b"" and head[1:2] in b"[{ \t\r\n"
    return "utf-16-be" if wide and head[2:3] in (b"\0", b"") else "utf-8"


def is_whole(head: bytes) -> bool:
    """Whether a file with these first bytes must be read as a whole."""
    encoding = encoding_of(head)
    beginning = head[:1000].decode(encoding, "replace")
    return (_ARRAY if encoding == "utf-8" else _JSON).match(beginning) is not None


class WholeJson:
    """The values of a file. Its first part has all of them, and its other parts have none.

    `count` is the number of values read so far. `damage` is as in `Lines`. Iteration raises SourceError.
    """

    def __init__(self, part: Part) -> None:
        """Nothing is read yet."""
        self.count = 0
        self.damage: tuple[str, str] | None = None
        self._part = part

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        """Each value's number in the file, and the value, or Broken if it is not valid JSON."""
        if self._part.start:
            return
        raw = Unpacked(self._part.source)
        with io.BufferedReader(raw, buffer_size=_PIECE) as stream:
            text = io.TextIOWrapper(stream, encoding=encoding_of(stream.peek(4)[:4]), errors="replace", newline="\n")
            first = text.read(_PIECE).removeprefix("\ufeff")
            is_array = _ARRAY.match(first[:1000]) is not None
            for value in self._elements(text, first) if is_array else self._lines(text, first):
                number, self.count = self.count, self.count + 1
                yield number, value
            self.damage = raw.damage or self.damage

    def _lines(self, text: io.TextIOBase, first: str) -> Iterator[Any]:
        rest = first
        while rest:
            *lines, rest = rest.split("\n")
            for line in lines:
                if line.strip():
                    yield _value(line)
            if len(rest) > LONGEST_LINE:
                self.damage = "unreadable", f"a line of more than {LONGEST_LINE} characters ends what can be read"
                return
            more = text.read(_PIECE)
            if not more:
                break
            rest += more
        if rest.strip():
            yield _value(rest)

    def _elements(self, text: io.TextIOBase, held: str) -> Iterator[Any]:
        """The elements of the array, and of further arrays after it."""
        decoder = json.JSONDecoder()
        at, inside, size = 0, False, _PIECE
        while True:
            at = _end(_BLANK, held, at)
            if at < len(held) and held[at] in "[]" and inside == (held[at] == "]"):
                inside, at = not inside, at + 1
                continue
            if inside and at < len(held):
                try:
                    value, end = decoder.raw_decode(held, at)
                except (ValueError, RecursionError) as error:
                    why = str(error)
                else:
                    # a number ends only where something follows it
                    if isinstance(value, dict | list | str) or _end(_BLANK, held, end) < len(held):
                        yield value
                        at, size = end, _PIECE
                        continue
                    why = "it ends early"
            else:
                why = "it ends early" if at == len(held) else "it is no element of an array"
            more = text.read(size) if len(held) - at <= LONGEST_LINE else ""
            if not more:
                break
            held, at, size = held[at:] + more, 0, size * 2
        if inside or at < len(held):
            self.damage = "unreadable", f"the array cannot be read after element {self.count}: {why}"


def _value(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return Broken(f"{error}: {line[:60]!r}")


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return at if match is None else match.end()
