from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.tracking import read, tracker
from decantry.jobs.tracking.read import Tracked
from decantry.jobs.tracking.store import tracking_store
from decantry.jobs.tracking.tracker import Tracker


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    names = ("IMPORT_SECONDS", "PATIENCE_SECONDS", "LONGEST_SECONDS")
    for module, name in (*((tracker, name) for name in names), (read, "IMPORT_SECONDS")):
        monkeypatch.setattr(module, name, 300.0)


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    said: list[str] = []
    assert Tracked(tracking_store(str(tmp_path)), said.append).runs() == []
    assert Tracked(None, said.append).runs() == []
    assert (said, list(tmp_path.iterdir())) == ([], [])


def test_runs_are_read_again_and_a_file_is_kept_with_the_run_that_published(tmp_path: Path) -> None:
    said: list[str] = []
    where = tracking_store(str(tmp_path))
    for run in ("20261130T020500-aaaaaa", "20261130T030500-bbbbbb"):
        with Tracker(where, "run pets", said.append) as told, told.job("curate"):
            told.params({"run_id": run})
            told.metrics({"documents": 50, "seconds": 2.5})
    assert said == []
    tracked = Tracked(where, said.append)
    metrics = {"documents": 50.0, "seconds": 2.5}
    assert tracked.runs() == [
        {"name": "curate", "run_id": "20261130T030500-bbbbbb", "metrics": metrics},
        {"name": "curate", "run_id": "20261130T020500-aaaaaa", "metrics": metrics},
    ]
    file = tmp_path / "report.html"
    file.write_text("<!doctype html>")
    tracked.keep("20261130T020500-aaaaaa", file)
    tracked.keep("20261130T040500-cccccc' or ''='", file)
    assert len([*(tmp_path / "ops" / "mlflow").rglob("report.html")]) == 1
    assert said == []


def test_a_store_that_cannot_be_read_is_reported_and_left_out(tmp_path: Path) -> None:
    said: list[str] = []
    where = tracking_store(str(tmp_path))
    (tmp_path / "ops").mkdir()
    (tmp_path / "ops" / "mlflow.db").write_text("this is no database")
    tracked = Tracked(where, said.append)
    assert (tracked.runs(), tracked.runs()) == ([], [])
    assert len(said) == 1 and said[0].startswith("tracked runs are left out: ")
