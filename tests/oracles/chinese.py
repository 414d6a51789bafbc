"""Chinese words by a dictionary and a hidden Markov model, the plain way: all ways to go on, and the best of them.

Source: as for udfs/src/main/scala/org/decantry/text/ChineseTokenizer.scala.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

JAR = Path(__file__).resolve().parents[2] / "udfs" / "jars" / "decantry-native_2.13.jar"
LONGEST = 16
"""The letters of the longest word of the dictionary."""
_HAN = "\u4e00-\u9fd5"
_RUN = re.compile(rf"([{_HAN}a-zA-Z0-9+#&._%-]+)|\S")
_UNLISTED = re.compile(rf"([{_HAN}]+)|[a-zA-Z0-9]+(?:\.[0-9]+)?%?|[^{_HAN}a-zA-Z0-9]+")
_BEFORE = {"B": "ES", "M": "BM", "E": "BM", "S": "ES"}
"""The states that can stand before a state."""


class Knowledge(NamedTuple):
    """The dictionary's weights, and the model's logarithms of first states, steps and characters."""

    weights: dict[str, float]
    unknown: float
    first: dict[str, float]
    steps: dict[str, float]
    emissions: dict[str, list[float]]


@cache
def knowledge() -> Knowledge:
    """What the jar's file says."""
    with zipfile.ZipFile(JAR) as jar:
        return read(jar.read("org/decantry/text/words_zh.bin"))


def read(file: bytes) -> Knowledge:
    """What a file of jobs/setup/chinese_words.py says."""
    (count,) = struct.unpack_from(">i", file)
    numbers = struct.unpack_from(f">{count}d", file, 4)
    (nodes,) = struct.unpack_from(">i", file, 4 + 8 * count)
    rest = iter(struct.unpack(f">{(len(file) - 8 - 8 * count) // 2}H", file[8 + 8 * count :]))
    letters, children, ends = ([next(rest) for _ in range(nodes)] for _ in range(3))
    weights, words, new = {}, [""], 1
    for node in range(nodes):
        words += [words[node] + chr(letter) for letter in letters[new : new + children[node]]]
        new += children[node]
        if ends[node]:
            weights[words[node]] = numbers[ends[node]]
    first, steps = (
        {name: numbers[next(rest)] for name in names.split()} for names in ("B M E S", "EB SB BM MM BE ME ES SS")
    )
    emissions = {state: [numbers[next(rest)] for _ in range(0x4E00, 0x9FD6)] for state in "BMES"}
    return Knowledge(weights, numbers[1], first, steps, emissions)


def words(text: str) -> list[str]:
    """The words and marks, without white space."""
    return [word for match in _RUN.finditer(text) for word in (_of_run(match[1]) if match[1] else [match[0]])]


def _of_run(run: str) -> Iterator[str]:
    """The words of the dictionary, and between two longer ones those that it lacks."""
    singles = ""
    for word in [*_listed(run), ""]:
        if len(word) == 1:
            singles += word
            continue
        if singles in knowledge().weights:
            yield from singles
        else:
            yield from _unlisted(singles)
        singles = ""
        if word:
            yield word


def _listed(run: str) -> list[str]:
    """The way with the greatest sum of weights; of several, the one with the longer first word."""
    weights, unknown = knowledge().weights, knowledge().unknown
    best: dict[int, tuple[float, int]] = {len(run): (0, 0)}
    for start in reversed(range(len(run))):
        ends = [end for end in range(start + 1, min(len(run), start + LONGEST) + 1) if run[start:end] in weights]
        best[start] = max((weights.get(run[start:end], unknown) + best[end][0], end) for end in ends or [start + 1])
    found, start = [], 0
    while start < len(run):
        found.append(run[start : best[start][1]])
        start = best[start][1]
    return found


def _unlisted(text: str) -> Iterator[str]:
    if len(text) < 2:
        yield from text
        return
    for match in _UNLISTED.finditer(text):
        if not match[1]:
            yield match[0]
            continue
        word = ""
        for character, state in zip(match[1], _states(match[1]), strict=True):
            word += character
            if state in "ES":
                yield word
                word = ""


def _states(text: str) -> str:
    """The likeliest states; of equally likely ones before a character, the one with the later letter."""
    known = knowledge()
    ways = {state: (known.first[state] + _emission(state, text[0]), state) for state in "BMES"}
    for character in text[1:]:
        new = {}
        for state, before in _BEFORE.items():
            steps = [(ways[old][0] + known.steps[old + state] + _emission(state, character), old) for old in before]
            likeliest, old = max(steps)
            new[state] = likeliest, ways[old][1] + state
        ways = new
    return max((ways[state][0], state, ways[state][1]) for state in "ES")[2]


def _emission(state: str, character: str) -> float:
    return knowledge().emissions[state][ord(character) - 0x4E00]
