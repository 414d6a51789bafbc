"""Reads a score from a model's answer: a whole number from 0 to 5 in the form of the rubric, or a failure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from decantry.jobs.label.bounded import bounded
from decantry.jobs.label.endpoint import Reply
from decantry.jobs.label.rubric import Rubric
from decantry.schemas.labels import EMPTY, NO_SCORE, TOO_LONG, TWO_SCORES

MOST_CHARACTERS = 20_000
"""Longer answers, in characters, are failures. The shipped rubrics ask for 80 words."""


@dataclass(frozen=True)
class Read:
    """The score, or why there is none; and the model's reasons, at most MOST_DETAIL characters."""

    score: int | None
    failure: str | None
    detail: str


def read(rubric: Rubric, reply: Reply) -> Read:
    """The score in the reply. The last line must be `Score: N`, or as the rubric says; no other line may begin so."""
    content = reply.content
    if reply.failure is not None:
        return _failed(reply.failure, content)
    if len(content) > MOST_CHARACTERS:
        return _failed(TOO_LONG, content)
    lines = [line.strip() for line in content.splitlines() if line.strip()]
    if not lines:
        return _failed(EMPTY, "")
    begun = [line for line in lines if line.casefold().startswith(rubric.answer.casefold())]
    if len(begun) > 1:
        return _failed(TWO_SCORES, content)
    found = re.fullmatch(rf"{re.escape(rubric.answer)} ?([0-5])", lines[-1])
    if found is None:
        return _failed(NO_SCORE, content)
    return Read(int(found[1]), None, bounded("\n".join(lines[:-1])))


def _failed(failure: str, content: str) -> Read:
    return Read(None, failure, bounded(content))
