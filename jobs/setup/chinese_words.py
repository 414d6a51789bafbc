"""The Chinese words and the hidden Markov model that the native jar carries, in one compact file.

Source: `dict.txt` and `finalseg/prob_*.py` of jieba 0.42.1 (MIT), which the wheel of `forked-jieba` has byte for byte
(their sha256 were compared with those of an installed jieba 0.42.1). jieba itself is published as a source archive
only, and pip would run its code.
"""

from __future__ import annotations

import ast
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

from decantry.jobs.setup.carried import Carried

HAN = range(0x4E00, 0x9FD6)
"""The characters for which the model has probabilities (`re_han` in jieba's `finalseg`)."""
MOST_LETTERS = 32
"""All words are shorter. ChineseTokenizer remembers this many positions of a text (`Window`)."""
_WORD = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+")
"""What jieba looks up (`re_han_default`). It never finds a listed word with another character."""
_NEVER = -3.14e100
"""jieba's logarithm of a probability that is not listed (`MIN_FLOAT`)."""
_STEPS = ("EB", "SB", "BM", "MM", "BE", "ME", "ES", "SS")
"""The steps between states that have a probability: the begin, middle and end of a word, and a single character."""


def compact(wheel: ZipFile) -> bytes:
    """The file. All numbers are big-endian; those of 16 bits refer to a list of numbers in double precision.

    It has the length of the list (32 bits) and the list: first what is not listed, then the weight of a character that
    is in no word. The number of nodes of a trie follows (32 bits), and for each node its letter, its number of children
    and its weight (0 if no word ends there), each for all nodes, of 16 bits, level by level from the root, siblings in
    the order of their letters. Then the model: the states B, M, E, S at the start, `_STEPS`, and for each state the
    characters of `HAN`. A weight is the logarithm of a word's share of all occurrences.
    """
    rows = [line.split() for line in wheel.read("jieba/dict.txt").decode().splitlines()]
    total = _log(sum(int(row[1]) for row in rows))
    counts = {row[0]: int(row[1]) for row in rows if _WORD.fullmatch(row[0])}
    assert max(map(len, counts)) < MOST_LETTERS, "ChineseTokenizer looks back over fewer characters"
    weights = {count: _log(count) - total for count in set(counts.values()) - {0}}
    numbers: defaultdict[float, int] = defaultdict(lambda: len(numbers))
    _ = numbers[_NEVER], numbers[-total]

    nodes, words = [""], sorted(counts)
    for depth in range(1, max(map(len, words)) + 1):
        words = [word for word in words if len(word) >= depth]
        nodes += dict.fromkeys(word[:depth] for word in words)
    children = Counter(node[:-1] for node in nodes[1:])
    trie = [ord(node[-1]) if node else 0 for node in nodes]
    trie += [children[node] for node in nodes]
    trie += [numbers[weights[counts[node]]] if counts.get(node) else 0 for node in nodes]

    start, steps, emit = (_literal(wheel.read(f"jieba/finalseg/prob_{name}.py")) for name in ("start", "trans", "emit"))
    model = [numbers[start[state]] for state in "BMES"]
    model += [numbers[steps[step[0]][step[1]]] for step in _STEPS]
    model += [numbers[emit[state].get(chr(point), _NEVER)] for state in "BMES" for point in HAN]
    return b"".join([
        struct.pack(">i", len(numbers)), _packed("d", numbers), struct.pack(">i", len(nodes)), _packed("H", trie),
        _packed("H", model),
    ])  # fmt: skip


def _log(count: int) -> float:
    """The nearest number to the natural logarithm, on every platform."""
    return float(Decimal(count).ln())


def _literal(source: bytes) -> Any:
    """The dictionary that a module of jieba assigns to `P`."""
    return ast.literal_eval(source.decode().partition("P=")[2])


def _packed(kind: str, values: Iterable[float]) -> bytes:
    found = list(values)
    return struct.pack(f">{len(found)}{kind}", *found)


CHINESE_WORDS = Carried(
    package="forked-jieba==20260128",
    wheel_sha256="540b86ee85680b5ae1d940e87148b42f6c1178f2483cebc0b432468244a43f10",
    name="words_zh.bin",
    sha256="b1476e72df4139f974595a34e032a04b6bf9334521a74222cb5bc4c85b2fbdef",
    make=compact,
)
