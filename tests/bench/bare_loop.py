"""The bare loop over archives: fastwarc, charset, resiliparse's main content, lid.176, in some processes; no Spark.

`python -m tests.bench.bare_loop FILE...` prints pages a second. It is what an ingest is measured against: the same
work for each page, and nothing around it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

PROCESSES = 2


def run(paths: Sequence[Path], processes: int = PROCESSES) -> int:
    """Read the archives, the largest first, in `processes` processes; the number of pages read."""
    largest_first = sorted((Path(path) for path in paths), key=lambda path: -path.stat().st_size)
    with ProcessPoolExecutor(processes) as pool:
        return sum(pool.map(_read, largest_first))


def _read(path: Path) -> int:
    from fasttext import load_model
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    from decantry.jobs.setup.cache import model_path

    model = load_model(str(model_path("package:lid.176.ftz")))
    pages = 0
    for record in ArchiveIterator(str(path), record_types=WarcRecordType.response):
        body = record.reader.read()
        html = bytes_to_str(body, detect_encoding(body, from_html_meta=True) or "utf-8")
        text = extract_plain_text(HTMLTree.parse(html), main_content=True)
        model.predict(text.replace("\n", " "))
        pages += 1
    return pages


def rate(paths: Sequence[Path]) -> float:
    """Pages a second, by the loop's own clock."""
    begin = time.monotonic()
    pages = run(paths)
    return pages / (time.monotonic() - begin)


if __name__ == "__main__":
    print(f"{rate([Path(path) for path in sys.argv[1:]]):.0f} pages a second ({PROCESSES} processes)")
