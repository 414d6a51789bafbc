"""What it costs to name a page's language right after its text is made, and not after a batch of texts.

`python -m tests.bench.by_turns FILE...` works on the pages of the archives in two processes, by turns either way, and
prints the least processor time of each. By turns, the extractor and the language model push each other out of the
processor's caches.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.jobs.ingest.read import fields_of, reading_of
from decantry.jobs.sources.source import Source
from decantry.udfs.archive.candidates import Page, take
from decantry.udfs.archive.warc import Entry, read_archive
from decantry.udfs.page.page import Reading, language_fields

ROUNDS = 5


def cost(paths: Sequence[Path]) -> tuple[float, float]:
    """The least processor time of the pages, in seconds, by turns and after each other."""
    seconds: dict[bool, list[float]] = defaultdict(list)
    with ProcessPoolExecutor(2) as pool:
        for _ in range(ROUNDS):
            for by_turns in (True, False):
                seconds[by_turns].append(sum(pool.map(_seconds, paths, [by_turns] * len(paths))))
    return min(seconds[True]), min(seconds[False])


def _seconds(path: Path, by_turns: bool) -> float:
    reading = reading_of(resolve(IngestOptions()))
    pages = _pages(path)
    began = time.thread_time()
    if by_turns:
        for page in pages:
            _name([page], reading)
    else:
        _name(pages, reading)
    return time.thread_time() - began


def _name(pages: Sequence[Page], reading: Reading) -> None:
    made = [fields_of(page, reading) for page in pages]
    for fields in made:
        if isinstance(fields, dict):
            language_fields(fields["text"], reading.identify)


def _pages(path: Path) -> list[Page]:
    open_ = Source(str(path), str(path)).open
    with open_(0) as stream:
        head = stream.read(8)
    read = (each.value for each in read_archive(open_, head, take) if isinstance(each, Entry))
    return [value for value in read if isinstance(value, Page)]


if __name__ == "__main__":
    by_turns, afterwards = cost([Path(path) for path in sys.argv[1:]])
    less = 100 * (1 - afterwards / by_turns)
    print(f"{afterwards:.2f} s of processor time beside {by_turns:.2f} s by turns: {less:.1f} % less")
