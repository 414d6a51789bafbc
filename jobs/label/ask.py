"""One text is judged: asked again a few times, within the bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from decantry.jobs.label.answer import Read, read
from decantry.jobs.label.bounds import Pace, Purse, Spent, most_tokens
from decantry.jobs.label.endpoint import Reply, Unanswered
from decantry.jobs.label.label import Judge, Label, Text
from decantry.jobs.label.question import question
from decantry.jobs.label.rubric import Rubric
from decantry.schemas.labels import BLANK

ATTEMPTS = 4
"""How often a text is asked about, whatever fails."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds between two attempts if there was no answer: the first pause, doubled each time; and the longest, whatever
the endpoint asks for."""


class Asks(Protocol):
    """What answers prompts."""

    address: str

    def ask(self, rubric: Rubric, prompt: str) -> Reply:
        """The answer. Raises Unanswered."""


@dataclass(frozen=True)
class Asker:
    """Gets labels from an endpoint."""

    judge: Judge
    endpoint: Asks
    pace: Pace
    purse: Purse
    now: Callable[[], datetime]

    def label(self, text: Text) -> Label:
        """The label: a score, or why no answer had one. Raises Unanswered or Spent only if there was no answer."""
        if not text.head.strip():
            return self.made(text, Read(None, BLANK, ""), (0, 0), 0)
        rubric = self.judge.rubric
        prompt = question(rubric, text.head, text.text_hash)
        most = most_tokens(prompt), rubric.most_answer_tokens
        used, found, attempt = (0, 0), None, 0
        while attempt < ATTEMPTS and (found is None or found.score is None):
            attempt += 1
            try:
                reply, cost = self._asked(prompt, most)
            except Spent:
                if found is None:
                    raise
                attempt -= 1
                break  # the answer that came is paid for
            except Unanswered as error:
                used = _sum(used, most if error.sent else (0, 0))
                last = not error.again or attempt == ATTEMPTS
                if last and found is None:
                    raise
                if last:
                    break
                self.pace.hold(min(LONGEST_WAIT, error.wait or FIRST_WAIT * 2 ** (attempt - 1)))
            else:
                used = _sum(used, cost)
                found = read(rubric, reply)
        assert found is not None
        return self.made(text, found, used, attempt)

    def _asked(self, prompt: str, most: tuple[int, int]) -> tuple[Reply, tuple[int, int]]:
        """The reply and what it took, in tokens of prompt and answer: `most` if the endpoint does not say.

        Raises Unanswered, and Spent where `most` would pass a bound.
        """
        self.purse.reserve(*most)
        took = most
        try:
            self.pace.turn()
            reply = self.endpoint.ask(self.judge.rubric, prompt)
            took = reply.tokens or most
            return reply, took
        except Unanswered as error:
            took = most if error.sent else (0, 0)
            raise
        finally:
            self.purse.settle(most, took)

    def made(self, text: Text, found: Read, used: tuple[int, int], attempts: int) -> Label:
        """The label of the text."""
        return Label(
            id=text.id,
            text_hash=text.text_hash,
            **self.judge.key,
            model=self.judge.model,
            score=found.score,
            failure=found.failure,
            detail=found.detail,
            characters=len(text.head),
            prompt_tokens=used[0],
            completion_tokens=used[1],
            attempts=attempts,
            url=text.url,
            host=text.host,
            endpoint=self.endpoint.address,
            labelled_at=self.now(),
        )


def _sum(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return a[0] + b[0], a[1] + b[1]
