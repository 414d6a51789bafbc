"""Child processes that work on pages: losses when a child dies, items that are tried again, and the end of a child."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from decantry.jobs.ingest.child import Lost, WorkFailed
from decantry.jobs.ingest.isolation import Isolated, isolated
from decantry.jobs.ingest.read import worker_for
from decantry.udfs.page.extractor import Extract
from decantry.udfs.page.html import markup_itself, with_resiliparse
from decantry.udfs.page.page import Reading


@pytest.fixture
def unbuffered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child sends each result at once: it works on the next item while the parent has the result."""
    monkeypatch.setattr("decantry.jobs.ingest.child.FLUSH_BYTES", 1)


@pytest.mark.usefixtures("unbuffered")
def test_an_item_whose_child_is_killed_from_outside_is_tried_again() -> None:
    pid = os.getpid()
    children = Path(f"/proc/{pid}/task/{pid}/children")

    def results() -> list[int | Lost]:
        found = []
        for value in isolated(slow_double, range(6)):
            found.append(value)
            if len(found) == 2:
                os.kill(int(children.read_text().split()[-1]), signal.SIGKILL)
        return found

    assert results() == [0, 2, 4, 6, 8, 10]


def test_results_that_were_not_sent_before_a_crash_are_computed_again() -> None:
    def work(value: int) -> int:
        if value in (30, 31, 60):
            os.abort()
        return 2 * value

    found = list(isolated(work, range(100)))
    assert [value for value in found if not isinstance(value, Lost)] == [
        2 * value for value in range(100) if value not in (30, 31, 60)
    ]
    assert [index for index, value in enumerate(found) if isinstance(value, Lost)] == [30, 31, 60]


def test_damage_that_one_item_does_to_its_process_does_not_reject_the_next() -> None:
    broken: list[str] = []

    def work(item: str) -> str:
        if item == "breaks":
            broken.append(item)
        if item == "needs" and broken:
            os.abort()
        return item

    assert list(isolated(work, ["breaks", "needs", "last"])) == ["breaks", "needs", "last"]


def test_a_child_that_grows_is_replaced_before_later_items_run_out_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decantry.jobs.ingest.isolation.PAGE_MEMORY", 400 << 20)
    held: list[bytearray] = []

    def work(size: int) -> int:
        held.append(bytearray(size << 20))
        return sum(map(len, held)) >> 20

    with Isolated(work) as worker:
        assert [list(worker.each([size])) for size in (150, 300, 10)] == [[150], [300], [10]]


def test_an_item_is_tried_again_after_the_machine_stood_still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("decantry.jobs.ingest.child.WALL_FACTOR", 10)
    here = os.getpid()

    def work(mark: Path) -> int:
        if not mark.exists():
            mark.touch()
            time.sleep(60)
        return here

    assert list(isolated(work, [tmp_path / "mark"], seconds=0.1)) == [here]


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    script = (
        "import os, time\nfrom decantry.jobs.ingest.isolation import isolated\n"
        f"def work(item):\n    open({str(pids)!r}, 'a').write(f'{{os.getpid()}} ')\n    time.sleep(0.2)\n"
        "list(isolated(work, range(1000)))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script])
    while not pids.exists() or not pids.read_text():
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    child = int(pids.read_text().split()[0])
    deadline = time.monotonic() + 30
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(pids.read_text().split()) < 100
    assert not Path(f"/proc/{child}").exists()


def test_a_child_keeps_no_file_of_its_parent_open() -> None:
    reader, writer = os.pipe()
    with Isolated(slow_double) as worker:
        assert list(worker.each([1])) == [2]
        os.close(writer)
        assert os.read(reader, 1) == b""
    os.close(reader)


def test_a_child_serves_many_batches_and_is_then_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decantry.jobs.ingest.isolation.CHILD_BYTES", 1000)
    with Isolated(lambda _: os.getpid()) as worker:
        pids = [list(worker.each(["a" * 300, "b" * 300])) for _ in range(4)]
    assert pids == [[pids[0][0]] * 2, [pids[0][0]] * 2, [pids[2][0]] * 2, [pids[2][0]] * 2]
    assert len({os.getpid(), pids[0][0], pids[2][0]}) == 3


def test_only_extractors_in_python_work_in_a_child() -> None:
    def pids(extract: Extract) -> list[int]:
        with worker_for(lambda _: os.getpid(), Reading(extract, "x-1")) as worker:
            return [pid for pid in worker.each(["a", "b"]) if isinstance(pid, int)]

    assert pids(markup_itself) == [os.getpid()] * 2
    first, second = pids(with_resiliparse)
    assert first == second != os.getpid()


def test_items_that_are_larger_than_a_batch_are_sent_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decantry.jobs.ingest.isolation.BATCH_BYTES", 1000)
    assert list(isolated(len, [b"a" * size for size in (10, 900, 900, 5000, 10, 1_000_000, 0)])) == [
        *(10, 900, 900, 5000, 10, 1_000_000, 0)
    ]


def slow_double(value: int) -> int:
    time.sleep(0.2)
    return 2 * value


def test_an_unexpected_error_of_the_work_raises_work_failed() -> None:
    with pytest.raises(WorkFailed, match="ZeroDivisionError"):
        list(isolated(lambda value: 1 // value, [1, 0]))


def test_a_process_that_sleeps_is_ended_after_its_wall_clock_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decantry.jobs.ingest.child.WALL_FACTOR", 10)
    (lost,) = isolated(lambda _: time.sleep(60), [1], seconds=0.1)
    assert lost == Lost("timed_out", "the page was not done after 1 s")


@pytest.mark.usefixtures("unbuffered")
def test_no_child_is_left_when_the_results_are_not_read_to_the_end() -> None:
    before = _children()
    results = isolated(slow_double, range(100))
    assert next(results) == 0
    assert len(_children() - before) == 1
    results.close()
    assert _children() == before


def _children() -> set[str]:
    """The child processes of this process, including dead ones that were not waited for."""
    return set(Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children").read_text().split())
