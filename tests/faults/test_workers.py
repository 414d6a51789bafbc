"""Fault 5: Python workers are killed during ingest. Also damaged archives in a complete job."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.without_spark import rows_of
from decantry.jobs.process.errors import UserError
from tests.faults.hostile import HOSTILE
from tests.faults.odd_archives import ARCHIVES
from tests.warc_files import http, page, response, warcinfo, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PROC = Path("/proc")
DOCUMENTS = ("id", "url", "warc_offset", "warc_length", "text", "language", "language_score")


@contextmanager
def one_worker_killed(work: float) -> Iterator[list[int]]:
    """Kill the first Python worker that has used `work` seconds of processor time, and add it to the list."""
    killed: list[int] = []
    stop = threading.Event()
    before = dict(_workers())

    def watch() -> None:
        while not stop.is_set() and not killed:
            for pid, used in _workers():
                if used - before.get(pid, 0) >= work:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                        killed.append(pid)
                        break
            time.sleep(0.005)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield killed
    finally:
        stop.set()
        thread.join()


def _workers() -> Iterator[tuple[int, float]]:
    """The Python workers of this process's session, and their processor seconds with those of their children."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    names: dict[int, str] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                pid = int(entry.name)
                parents[pid] = int(fields[1])
                used[pid] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
                names[pid] = (entry / "cmdline").read_bytes().decode(errors="replace")
    daemons = {pid for pid, name in names.items() if "pyspark.daemon" in name and "java" in names.get(parents[pid], "")}
    ours = {pid for pid in daemons if parents.get(parents[pid]) == os.getpid()}
    for pid, parent in parents.items():
        if parent in ours:
            children = [child for child, above in parents.items() if above == pid]
            yield pid, used[pid] + sum(used[child] for child in children)


def rows(lake: Lake, table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in lake.read(table).select(*columns).collect()), key=repr)


@pytest.mark.slow
def test_a_worker_killed_while_it_reads(spark: SparkSession, tmp_path: Path, shared_data: Path) -> None:
    archive = str(shared_data / "warc" / "languages-00000.warc.gz")
    calm, hit = (Lake(spark, str(tmp_path / name), "run-1") for name in ("calm", "hit"))
    ingest(calm, [archive], IngestOptions())
    with one_worker_killed(work=0.3) as killed:
        ingest(hit, [archive], IngestOptions())
    assert killed
    for table, columns in (("silver/documents", DOCUMENTS), ("ops/inputs", ("path", "status", "documents"))):
        assert rows(hit, table, columns) == rows(calm, table, columns)


@pytest.mark.slow
def test_damage_and_hostile_pages_through_the_whole_job(spark: SparkSession, tmp_path: Path) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    for odd in ARCHIVES:
        # ids are unique in a lake, so only the new rows of each odd archive are counted
        (folder / odd.name).write_bytes(odd.data)
    hostile = [response(f"h{i}", http(html)) for i, html in enumerate(HOSTILE.values()) if len(html) < 4 << 20]
    write(folder / "hostile.warc.gz", warcinfo(), page("before", "Before."), *hostile, page("after", "After."))
    lake = Lake(spark, str(tmp_path / "lake"), "run-1")
    report = ingest(lake, [str(folder)], IngestOptions())
    inputs = {Path(row["path"]).name: row for row in lake.read("ops/inputs").collect()}
    rejects = lake.read("silver/rejects")
    reasons: dict[str, set[str]] = defaultdict(set)
    for row in rejects.where("stage <> 'archive'").collect():
        reasons[Path(row["warc_path"]).name].add(row["reason"])
    for odd in ARCHIVES:
        row = inputs[odd.name]
        fates = odd.fates.split()
        assert reasons[odd.name] <= {"duplicate_id", *fates}, odd.name  # most archives have the same pages
        repeated = row["rejects"] and not row["documents"]
        assert row["status"] == ("empty" if repeated else odd.status), odd.name
        wanted = sum(name not in ("bad_record", "short_record", "cut_short", "bad_compression") for name in fates)
        assert row["documents"] + row["rejects"] == wanted, odd.name
    damage = rejects.where("stage = 'archive'")
    within_a_member = {Path(row["warc_path"]).name for row in damage.where("length is null").collect()}
    assert within_a_member == {"two-zeros-after.warc.gz", "one-member-lies.warc.gz", "one-member-garbage.warc.gz"}
    assert report.documents == lake.read("silver/documents").count()
    assert report.rejects == rejects.where("stage <> 'archive'").count()
    urls = {row["url"] for row in lake.read("silver/documents").where("warc_path like '%hostile%'").collect()}
    assert {"https://before.example.org/", "https://after.example.org/"} <= urls


def test_a_file_that_is_not_an_archive_has_one_row_in_inputs(spark: SparkSession, tmp_path: Path) -> None:
    names = ("empty.warc.gz", "arc.warc.gz", "page.warc.gz", "noise.warc.gz", "wat.warc.gz")
    odd = {odd.name: odd for odd in ARCHIVES if odd.name in names}
    for name in names:
        (tmp_path / name).write_bytes(odd[name].data)
    lake = Lake(spark, str(tmp_path / "lake"), "run-1")
    with pytest.raises(UserError, match="none of the 5 inputs is usable"):
        ingest(lake, [str(tmp_path / name) for name in names], IngestOptions())
    rows = rows_of(lake.uri, "ops/inputs")
    assert sorted((Path(row["path"]).name, row["status"]) for row in rows) == sorted(
        (name, odd[name].status) for name in names
    )
