"""`python -m tests.soak [--seconds N] [--seed N]` runs rounds of damaged archives and hostile pages until time is up.

After each round, rows must be conserved and every undamaged page must be a document. The memory of the workers is
printed. The program ends with 1 at the first round that fails, and prints the seed that repeats the round. It also ends
with 1 if memory grows.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.soak.memory import largest_worker
from tests.soak.rounds import ARCHIVES, Mixed, members_of, write_round

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT.parent / "shared" / "data" / "warc", ROOT / "build" / "sample")
"""Real pages beside the repository, or the project's sample if they are missing."""
GROWTH = 1.1
"""The allowed growth of workers from the first third of the rounds to the last, for the largest and the median
worker."""


def main() -> int:
    """Run the rounds. Returns 0 if all succeeded."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    archives = [path for folder in FOLDERS for path in sorted(folder.glob("*.warc.gz"), key=_size)][:2]
    sources = [members_of(archive) for archive in archives]
    end, seed, sizes = time.monotonic() + given.seconds, given.seed, []
    while time.monotonic() < end or not sizes:
        work = Path(tempfile.mkdtemp(prefix="decantry-soak-"))
        try:
            mixed = list(write_round(sources, seed, work / "archives"))
            said = round_of(mixed, work)
        except AssertionError as error:
            print(f"seed {seed}: {error}; its archives are in {work}", flush=True)
            return 1
        shutil.rmtree(work)
        sizes.append(largest_worker())
        print(f"seed {seed}: {said}; the largest worker has {sizes[-1] >> 20} MiB", flush=True)
        seed += 1
    largest, middle = growth(sizes)
    rounds = f"{len(sizes)} rounds, {ARCHIVES * len(sizes)} archives"
    print(f"{rounds}; workers grew by {largest:.2f}, their median by {middle:.2f}")
    return int(max(largest, middle) > GROWTH)


def growth(sizes: list[int]) -> tuple[float, float]:
    """The growth of the largest and of the median worker from the first third to the last; 1 if there are too few
    rounds."""
    third = len(sizes) // 3
    first, last = sizes[:third], sizes[-third:]
    return (max(last) / max(first), median(last) / median(first)) if third else (1.0, 1.0)


def _size(path: Path) -> int:
    return path.stat().st_size


def round_of(mixed: list[Mixed], work: Path) -> str:
    """Ingest a round, check it, and return a line about the result. Raises AssertionError."""
    from decantry.jobs.ingest.job import ingest
    from decantry.jobs.ingest.options import IngestOptions
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.session import start

    lake = Lake(start(str(work / "lake"), app="decantry-soak", cores=2), str(work / "lake"), run_id="soak")
    report = ingest(lake, [str(work / "archives")], IngestOptions())
    documents = {row["id"] for row in lake.read("silver/documents").select("id").collect()}
    lost = set().union(*(one.kept for one in mixed)) - documents
    assert not lost, f"{len(lost)} undamaged pages are lost, {min(lost)} among them"
    counts = {(row["warc_path"], row["kind"]): row["count"] for row in _counted(lake)}
    for row in lake.read("ops/inputs").collect():
        found = counts.get((row["path"], "document"), 0), counts.get((row["path"], "reject"), 0)
        assert found == (row["documents"], row["rejects"]), f"{row['path']} has {found} rows, not what inputs says"
        assert row["records"] == sum(found) + sum(row["skipped"].values()), f"{row['path']} lost a record"
    return f"{report.documents} documents, {report.rejects} rejects, {report.damaged} of {ARCHIVES} damaged"


def _counted(lake: object) -> list[dict[str, object]]:
    from pyspark.sql import functions as F

    documents = lake.read("silver/documents").select("warc_path", F.lit("document").alias("kind"))  # type: ignore[attr-defined]
    rejects = lake.read("silver/rejects").where("stage <> 'archive'")  # type: ignore[attr-defined]
    every = documents.unionAll(rejects.select("warc_path", F.lit("reject").alias("kind")))
    return [row.asDict() for row in every.groupBy("warc_path", "kind").count().collect()]


if __name__ == "__main__":
    sys.exit(main())
