"""Alarms in the tracker."""

from __future__ import annotations

from typing import Any, cast

from decantry.jobs.checks.alarm import KINDS, Loss, Watched
from decantry.jobs.run.report import alarmed
from decantry.jobs.tracking.tracker import Tracker


class Logged:
    """A tracker that keeps its events."""

    def __init__(self) -> None:
        self.metrics_: dict[str, float] = {}
        self.tables: dict[str, Any] = {}

    def metrics(self, values: dict[str, float]) -> None:
        self.metrics_ |= values

    def table(self, columns: dict[str, list[Any]], file: str) -> None:
        self.tables[file] = columns


def test_alarms_are_a_metric_and_a_table() -> None:
    logged = Logged()
    alarmed(
        cast(Tracker, logged),
        Watched(KINDS, (Loss("host", "a.example", "c4", 2_000, 1_990, ("https://a.example/1",)),), more=3),
    )
    assert logged.metrics_ == {"alarms": 4}
    assert logged.tables["alarms.json"]["removed"] == [1_990]
    assert "a.example" not in str(logged.tables), "forget does not look for hosts and documents in MLflow"


def test_without_alarms_there_is_no_table() -> None:
    logged = Logged()
    alarmed(cast(Tracker, logged), Watched(KINDS))
    assert (logged.metrics_, logged.tables) == ({"alarms": 0}, {})
