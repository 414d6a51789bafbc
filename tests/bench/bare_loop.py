"""The bare loop over archives: fastwarc, charset, resiliparse's main content and lid.176, in processes without Spark.

`python -m tests.bench.bare_loop FILE...` prints pages a second. An ingest is compared with this loop, which does the
same work for each page and nothing else.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

PROCESSES = 2


def run(paths: Sequence[Path], processes: int = PROCESSES) -> int:
    """Read the archives in `processes` processes, the largest first, and return the number of pages."""
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
    """Pages a second, measured inside the loop."""
    begin = time.monotonic()
    pages = run(paths)
    return pages / (time.monotonic() - begin)


if __name__ == "__main__":
    print(f"{rate([Path(path) for path in sys.argv[1:]]):.0f} pages a second ({PROCESSES} processes)")
