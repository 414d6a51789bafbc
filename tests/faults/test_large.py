"""Fault 9: a record of 2 GiB and many large pages, in a worker whose memory is measured."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from tests.warc_files import http, page, response

pytestmark = pytest.mark.slow

READ = """
import re, resource, sys
from pathlib import Path
from tests.faults.reading import read
found = read(Path(sys.argv[1]))
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(len(found.documents), max(own, children) >> 10, found.fates[:60])
"""
MIB = 1 << 20


def worker(archive: Path) -> tuple[int, int, str]:
    """The documents, the largest memory of the worker or a child in MiB, and the first fates."""
    run = subprocess.run([sys.executable, "-c", READ, str(archive)], capture_output=True, text=True, check=True)
    documents, memory, fates = run.stdout.rstrip("\n").split(" ", 2)
    return int(documents), int(memory), fates


def test_a_record_of_two_gibibytes(tmp_path: Path) -> None:
    size = 2 << 30
    before, after = page("before", "Before."), page("after", "After.")
    block = http(b"<html>")
    head = response("large", block, Content_Length=str(len(block) + size))[: -len(block) - 4]
    with (tmp_path / "a.warc").open("wb") as file:
        file.write(before + head + block)
        file.seek(size, 1)  # a sparse file
        file.write(b"\r\n\r\n" + after)
    documents, memory, fates = worker(tmp_path / "a.warc")
    assert (documents, fates) == (2, "before too_large after")
    assert memory < 500


def test_three_hundred_pages_of_eight_megabytes(tmp_path: Path) -> None:
    archive = tmp_path / "a.warc.gz"
    script = "<script>" + "let x = 1;\n" * (8 * MIB // 11) + "</script>"
    html = f"<html><head>{script}</head><body><p>This is a page.</p></body></html>"
    archive.write_bytes(gzip.compress(response("p", http(html)), 1) * 300)
    documents, memory, _ = worker(archive)
    assert documents == 300
    assert memory < 700
