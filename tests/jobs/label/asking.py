"""Asks a served endpoint about one text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone

from decantry.jobs.label.ask import Asker
from decantry.jobs.label.bounds import Pace, Purse
from decantry.jobs.label.endpoint import Endpoint
from decantry.jobs.label.label import Judge, Label, Text, text_hash
from decantry.jobs.label.rubric import load
from tests.jobs.label.server import Answer, Server

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=timezone.utc)


WATER = "Water boils at 100 degrees."


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def asker(server: Server, time: Time | None = None, purse: Purse | None = None, timeout: float = 30.0) -> Asker:
    time = time or Time()
    endpoint = Endpoint(server.address, "m", timeout, time.clock)
    pace = Pace(None, time.clock, time.sleep)
    return Asker(Judge("m", load("edu")), endpoint, pace, purse or Purse(), lambda: NOW)


def text(content: str = WATER) -> Text:
    return Text("a", text_hash(content), content)


def judged(server: Server, *answers: Answer, time: Time | None = None, timeout: float = 30.0) -> Label:
    server.in_turn(*answers)
    return asker(server, time, timeout=timeout).label(text())
