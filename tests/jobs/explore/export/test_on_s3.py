"""The command writes to S3: its tasks put shards, and the manifest is the last object."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local.object_store import ObjectStore
from tests.cold import Cold

pytestmark = pytest.mark.slow


def test_an_export_to_s3_has_what_a_local_one_has(cold: Cold, object_store: ObjectStore, tmp_path: Path) -> None:
    def exported(output: str) -> str:
        words = [
            "export",
            "fineweb",
            "--lake",
            str(cold.lake),
            "--to",
            "hf",
            "--shard-size",
            "20KB",
            "--output",
            output,
        ]
        ended = subprocess.run(
            [sys.executable, "-m", "decantry.jobs.main", *words],
            env=os.environ | object_store.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode in (0, 2), ended.stderr
        return ended.stdout or ended.stderr

    assert "fineweb@1: s3://lake/exports/fineweb (30 documents, " in exported("s3a://lake/exports/fineweb")
    exported(str(tmp_path / "fineweb"))
    client = object_store.client()
    there = {
        entry["Key"].removeprefix("exports/fineweb/"): entry["LastModified"]
        for entry in client.list_objects_v2(Bucket="lake", Prefix="exports/fineweb/")["Contents"]
    }
    here = {str(path.relative_to(tmp_path / "fineweb")) for path in tmp_path.rglob("*") if path.is_file()}
    assert {*there} == here and len(here) >= 5
    assert max(there.values()) == there["manifest.json"]
    for path in here:
        content = client.get_object(Bucket="lake", Key=f"exports/fineweb/{path}")["Body"].read()
        assert content == (tmp_path / "fineweb" / path).read_bytes(), path
    for file in json.loads((tmp_path / "fineweb" / "manifest.json").read_text())["files"]:
        assert hashlib.sha256((tmp_path / "fineweb" / file["path"]).read_bytes()).hexdigest() == file["sha256"]
    assert "s3://lake/exports/fineweb, which is not empty: name another prefix" in exported(
        "s3://lake/exports/fineweb/"
    )
