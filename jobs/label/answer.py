"""Reading an answer: one whole number from 0 to 5 in the stated form, or a failure. Nothing else is taken from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from decantry.jobs.label.bounded import bounded
from decantry.jobs.label.endpoint import Reply
from decantry.jobs.label.rubric import Rubric
from decantry.schemas.labels import EMPTY, NO_SCORE, TOO_LONG, TWO_SCORES

MOST_CHARACTERS = 20_000
"""A longer answer is none: the rubrics that ship ask for 80 words."""


@dataclass(frozen=True)
class Read:
    """The score, or why there is none; and the reasons that the model gave, at most MOST_DETAIL characters."""

    score: int | None
    failure: str | None
    detail: str


def read(rubric: Rubric, reply: Reply) -> Read:
    """What the reply says. Its last line must be `Score: N` (as the rubric has it), and no other begins like that."""
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
