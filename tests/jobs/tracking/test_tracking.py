from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.process.secrets import redacted
from decantry.jobs.recipe.funnel import FunnelStep
from decantry.jobs.tracking.funnel_figure import funnel_svg
from decantry.jobs.tracking.store import TrackingStore, create_store, tracking_store
from decantry.jobs.tracking.tracker import Tracker


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)


def test_a_local_lake_has_its_store_beside_it_and_another_lake_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tracking_store(str(tmp_path)) == TrackingStore(
        f"sqlite:///{tmp_path}/ops/mlflow.db", f"{tmp_path}/ops/mlflow"
    )
    assert tracking_store("s3a://bucket/lake") is None
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "https://user:pass@example.org")
    assert tracking_store("s3a://bucket/lake") == TrackingStore("https://user:pass@example.org", None)


def test_a_command_is_a_run_with_a_run_for_each_job(tmp_path: Path) -> None:
    from mlflow.tracking import MlflowClient

    said: list[str] = []
    where = tracking_store(str(tmp_path))
    assert where is not None
    with Tracker(where, "run pets", said.append) as tracker, tracker.job("curate"):
        tracker.params({"recipe": "pets", "aws_secret_access_key": "aws_secret_access_key=abc"})
        tracker.metrics({"kept": 3, "removed.c4.curly_bracket": 2})
        tracker.table({"step": ["c4", "aws_secret_access_key=abc"], "removed": [2, 3]}, "funnel.json")
        tracker.text("<svg/>", "funnel.svg")
        tracker.dataset("/lake/silver/documents", "silver/documents", 7, "input")
    assert said == []
    client = MlflowClient(tracking_uri=where.uri)
    experiment = client.get_experiment_by_name("decantry")
    assert experiment is not None
    runs = {run.info.run_name: run for run in client.search_runs([experiment.experiment_id])}
    child = runs["curate"]
    assert child.data.tags["mlflow.parentRunId"] == runs["run pets"].info.run_id
    assert {run.info.status for run in runs.values()} == {"FINISHED"}
    assert child.data.metrics == {"kept": 3.0, "removed.c4.curly_bracket": 2.0}
    assert "abc" not in str(child.data.params)
    assert [(d.dataset.name, d.dataset.digest) for d in child.inputs.dataset_inputs] == [("silver/documents", "v7")]
    assert {file.path for file in client.list_artifacts(child.info.run_id)} == {"funnel.json", "funnel.svg"}
    table = Path(client.download_artifacts(child.info.run_id, "funnel.json", str(tmp_path))).read_text()
    assert "c4" in table and "abc" not in table


def test_the_store_has_a_registry_of_models(tmp_path: Path) -> None:
    from mlflow.tracking import MlflowClient

    where = tracking_store(str(tmp_path))
    assert where is not None
    create_store(where)
    client = MlflowClient(tracking_uri=where.uri)
    client.create_registered_model("quality")
    made = client.create_model_version("quality", source=str(tmp_path / "model.bin"))
    client.set_registered_model_alias("quality", "published", made.version)
    assert client.get_model_version_by_alias("quality", "published").source == str(tmp_path / "model.bin")


def test_a_job_that_raises_is_a_failed_run_and_raises_on(tmp_path: Path) -> None:
    from mlflow.tracking import MlflowClient

    where = tracking_store(str(tmp_path))
    assert where is not None
    with pytest.raises(ValueError, match="broken"), Tracker(where, "run", print) as tracker, tracker.job("curate"):
        raise ValueError("broken")
    client = MlflowClient(tracking_uri=where.uri)
    experiment = client.get_experiment_by_name("decantry")
    assert experiment is not None
    assert {run.info.status for run in client.search_runs([experiment.experiment_id])} == {"FAILED"}


def test_a_server_that_is_down_is_one_warning_and_the_job_goes_on() -> None:
    said: list[str] = []
    warned: list[str] = []
    with Tracker(TrackingStore("http://127.0.0.1:9", None), "run", said.append, warned.append) as tracker:
        tracker.metrics({"kept": 1})
        done = True
    assert done
    assert (said, len(warned)) == ([], 1)
    assert warned[0].startswith("tracking failed and is off for this run")


def test_a_missing_store_is_reported_once() -> None:
    said: list[str] = []
    with Tracker(None, "run", said.append) as tracker, tracker.job("ingest"):
        tracker.params({"a": 1})
    assert len(said) == 1
    assert said[0].startswith("tracking is off")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("s3a://key:secret@bucket/x", "s3a://***@bucket/x"),
        ("token=abc123&x=1", "token=***&x=1"),
        ('{"password": "hunter2"}', '{"password": "***"}'),
        ("AKIAABCDEFGHIJKLMNOP", "***"),
        ("https://b.s3.amazonaws.com/k?X-Amz-Signature=00ff", "https://b.s3.amazonaws.com/k?X-Amz-Signature=***"),
        ("https://x.example.org/a?sig=abc%2B&api_key=k1&v=1", "https://x.example.org/a?sig=***&api_key=***&v=1"),
        ("s3a://AKIA:abc/def+x@bucket/y", "s3a://***@bucket/y"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_secrets_are_taken_out(text: str, safe: str) -> None:
    assert redacted(text) == safe


def test_the_funnel_figure_escapes_names_and_survives_zero() -> None:
    svg = funnel_svg([FunnelStep("<b>", 10, 4, {}), FunnelStep("c4", 6, 0, {})])
    assert "&lt;b&gt;" in svg
    assert "10 seen, 4 removed" in svg
    assert "NaN" not in funnel_svg([FunnelStep("c4", 0, 0, {})])
