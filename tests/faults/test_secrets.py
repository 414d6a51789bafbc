"""Row 32 of docs/reliability.md: no secret of the environment, an address or an error is in anything that a run
leaves."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from decantry.jobs.cli.failures import code_and_line
from decantry.jobs.lake.session import settings
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.progress import Progress
from decantry.jobs.process.secrets import redacted
from decantry.jobs.sample import build
from decantry.jobs.tracking.store import tracking_store
from decantry.jobs.tracking.tracker import Tracker
from tests.command import runner
from tests.delta_rows import rows_in
from tests.jobs.stores import store

CANARIES = ("canary/Secret+Key0123456789", "canary-session-token-0123456789", "canarypassword", "canarysignature")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", CANARIES[0])
    monkeypatch.setenv("AWS_SESSION_TOKEN", CANARIES[1])
    monkeypatch.setattr("decantry.jobs.tracking.tracker.PATIENCE_SECONDS", 120.0)


def assert_silent(text: str, where: object) -> None:
    for canary in CANARIES:
        assert canary not in text, f"{canary} is in {where}"


@pytest.mark.slow  # a whole run, whose files are all searched
def test_a_run_leaves_no_secret(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lake = tmp_path / "lake"
    with store() as server:
        server.files["/a.warc.gz?part=1&X-Amz-Signature=canarysignature"] = build(tmp_path / "sample")[0].read_bytes()
        host = server.address.removeprefix("http://")
        good = f"http://user:canarypassword@{host}/a.warc.gz?part=1&X-Amz-Signature=canarysignature"
        bad = f"http://user:canarypassword@{host}/none.warc.gz?X-Amz-Signature=canarysignature"
        recipe = tmp_path / "few.yaml"
        recipe.write_text(
            "recipe: few\nsteps:\n  - where: {name: long, keep: length(text) > 500}\n"
            "checks:\n  - kept_share: {between: [0.02, 0.9]}\n"
        )
        run = runner(monkeypatch, capsys)
        answer = run("run", str(recipe), "--input", good, "--input", bad, "--lake", str(lake))
        failed = run("ingest", "--input", bad, "--lake", str(lake))
    assert answer.code == 0, answer.err
    assert failed.code == 2
    assert_silent(answer.out + answer.err + failed.out + failed.err, "what was said")
    inputs = rows_in(str(lake / "ops/inputs"))
    assert sorted(row["status"] for row in inputs) == ["done", "failed"]
    tables = {str(log.parent.relative_to(lake)) for log in lake.rglob("_delta_log")}
    assert tables >= {"silver/documents", "silver/verdicts", "gold/few", "ops/inputs", "ops/checks", "ops/publications"}
    for table in tables:
        assert_silent(str(rows_in(str(lake / table))), table)
    with sqlite3.connect(lake / "ops" / "mlflow.db") as tracked:
        assert tracked.execute("select count(*) from runs").fetchone()[0] >= 2
        assert_silent("\n".join(tracked.iterdump()), "MLflow's store")
    files = [file for file in lake.rglob("*") if file.is_file() and file.suffix != ".parquet"]
    assert {"recipe.json", "funnel.svg", "index.html"} <= {file.name for file in files}
    for file in files:
        assert_silent(file.read_text(encoding="utf-8", errors="replace"), file)


def test_a_failure_is_reported_and_logged_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    said = f"cannot sign with {CANARIES[0]} and token={CANARIES[1]} at https://user:canarypassword@host/\x1b[2J[/dim]"
    Progress().tell(said)
    lines = [code_and_line(UserError(said))[1], code_and_line(ValueError(said))[1], capsys.readouterr().err]
    details = lines[1].rpartition("(details in ")[2].rstrip(")")
    lines.append(Path(details).read_text(encoding="utf-8"))
    Path(details).unlink()
    for line in lines:
        assert_silent(line, line)
    assert not any("\x1b" in line for line in lines[:3])
    assert "[/dim]" in lines[2]


def test_no_tracked_parameter_text_or_dataset_has_a_secret(tmp_path: Path) -> None:
    where = tracking_store(str(tmp_path))
    assert where is not None
    with Tracker(where, "run", print) as tracker:
        tracker.params({"inputs": f"https://user:canarypassword@host/a?X-Amz-Signature=canarysignature {CANARIES[0]}"})
        tracker.text(f"secret: {CANARIES[1]}", "note.txt")
    with sqlite3.connect(tmp_path / "ops" / "mlflow.db") as tracked:
        assert_silent("\n".join(tracked.iterdump()), "MLflow's store")
    (note,) = tmp_path.rglob("note.txt")
    assert_silent(note.read_text(), note)


def test_sparks_own_redaction_covers_the_names() -> None:
    import re

    pattern = re.compile(settings("lake", cores=1)["spark.redaction.regex"].removeprefix("(?i)"), re.I)
    for name in ("fs.s3a.secret.key", "fs.s3a.access.key", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "db.password"):
        assert pattern.search(name), name


def test_other_values_are_not_redacted() -> None:
    plain = "s3://pages/a.warc.gz: there is no such object; 3 tokens in fineweb"
    assert redacted(plain) == plain
