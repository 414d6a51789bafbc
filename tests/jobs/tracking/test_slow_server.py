from __future__ import annotations

import threading

import pytest

from decantry.jobs.tracking import tracker as module
from decantry.jobs.tracking.store import TrackingStore
from decantry.jobs.tracking.tracker import Tracker


def test_a_slow_server_does_not_delay_the_command_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(module, "IMPORT_SECONDS", 0.1)
    answered = threading.Event()
    monkeypatch.setattr(Tracker, "_pass_on", lambda self, where, aside: answered.wait(60))
    said: list[str] = []
    warned: list[str] = []
    with Tracker(TrackingStore("http://slow.example.org", None), "run", said.append, warned.append):
        pass
    answered.set()
    assert said == []
    assert warned == [
        "tracking is slow and was given up after 0 s without an answer; the end of the run is missing in MLflow"
    ]


def test_a_server_that_answers_slowly_gets_all_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer takes a large part of the time that one may take, and all together take longer."""
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 2.0)
    calls: list[str] = []

    class Slow:
        def call(self, function: str, *arguments: object) -> None:
            threading.Event().wait(0.5)
            calls.append(function)

    monkeypatch.setattr(module, "mlflow_process", Slow)
    warned: list[str] = []
    with Tracker(TrackingStore("http://slow.example.org", None), "run", warned.append) as tracker:
        for number in range(5):
            tracker.metrics({"n": number})
    assert calls == ["ready", "open_run", *["metrics"] * 5, "close_run"]
    assert warned == []


def test_a_server_that_answers_each_event_slowly_is_given_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer comes before PATIENCE_SECONDS, and all together would take longer than LONGEST_SECONDS."""
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 30.0)
    monkeypatch.setattr(module, "LONGEST_SECONDS", 1.0)
    calls: list[str] = []
    ended = threading.Event()

    class Slow:
        def call(self, function: str, *arguments: object) -> None:
            ended.wait(0.2)
            calls.append(function)

        def end(self) -> None:
            ended.set()

    monkeypatch.setattr(module, "mlflow_process", Slow)
    warned: list[str] = []
    with Tracker(TrackingStore("http://slow.example.org", None), "run", warned.append) as tracker:
        for number in range(500):
            tracker.metrics({"n": number})
    assert warned == ["tracking is slow and was given up after 1 s; the end of the run is missing in MLflow"]
    assert ended.is_set() and "metrics" in calls
