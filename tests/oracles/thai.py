"""Thai words by maximal matching, the plain way: all ways to go on from a place, and the shortest of them.

Source: as for udfs/src/main/scala/org/decantry/text/ThaiTokenizer.scala.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

JAR = Path(__file__).resolve().parents[2] / "udfs" / "jars" / "decantry-native_2.13.jar"
_FOREIGN = re.compile(r"[a-zA-Z-]+|\d+([,.:]\d+)*|[ \t\r\n]+|[^\u0e00-\u0e7f \t\r\n]+")
_CONSONANT = "[\u0e01-\u0e2e]"
_INSIDE = re.compile(
    rf"(?=[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])|(?<=[\u0e31\u0e40-\u0e44])(?={_CONSONANT})"
    rf"|(?={_CONSONANT}{{1,2}}[\u0e34\u0e38\u0e39]?\u0e4c)"
)
"""A place inside of a cluster: before a sign, between a leading vowel or mai han akat and a consonant, and before
silenced consonants.
"""


@cache
def dictionary() -> frozenset[str]:
    """The words of the jar."""
    with zipfile.ZipFile(JAR) as jar:
        lines = jar.read("org/decantry/text/words_th.txt").decode("utf-8-sig").splitlines()
    return frozenset(map(str.strip, lines)) - {""}


@cache
def _longest() -> int:
    return max(map(len, dictionary()))


def words(text: str) -> list[str]:
    """The words and marks, without white space."""
    return [word for word in map(str.strip, _pieces(text)) if word]


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        ways = _ways(text, start)
        for end in _shortest(ways, start) or [_unknown(text, start)]:
            yield text[start:end]
            start = end


def _ends(text: str, start: int) -> list[int]:
    """The ends of the words of the dictionary that begin here, the shortest first."""
    return [
        end
        for end in range(start + 1, min(len(text), start + _longest()) + 1)
        if text[start:end] in dictionary() and _is_bound(text, end)
    ]


def _is_bound(text: str, at: int) -> bool:
    return at in (0, len(text)) or not _INSIDE.match(text, at)


def _ways(text: str, start: int) -> dict[int, list[int]]:
    """The words of all ways from here up to where they meet; the place where they do is the greatest end."""
    ways: dict[int, list[int]] = {}
    open_ = {start}
    while len(open_) > 1 or start in open_:
        at = min(open_)
        ways[at] = _ends(text, at)
        open_ = (open_ - {at}) | set(ways[at])
    return ways


def _shortest(ways: dict[int, list[int]], start: int) -> list[int]:
    """The ends of the words of the shortest way, the first that a search in breadth finds; none if there is no word."""
    goal = max((end for ends in ways.values() for end in ends), default=start)
    found = {start: list[int]()}
    queue = [start]
    for at in queue:
        for end in ways.get(at, []):
            if end not in found:
                found[end] = [*found[at], end]
                queue.append(end)
    return found[goal]


def _unknown(text: str, start: int) -> int:
    """The end of what is in no dictionary."""
    if foreign := _FOREIGN.match(text, start):
        return foreign.end()
    return next((at for at in range(start + 1, len(text)) if _is_bound(text, at) and _begins(text, at)), len(text))


def _begins(text: str, start: int) -> bool:
    words = (text[start:end] for end in _ends(text, start))
    return bool(_FOREIGN.match(text, start)) or any(not re.fullmatch(f"{_CONSONANT}{{1,2}}", word) for word in words)
