"""`python -m tests.bench.s3` measures reading real archives from S3, with and without failing requests, and its memory.

Reading is everything in an ingest except Spark: from the object to the rows of documents. With faults, 5 % of the
requests fail and a connection is reset every 20 MB.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from decantry.jobs.ingest.options import IngestOptions, ReadingOptions, resolve
from decantry.jobs.sources.source import Source
from infra.local.object_store import ObjectStore, client_environment, object_store
from tests.bench.archives import reissue
from tests.faults.s3_trouble import TroubledStore, troubled

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ARCHIVES = 50
PASSES = 4
"""How often each kind is measured, in turn. The best counts, because other work on the machine only slows it down."""
LEAST = 0.7
"""The wanted throughput with faults, as a share of the undisturbed one."""


@dataclass(frozen=True)
class Reading:
    """The result of a worker: the number of rows and their digest, compressed bytes, seconds, and memory after each
    archive."""

    documents: int
    digest: str
    bytes: int
    seconds: float
    rss_mb: list[float]

    @property
    def rate(self) -> float:
        """MB a second."""
        return self.bytes / self.seconds / 1e6


def read(uris: Sequence[str], environment: dict[str, str]) -> Reading:
    """Read the archives one after the other in a separate worker process."""
    parent, child = get_context("spawn").Pipe()
    worker = get_context("spawn").Process(target=_work, args=(child, list(uris), environment))
    worker.start()
    child.close()
    try:
        found: Reading = parent.recv()
    finally:
        worker.join()
    return found


def _work(answer: Connection, uris: list[str], environment: dict[str, str]) -> None:
    os.environ.update(environment)
    from decantry.jobs.ingest.plan import Part
    from decantry.jobs.ingest.read import read_part, reading_of, text_worker
    from decantry.jobs.sources.source import inspect

    options: ReadingOptions = resolve(IngestOptions())
    reading = reading_of(options)
    digest, documents, size, memory = hashlib.sha256(), 0, 0, []
    begin = time.perf_counter()
    for uri in uris:
        source = inspect(Source(uri, uri))
        size += source.bytes or 0
        with text_worker(reading) as worker:
            for row in read_part(Part(source), options, reading, worker):
                if row["kind"] == "count" and row["error"]:
                    raise RuntimeError(row["error"])
                documents += row["kind"] == "document"
                digest.update(repr(sorted(row.items())).encode())
        memory.append(_rss_mb())
    answer.send(Reading(documents, digest.hexdigest(), size, time.perf_counter() - begin, memory))


def _rss_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _uploaded(store: ObjectStore, archives: Sequence[Path]) -> list[str]:
    """Upload the archives to the bucket `pages`, and return their addresses."""
    keys = [f"{archive.parent.name}/{archive.name}" for archive in archives]
    for archive, key in zip(archives, keys, strict=True):
        store.client().upload_file(str(archive), "pages", key)
    return [f"s3://pages/{key}" for key in keys]


def trouble(proxy: TroubledStore) -> None:
    """Let 5 % of the requests fail, and reset connections every 20 MB."""
    proxy.arrange(share=0.05, reset_every=20_000_000)


def main() -> None:
    """Measure, and print a Markdown table."""
    archives = sorted((DATA / "warc").glob("web-*.warc.gz"))[:2]
    if not archives:
        sys.exit(f"the bench reads real pages from {DATA / 'warc'}, which is not here")
    with (
        tempfile.TemporaryDirectory() as folder,
        object_store(Path(folder), "pages") as store,
        troubled(store.endpoint) as proxy,
    ):
        uris = _uploaded(store, archives)
        environment = client_environment(proxy.endpoint)
        calm, rough, met = [], [], 0
        for _ in range(PASSES):
            proxy.arrange()
            calm.append(read(uris, environment))
            trouble(proxy)
            rough.append(read(uris, environment))
            met += proxy.troubled
        proxy.arrange()
        many = reissue(archives, Path(folder) / "many", ARCHIVES // len(archives), pages=150)
        long = read(_uploaded(store, [archive for crawl in many for archive in crawl]), environment)
    assert {each.digest for each in calm} == {each.digest for each in rough}
    best, worst = (max(each.rate for each in runs) for runs in (calm, rough))
    tenth, last = max(long.rss_mb[:10]), max(long.rss_mb[-10:])
    size = calm[0].bytes / 1e6
    rows = [
        ("read from S3, one process", f"{best:.2f} MB/s, {calm[0].documents} documents of {size:.0f} MB", ""),
        ("with 5 % failing and a reset every 20 MB", f"{worst:.2f} MB/s, the same rows, {met} troubles met", ""),
        ("throughput with trouble", f"{worst / best:.2f} of undisturbed", f"{LEAST}"),
        (
            f"memory of a worker over {ARCHIVES} archives",
            f"{tenth:.0f} MB in the first ten, {last:.0f} MB in the last",
            "flat",
        ),
    ]
    print("| what | measured | wanted |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
