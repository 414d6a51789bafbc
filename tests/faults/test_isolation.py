"""Faults 6 to 9: pages that crash, hang or swell the parser are set aside, and cost their neighbours nothing."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from decantry.jobs.extract import extracted_row, extracted_rows
from decantry.jobs.ingest import read as reading
from decantry.jobs.ingest import texts
from decantry.jobs.ingest.child import Lost, WorkFailed
from decantry.jobs.ingest.isolation import Isolated, isolated
from decantry.udfs.html import with_resiliparse
from tests.faults.reading import READING, Found, read
from tests.warc_files import http, page, response, write


def fragile(html: str) -> str:
    """An extractor with faults: what a page says decides how it dies."""
    if "SEGFAULT" in html:
        ctypes.string_at(0)
    if "ABORT" in html:
        os.abort()
    if "KILL" in html:
        os.kill(os.getpid(), signal.SIGKILL)
    if "EXIT" in html:
        os._exit(3)
    if "SWELL" in html:
        bytearray(64 << 30)
    if "SPIN" in html:
        ctypes.CDLL(None, use_errno=True)
        pow(3, 10**9)  # one call that holds the interpreter's lock
    return with_resiliparse(html)


FRAGILE = replace(READING, extract=fragile)


def mixed(folder: Path, faults: list[str]) -> Path:
    """An archive in which a page with each fault stands between two good ones."""
    pages = [page("p0", "A good page stands here.")]
    for number, fault in enumerate(faults, 1):
        pages += [page(f"bad{number}", f"This page says {fault} to its reader."), page(f"p{number}", "A good page.")]
    return write(folder / "mixed.warc.gz", *pages)


@pytest.mark.parametrize(
    ("fault", "reason", "detail"),
    [
        ("SEGFAULT", "parser_crash", "killed its process (SIGSEGV)"),
        ("ABORT", "parser_crash", "killed its process (SIGABRT)"),
        ("KILL", "parser_crash", "killed its process (SIGKILL)"),
        ("EXIT", "parser_crash", "ended its process (3)"),
        ("SWELL", "parser_crash", "used more than 2048 MiB"),
        ("SPIN", "timed_out", "took more than 2 s of processor time"),
    ],
)
def test_a_page_that_kills_its_reader_is_set_aside(fault: str, reason: str, detail: str, tmp_path: Path) -> None:
    found = read(mixed(tmp_path, [fault]), FRAGILE)
    assert found.fates == f"p0 {reason} p1"
    (row,) = found.rejects
    assert (row["stage"], row["url"]) == ("extract", "https://bad1.example.org/")
    assert row["detail"].endswith(detail)


def test_many_such_pages_in_one_archive(tmp_path: Path) -> None:
    found = read(mixed(tmp_path, ["ABORT", "EXIT"] * 6), FRAGILE)
    assert (len(found.documents), len(found.rejects)) == (13, 12)
    assert {row["reason"] for row in found.rejects} == {"parser_crash"}


def test_a_text_that_kills_the_language_model_is_set_aside(tmp_path: Path) -> None:
    def identify(text: str) -> tuple[str | None, float | None]:
        if "ABORT" in text:
            os.abort()
        return "en", 1.0

    found = read(mixed(tmp_path, ["ABORT", "nothing", "ABORT"]), replace(READING, identify=identify))
    assert found.fates == "p0 parser_crash p1 bad2 p2 parser_crash p3"
    assert {row["language"] for row in found.documents} == {"en"}
    assert {row["detail"] for row in found.rejects} == {"the page killed its process (SIGABRT)"}


def test_a_row_that_kills_the_language_model_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def identify(text: str) -> tuple[str | None, float | None]:
        if "ABORT" in text:
            os.abort()
        return "en", 1.0

    monkeypatch.setattr(texts, "BATCH_ROWS", 2)
    said = {"a": "Good.", "b": "It says ABORT.", "c": "Good.", "d": "Good.", "e": "ABORT"}
    rows = [{"id": name, "url": f"https://{name}.example.org/", "text": text} for name, text in said.items()]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = read(tmp_path / "rows.jsonl", replace(READING, identify=identify))
    assert found.fates == "a parser_crash c d parser_crash"
    assert {row["language"] for row in found.documents} == {"en"}
    assert [(row["id"], row["warc_offset"]) for row in found.rejects] == [("b", 1), ("e", 4)]


def test_what_is_killed_from_outside_is_done_again() -> None:
    pid = os.getpid()
    marks = Path(f"/proc/{pid}/task/{pid}/children")

    def results() -> list[int | Lost]:
        found = []
        for value in isolated(slow_double, range(6)):
            found.append(value)
            if len(found) == 2:
                os.kill(int(marks.read_text().split()[-1]), signal.SIGKILL)
        return found

    assert results() == [0, 2, 4, 6, 8, 10]


def test_what_was_made_and_not_sent_before_a_crash_is_made_again() -> None:
    def work(value: int) -> int:
        if value in (30, 31, 60):
            os.abort()
        return 2 * value

    found = list(isolated(work, range(100)))
    assert [value for value in found if not isinstance(value, Lost)] == [
        2 * value for value in range(100) if value not in (30, 31, 60)
    ]
    assert [place for place, value in enumerate(found) if isinstance(value, Lost)] == [30, 31, 60]


def test_what_one_item_breaks_is_not_held_against_the_next() -> None:
    broken: list[str] = []

    def work(item: str) -> str:
        if item == "breaks":
            broken.append(item)
        if item == "needs" and broken:
            os.abort()
        return item

    assert list(isolated(work, ["breaks", "needs", "last"])) == ["breaks", "needs", "last"]


def test_a_child_that_swells_is_replaced_before_others_lack_memory() -> None:
    held: list[bytearray] = []

    def work(size: int) -> int:
        held.append(bytearray(size << 20))
        return sum(map(len, held)) >> 20

    with Isolated(work, memory=400 << 20) as apart:
        assert [list(apart.each([size])) for size in (150, 300, 10)] == [[150], [300], [10]]


def test_an_item_at_which_the_machine_stood_still_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("decantry.jobs.ingest.child.PATIENCE", 10)
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


def test_a_child_holds_nothing_that_its_parent_has_open() -> None:
    reader, writer = os.pipe()
    with Isolated(slow_double) as apart:
        assert list(apart.each([1])) == [2]
        os.close(writer)
        assert os.read(reader, 1) == b""
    os.close(reader)


def test_one_child_serves_many_lists_until_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decantry.jobs.ingest.isolation.LIFE", 1000)
    with Isolated(lambda _: os.getpid()) as apart:
        pids = [list(apart.each(["a" * 300, "b" * 300])) for _ in range(4)]
    assert pids == [[pids[0][0]] * 2, [pids[0][0]] * 2, [pids[2][0]] * 2, [pids[2][0]] * 2]
    assert len({os.getpid(), pids[0][0], pids[2][0]}) == 3


def test_items_that_are_larger_than_the_room_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decantry.jobs.ingest.isolation.ROOM", 1000)
    assert list(isolated(len, [b"a" * size for size in (10, 900, 900, 5000, 10, 1_000_000, 0)])) == [
        *(10, 900, 900, 5000, 10, 1_000_000, 0)
    ]


def slow_double(value: int) -> int:
    time.sleep(0.2)
    return 2 * value


def test_an_error_of_our_own_is_told_as_one() -> None:
    with pytest.raises(WorkFailed, match="ZeroDivisionError"):
        list(isolated(lambda value: 1 // value, [1, 0]))


def test_a_process_that_sleeps_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decantry.jobs.ingest.child.PATIENCE", 10)
    (lost,) = isolated(lambda _: time.sleep(60), [1], seconds=0.1)
    assert lost == Lost("timed_out", "the page was not done after 1 s")


def test_nothing_is_left_behind_where_reading_is_broken_off() -> None:
    before = _children()
    results = isolated(slow_double, range(100))
    assert next(results) == 0
    assert len(_children() - before) == 1
    results.close()
    assert _children() == before


def _children() -> set[str]:
    """The processes that this one has, the dead that nobody has asked after among them."""
    return set(Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children").read_text().split())


HOSTILE = {
    "deep": "<div>" * 100_000 + "text",
    "attributes": "<div " + " ".join(f"a{number}=1" for number in range(200_000)) + ">text</div>",
    "unclosed": "<b><i>" * (1 << 18),
    "unclosed paragraphs": "<b><i><p>" * (1 << 17),
    "fonts": "".join(f"<font size={number}>" for number in range(60_000)) + "<p>x" * 60_000,
    "fonts closed": "".join(f"<font size={number}></b>" for number in range(60_000)),
    "links": "<a><p>" * (1 << 18),
    "tables": "<table><tr><td>" * 50_000,
    "templates": "<svg><template>" * 50_000,
    "comments": "<!-- x -->" * 800_000,
    "span": "<td colspan=9007199254740991>" * 1000,
    "angle brackets": "<" * (8 << 20),
    "tags": "<p>x</p>" * 2_000_000,
    "one line": "a" * (16 << 20),
    "white space": "<pre>" + " \n" * (8 << 20),
    "classes": "<div class='" + "a " * (4 << 20) + "'>x",
    "entities": "&amp;" * 3_000_000,
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_told_by_their_own_measures(name: str, tmp_path: Path) -> None:
    archive = write(
        tmp_path / "a.warc.gz", page("a", "Before."), response("x", http(HOSTILE[name])), page("b", "After.")
    )
    begin = _processor_time()
    found = read(archive)
    assert found.fates in ("a x b", "a too_complex b", "a too_large b")
    assert _processor_time() - begin < 2 * 3, "the page's two seconds, with room for a busy machine"


def _processor_time() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def test_a_page_that_no_measure_tells_is_ended_by_the_last_resort(tmp_path: Path) -> None:
    quotes = "<div x='>' " + " ".join(f"a{number}" for number in range(120_000)) + ">text</div>"
    found = read(write(tmp_path / "a.warc.gz", response("x", http(quotes)), page("b", "After.")))
    assert found.fates == "timed_out b"


def test_rows_do_not_depend_on_the_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = mixed(tmp_path, ["ABORT", "nothing", "EXIT"])

    def rows() -> Found:
        return read(archive, FRAGILE)

    expected = rows()
    for size in (1, 200, 600):
        monkeypatch.setattr(reading, "BATCH_BYTES", size)
        assert rows() == expected
    monkeypatch.setattr(reading, "BATCH_ROWS", 2)
    assert rows() == expected


def test_extracting_again_survives_such_a_page_too() -> None:
    import zstandard

    pack = zstandard.ZstdCompressor().compress
    said = {"good": b"<p>A good page.", "bad": b"<p>This page says ABORT.", "last": b"<p>Another good page."}
    given = {"http_status": 200, "content_type": "text/html", "source": None}
    rows = [{"id": name, "url": None, "html": pack(html), **given} for name, html in said.items()]
    with Isolated(partial(extracted_row, reading=FRAGILE)) as apart:
        found = {row["id"]: row for row in extracted_rows(rows, FRAGILE, apart)}
    assert [found[name].get("text") for name in said] == ["A good page.", None, "Another good page."]
    assert (found["bad"]["stage"], found["bad"]["reason"]) == ("extract", "parser_crash")
    assert "html" not in found["bad"] and "source" not in found["bad"]
