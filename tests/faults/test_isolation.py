"""Faults 6 to 9: pages that make the parser crash, hang or swell are rejected, and affect no other page."""

from __future__ import annotations

import ctypes
import os
import signal
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from decantry.jobs.ingest import read as reading
from decantry.jobs.ingest.child import Lost
from decantry.jobs.ingest.extract import extracted_row, extracted_rows
from decantry.jobs.ingest.isolation import PAGE_SECONDS, InProcess, Isolated
from decantry.udfs.page.extractor import CannotExtract
from decantry.udfs.page.html import with_resiliparse
from tests.faults.hostile import HOSTILE
from tests.faults.reading import READING, Found, read
from tests.warc_files import http, page, response, write


def fragile(html: str, utf8: bytes | None = None) -> str:
    """An extractor with faults. A word in the page selects the fault."""
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
    return with_resiliparse(html, utf8)


FRAGILE = replace(READING, extract=fragile)


def mixed(folder: Path, faults: list[str]) -> Path:
    """An archive with a page for each fault, each between two good pages."""
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
def test_a_page_that_kills_its_process_is_rejected(fault: str, reason: str, detail: str, tmp_path: Path) -> None:
    found = read(mixed(tmp_path, [fault]), FRAGILE)
    assert found.fates == f"p0 {reason} p1"
    (row,) = found.rejects
    assert (row["stage"], row["url"]) == ("extract", "https://bad1.example.org/")
    assert row["detail"].endswith(detail)


def test_many_fatal_pages_in_one_archive(tmp_path: Path) -> None:
    found = read(mixed(tmp_path, ["ABORT", "EXIT"] * 3), FRAGILE)
    assert (len(found.documents), len(found.rejects)) == (7, 6)
    assert {row["reason"] for row in found.rejects} == {"parser_crash"}


TOLD = {
    "attributes": "a tag has thousands of attributes",
    "fonts": "more than 5000 formatting elements are open at a time",
    "fonts closed": "more than 5000 formatting elements are open at a time",
    "angle brackets": "the page has 8388608 tags",
    "tags": "the page has 4000000 tags",
}
"""The hostile pages that are not parsed, and the details of their rejects."""


@pytest.mark.parametrize("name", TOLD)
def test_hostile_pages_that_are_not_parsed(name: str) -> None:
    with pytest.raises(CannotExtract, match=TOLD[name]) as told:
        with_resiliparse(HOSTILE[name])
    assert told.value.reason == "too_complex"


def test_a_deeply_nested_page_has_all_of_its_text_and_harms_no_other_page(tmp_path: Path) -> None:
    archive = write(
        tmp_path / "a.warc.gz", page("a", "Before."), response("x", http(HOSTILE["deep"])), page("b", "After.")
    )
    found = read(archive)
    assert found.fates == "a x b"
    assert [row["text"] for row in found.documents] == ["Before.", "text", "After."]


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_recognised_by_their_measures(name: str, tmp_path: Path) -> None:
    """None needs the time limit, which is four times that of a run here because the machine may be busy."""
    archive = write(
        tmp_path / "a.warc.gz", page("a", "Before."), response("x", http(HOSTILE[name])), page("b", "After.")
    )
    found = read(archive, seconds=4 * PAGE_SECONDS)
    assert found.fates == ("a too_complex b" if name in TOLD else "a x b")


@pytest.mark.slow
def test_a_page_that_no_measure_recognises_is_ended_by_the_time_limit(tmp_path: Path) -> None:
    """Parsing its one tag is quadratic in the attributes, and takes more than half a minute."""
    quotes = "<div x='>' " + " ".join(f"a{number}" for number in range(500_000)) + ">text</div>"
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


def test_extracting_again_survives_a_fatal_page() -> None:
    import zstandard

    pack = zstandard.ZstdCompressor().compress
    said = {"good": b"<p>A good page.", "bad": b"<p>This page says ABORT.", "last": b"<p>Another good page."}
    given = {"http_status": 200, "content_type": "text/html", "source": None}
    rows = [{"id": name, "url": None, "html": pack(html), **given} for name, html in said.items()]
    with Isolated(partial(extracted_row, reading=FRAGILE)) as worker:
        found = {row["id"]: row for row in extracted_rows(rows, FRAGILE, worker)}
    assert [found[name].get("text") for name in said] == ["A good page.", None, "Another good page."]
    assert (found["bad"]["stage"], found["bad"]["reason"]) == ("extract", "parser_crash")
    assert "html" not in found["bad"] and "source" not in found["bad"]


def test_a_page_that_finds_too_little_memory_is_lost_without_a_child_too() -> None:
    def work(number: int) -> int:
        return len(bytes(1 << 62)) if number == 1 else number

    lost = Lost("parser_crash", "the page found too little memory")
    assert list(InProcess(work).each([0, 1, 2])) == [0, lost, 2]
