"""Which blocks of a page are content, as a slow teacher and as people say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BY_HAND = 6.0
"""The weight of a block that holds a snippet which people marked; one that only the teacher judged has 1."""
SHORT = 25
"""Characters, spaces apart, below which a block must be a whole line of the teacher's text: a word is anywhere."""
SHARE = 0.8
"""Of a long block's runs of RUN characters, how many the teacher's text must hold where it has not the whole block."""
RUN = 12


@dataclass(frozen=True)
class Label:
    """Whether a block is content, and how much that weighs; a weight of 0 says that nobody knows."""

    content: bool
    weight: float


def by_teacher(texts: Iterable[str], teacher: str) -> list[bool]:
    """For each block whether the teacher's text holds it. White space, signs of items and of tables do not count."""
    rows = [line for line in teacher.splitlines() if line.strip(" |-:")]
    whole = "".join(map(_packed, rows))
    lines = set(map(_packed, rows)) | {_packed(cell) for row in rows if "|" in row for cell in row.split("|")}
    runs = {whole[at : at + RUN] for at in range(len(whole) - RUN + 1)}
    return [_held(_packed(text), whole, lines, runs) for text in texts]


def _held(text: str, whole: str, lines: set[str], runs: set[str]) -> bool:
    if len(text) < SHORT:
        return bool(text) and text in lines
    if text in whole:
        return True
    own = [text[at : at + RUN] for at in range(len(text) - RUN + 1)]
    return sum(run in runs for run in own) >= SHARE * len(own)


def labels(texts: Sequence[str], teacher: str | None, wanted: Sequence[str], unwanted: Sequence[str]) -> list[Label]:
    """The label of each block.

    A block that holds an unwanted snippet is none of the content, one that holds a wanted snippet is. Where several
    blocks hold a wanted snippet, those count that the teacher took; where it took none of them, all do.
    """
    taken = [False] * len(texts) if teacher is None else by_teacher(texts, teacher)
    found = [Label(content, float(teacher is not None)) for content in taken]
    packed = [_packed(text) for text in texts]
    for snippet in unwanted:
        for at in _holding(packed, snippet):
            found[at] = Label(False, BY_HAND)
    for snippet in wanted:
        holding = _holding(packed, snippet)
        for at in [at for at in holding if taken[at]] or holding:
            found[at] = Label(True, BY_HAND)
    return found


def _holding(packed: Sequence[str], snippet: str) -> list[int]:
    snippet = _packed(snippet)
    return [at for at, text in enumerate(packed) if snippet and snippet in text]


def _packed(text: str) -> str:
    return "".join(text.replace("|", " ").split()).lstrip("-•")
