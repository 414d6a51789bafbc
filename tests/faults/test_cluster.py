"""A run on a standalone cluster and S3 with killed workers and failing requests, compared with an undisturbed run.

The cluster lives in another time zone, and the undisturbed run has ANSI SQL off: rows 5, 12, 32, 33 and 34 of the
faults in one.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.sample import build
from infra.local.cluster import Cluster, cluster, unpack
from infra.local.object_store import CREDENTIAL, ObjectStore, client_environment
from tests.bench.memory import tree
from tests.delta_rows import rows_in
from tests.faults.s3_trouble import TroubledStore, troubled
from tests.wheel import build_wheel

pytestmark = pytest.mark.slow

CRAWL = "crawl-data/CC-MAIN-2026-40/segments/1/warc"
TABLES = ("silver/documents", "silver/rejects", "silver/verdicts", "gold/fineweb")
OF_THE_RUN = {"run_id", "finished_at", "published_at"}
RUN_SECONDS = 900


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return build(tmp_path_factory.mktemp("sample") / CRAWL)


@pytest.fixture(scope="module")
def proxy(object_store: ObjectStore, archives: list[Path]) -> Iterator[TroubledStore]:
    for archive in archives:
        object_store.client().upload_file(str(archive), "pages", f"{CRAWL}/{archive.name}")
    with troubled(object_store.endpoint) as server:
        yield server


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory, proxy: TroubledStore) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    site = unpack(build_wheel(folder), folder / "site")
    elsewhere = {**client_environment(proxy.endpoint), "TZ": "Pacific/Kiritimati"}
    with cluster(folder, site, elsewhere) as started:
        yield started


def rows(table: str, options: dict[str, str] | None = None) -> list[str]:
    """The table's rows in a canonical form and order, without the columns that differ between runs."""
    found = rows_in(table, options)
    return sorted(repr({name: _plain(row[name]) for name in sorted(row) if name not in OF_THE_RUN}) for row in found)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) and value and isinstance(value[0], tuple) else value


def asked(proxy: TroubledStore, pattern: str) -> Callable[[], bool]:
    return lambda: any(re.search(pattern, f"{method} {path}") for method, path, _ in list(proxy.asked))


def kill(pid: int) -> None:
    """Kill a worker, its executors and their Python processes with SIGKILL."""
    for each in tree(pid):
        try:
            os.kill(each, signal.SIGKILL)
        except ProcessLookupError:
            continue


def test_workers_killed_and_requests_failing_change_no_table(
    machines: Cluster,
    proxy: TroubledStore,
    object_store: ObjectStore,
    archives: list[Path],
    tmp_path: Path,
) -> None:
    proxy.arrange(share=0.05, reset_every=20 << 20, seed=7)
    log = tmp_path / "run.log"
    command = ["run", "fineweb", "--input", f"s3://pages/{CRAWL}/", "--lake", "s3a://lake/cluster"]
    driver = machines.submit(command, log)
    moments = (
        r"GET /pages/.*\.warc\.gz",  # archives are being read
        r"PUT /lake/cluster/_staging/.*/fineweb/pass-0/.*parquet",  # documents are being judged
        r"PUT /lake/cluster/_staging/.*/fineweb/across-0-.*parquet",  # clusters are being found
    )
    end = time.monotonic() + RUN_SECONDS
    for worker, moment in enumerate(moments):
        while not asked(proxy, moment)() and driver.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        assert driver.poll() is None, log.read_text(encoding="utf-8", errors="replace")[-3000:]
        kill(machines.workers[worker].pid)  # the one that has worked longest; another takes its place
        machines.add_worker()
    code = driver.wait(timeout=max(1.0, end - time.monotonic()))
    said = log.read_text(encoding="utf-8", errors="replace")
    assert code == 0, said[-3000:]
    assert "kept 30 of 73 documents" in said
    assert said.count("Lost executor") >= 3
    assert proxy.troubled > 5
    for name in ("*-lid.176.ftz", "*-ut1-adult"):
        assert list(machines.folder.glob(f"worker-*/app-*/*/{name}")), "Spark brings models and lists to the workers"
    assert not list(machines.folder.glob("worker-*-home"))

    lake = tmp_path / "lake"
    alone = [sys.executable, "-m", "decantry.jobs.main", "run", "fineweb", "--input", str(archives[0].parent)]
    ansi_off = {"SPARK_SUBMIT_OPTS": "-Dspark.sql.ansi.enabled=false"}  # the cluster's was on, as Spark 4 has it
    subprocess.run([*alone, "--lake", str(lake), "--quiet"], env={**os.environ, **ansi_off}, check=True)
    for name in TABLES:
        found = rows(f"s3://lake/cluster/{name}", delta_options(object_store))
        assert found == rows(str(lake / name)), name
        assert CREDENTIAL not in "".join(found)

    for file in (path for path in [log, *machines.folder.rglob("*")] if path.is_file() and "site" not in path.parts):
        assert CREDENTIAL.encode() not in file.read_bytes(), file


def delta_options(store: ObjectStore) -> dict[str, str]:
    return {**store.environment, "AWS_ENDPOINT_URL": store.endpoint, "AWS_ALLOW_HTTP": "true"}
