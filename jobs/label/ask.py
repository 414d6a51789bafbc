"""Asks a model about one text, several times if needed, within the bounds on rate, tokens and cost."""

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
"""The most requests for one text."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds to wait after a request without an answer: the first pause, which doubles each time, and the longest pause,
even if the endpoint asks for more."""


class Asks(Protocol):
    """An endpoint that answers prompts."""

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
        """The label: a score, or why no answer had a score. Raises Unanswered or Spent only if there was no answer."""
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
                break  # an earlier answer was paid for, so it is kept
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
        """The reply, and its tokens of prompt and answer; these are `most` if the endpoint does not report them.

        Raises Unanswered, and Spent if `most` would pass a bound.
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
