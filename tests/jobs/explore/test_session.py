"""A session in a notebook."""

from __future__ import annotations

from pathlib import Path

import mlflow
import pytest

from decantry.jobs.explore.session import track_beside
from decantry.jobs.tracking.store import create_store, tracking_store


def test_each_lake_of_one_notebook_has_its_own_tracking_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    lakes = [str(tmp_path / name) for name in ("first", "second")]
    stores = []
    for lake in lakes:
        store = tracking_store(lake)
        assert store is not None
        create_store(store)
        stores.append(store.uri)
    assert stores == [f"sqlite:///{lake}/ops/mlflow.db" for lake in lakes]
    for lake, uri in zip(lakes, stores, strict=True):
        track_beside(lake)
        assert mlflow.get_tracking_uri() == uri
