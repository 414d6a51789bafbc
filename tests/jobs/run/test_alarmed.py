"""Alarms in the tracker, and what a quiet run shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest

from decantry.jobs.checks import gate
from decantry.jobs.checks.alarm import KINDS, Loss, Watched
from decantry.jobs.checks.judgement import Judgement
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.progress import Progress
from decantry.jobs.recipe.load import parse
from decantry.jobs.run import job
from decantry.jobs.run.context import Context
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


def test_an_alarm_is_shown_with_examples_though_the_run_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = parse("recipe: pets\nsteps:\n  - near_duplicates: {}\n", "pets.yaml")
    loss = Loss("host", "a.example", "near_duplicates", 2_000, 1_990, ("https://a.example/1", "urn:2"))
    judgement = Judgement(recipe, "h", (), cast(Any, None), Watched(KINDS, (loss,)))
    for name in ("metrics", "sample", "_sample_rows", "validate", "record"):
        monkeypatch.setattr(gate, name, lambda *given: [])
    monkeypatch.setattr(job, "curate", lambda *given, gate, **options: gate(judgement))
    monkeypatch.setattr(job.report, "curated", lambda *given: None)
    context = Context(Lake(cast(Any, None), "main.pets", "run"), Progress(quiet=True), Tracker(None, "run", print))
    job.curate_checked(context, recipe, None, allow_loss=True)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(
        "warning: lost_share(host a.example, near_duplicates) of silver/verdicts: saw 1,990 of 2,000"
    )
    assert "such as https://a.example/1, urn:2," in line


def test_documents_that_are_left_out_are_reported_though_the_run_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def curate(*given: object, tell: Callable[[str], None], warn: Callable[[str], None], **options: object) -> None:
        tell("judging")
        warn("leaving out documents of 1 file")

    monkeypatch.setattr(job, "curate", curate)
    monkeypatch.setattr(job.report, "curated", lambda *given: None)
    context = Context(Lake(cast(Any, None), "main.pets", "run"), Progress(quiet=True), Tracker(None, "run", print))
    job.curate_checked(context, parse("recipe: pets\nsteps: [count_tokens]\n", "pets.yaml"), None)
    assert capsys.readouterr().err == "leaving out documents of 1 file\n"
