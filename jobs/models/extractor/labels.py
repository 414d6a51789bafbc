"""Labels the blocks of a page as content or not, by a teacher's text and by people's snippets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BY_HAND = 6.0
"""The weight of a block that contains a snippet marked by people. A block that only the teacher judged has weight 1."""
SHORT = 25
"""A block with fewer characters, without spaces, must equal a line of the teacher's text, because short texts occur
anywhere."""
SHARE = 0.8
"""If the teacher's text does not contain a long block, it must contain this share of the block's runs of RUN
characters."""
RUN = 12


@dataclass(frozen=True)
class Label:
    """Whether a block is content, and the weight of the label. The weight is 0 if nobody knows."""

    content: bool
    weight: float


def by_teacher(texts: Iterable[str], teacher: str) -> list[bool]:
    """For each block, whether the teacher's text contains it. White space and marks of lists and tables are ignored."""
    rows = [line for line in teacher.splitlines() if line.strip(" |-:")]
    whole = "".join(map(_packed, rows))
    lines = set(map(_packed, rows)) | {_packed(cell) for row in rows if "|" in row for cell in row.split("|")}
    runs = {whole[at : at + RUN] for at in range(len(whole) - RUN + 1)}
    return [_contains(_packed(text), whole, lines, runs) for text in texts]


def _contains(text: str, whole: str, lines: set[str], runs: set[str]) -> bool:
    if len(text) < SHORT:
        return bool(text) and text in lines
    if text in whole:
        return True
    own = [text[at : at + RUN] for at in range(len(text) - RUN + 1)]
    return sum(run in runs for run in own) >= SHARE * len(own)


def labels(texts: Sequence[str], teacher: str | None, wanted: Sequence[str], unwanted: Sequence[str]) -> list[Label]:
    """The label of each block.

    A block with an unwanted snippet is not content. A block with a wanted snippet is content. If several blocks contain
    a wanted snippet, only those in the teacher's text are content; if none of them is in it, all are.
    """
    by_text = [False] * len(texts) if teacher is None else by_teacher(texts, teacher)
    found = [Label(content, float(teacher is not None)) for content in by_text]
    packed = [_packed(text) for text in texts]
    for snippet in unwanted:
        for at in _holding(packed, snippet):
            found[at] = Label(False, BY_HAND)
    for snippet in wanted:
        holding = _holding(packed, snippet)
        for at in [at for at in holding if by_text[at]] or holding:
            found[at] = Label(True, BY_HAND)
    return found


def _holding(packed: Sequence[str], snippet: str) -> list[int]:
    snippet = _packed(snippet)
    return [at for at, text in enumerate(packed) if snippet and snippet in text]


def _packed(text: str) -> str:
    """The text without white space, and without the marks of lists and tables."""
    return "".join(text.replace("|", " ").split()).lstrip("-•")
