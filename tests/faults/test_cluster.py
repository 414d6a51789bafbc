"""A run on a standalone cluster and S3, whose workers are killed and whose requests fail, in another time zone."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from decantry.jobs.sample import build
from infra.local.cluster import Cluster, cluster, unpack
from infra.local.object_store import ObjectStore, client_environment
from tests.faults.s3_trouble import TroubledStore, troubled
from tests.wheel import build_wheel

CRAWL = "crawl-data/CC-MAIN-2026-40/segments/1/warc"
RUN_SECONDS = 900

pytestmark = pytest.mark.cluster


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


def asked(proxy: TroubledStore, pattern: str) -> Callable[[], bool]:
    return lambda: any(re.search(pattern, f"{method} {path}") for method, path, _ in list(proxy.asked))


def kill(pid: int) -> None:
    """SIGKILL to a worker, its executors and their Python processes."""
    children: dict[int, list[int]] = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            children[int(stat.read_text().rpartition(")")[2].split()[1])].append(int(stat.parent.name))
        except OSError:
            continue
    tree = [pid]
    for each in tree:
        tree += children[each]
    for each in tree:
        try:
            os.kill(each, signal.SIGKILL)
        except ProcessLookupError:
            continue


def test_workers_killed_and_requests_failing_change_no_count(
    machines: Cluster,
    proxy: TroubledStore,
    tmp_path: Path,
) -> None:
    proxy.arrange(share=0.05, reset_every=20 << 20, seed=7)
    log = tmp_path / "run.log"
    command = ["run", "fineweb", "--input", f"s3://pages/{CRAWL}/", "--lake", "s3a://lake/cluster"]
    driver = machines.submit(command, log)
    moments = (
        r"GET /pages/.*\.warc\.gz",  # archives are being read
        r"PUT /lake/cluster/_staging/.*/fineweb/pass-0/.*parquet",  # documents are being judged
        r"PUT /lake/cluster/_staging/.*/fineweb/dedup-0-.*parquet",  # clusters are being found
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
