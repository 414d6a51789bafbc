"""One batch of files: read in one Spark job, summed up for each file, and committed."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from decantry.jobs.ingest.columns import missing_text
from decantry.jobs.ingest.commit import commit
from decantry.jobs.ingest.languages import with_languages
from decantry.jobs.ingest.manifest import Outcome
from decantry.jobs.ingest.native_text import FAILED, failures, with_native_text
from decantry.jobs.ingest.numbers import numbered
from decantry.jobs.ingest.plan import Part, plan
from decantry.jobs.ingest.read import read_parts
from decantry.jobs.ingest.rows import COUNTS, spark_schema
from decantry.jobs.lake.staging import Staging
from decantry.jobs.process.address import public
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.sources.source import Source, inspect
from decantry.jobs.store.errors import SourceError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, Row

    from decantry.jobs.ingest.options import IngestOptions, ReadingOptions
    from decantry.jobs.lake.lake import Lake

PAGELESS = {"warcinfo", "metadata", "request"}
"""Types of records that describe pages. An archive that has only these, such as a WAT file, has no candidate."""
INSPECTORS = 16
"""Threads that ask for the files' sizes."""


def read_batch(
    lake: Lake,
    sources: Sequence[Source],
    missing: Sequence[Outcome],
    reading: ReadingOptions,
    options: IngestOptions,
) -> list[Outcome]:
    """Read the files, write their rows, and return the outcomes. `missing` are outcomes known before: files that
    failed, or that no longer have rows.

    Raises UserError before anything is written if a file fails and `on_bad_file` is `fail`.
    """
    found, failed = _inspected(sources, reading)
    failed = [*missing, *failed]
    staging = Staging(lake, "ingest")
    try:
        outcomes: list[Outcome] = []
        rows = None
        if found:
            rows, outcomes = _read(lake, found, reading, staging)
        elif any(outcome.status != "failed" for outcome in failed):
            rows = _with_texts(lake.spark.createDataFrame([], spark_schema()), reading)
        refused = next((outcome for outcome in [*failed, *outcomes] if outcome.status == "failed"), None)
        if refused is not None and options.on_bad_file == "fail":
            raise UserError(f"cannot read {refused.error}; nothing of its batch was written (--on-bad-file fail)")
        return commit(lake, staging, rows, [*failed, *outcomes], reading)
    finally:
        staging.remove()


def _inspected(sources: Sequence[Source], reading: ReadingOptions) -> tuple[list[Source], list[Outcome]]:
    """The sources with their sizes, and the outcomes of those that cannot be found."""

    def inspected(source: Source) -> Source | Outcome:
        try:
            return source if source.version is not None else inspect(source)
        except SourceError as error:
            return Outcome.failed(source, reading, str(error))

    with ThreadPoolExecutor(INSPECTORS) as pool:
        answers = list(pool.map(inspected, sources))
    return (
        [answer for answer in answers if isinstance(answer, Source)],
        [answer for answer in answers if isinstance(answer, Outcome)],
    )


def _read(
    lake: Lake, sources: list[Source], reading: ReadingOptions, staging: Staging
) -> tuple[DataFrame, list[Outcome]]:
    """The staged rows of all files, and each file's outcome. If its parts do not meet, it is read again as a whole."""
    cores = lake.spark.sparkContext.defaultParallelism
    rows = staging.write("parts", _rows(lake, plan(sources, cores), reading))
    counts = _counts(rows)
    torn = [source for source in sources if not _parts_meet(counts[source.path])]
    if torn:
        again = staging.write("whole", _rows(lake, [[Part(source)] for source in torn], reading))
        rows = rows.where(~F.col("warc_path").isin([source.path for source in torn])).unionByName(again)
        counts |= _counts(again)
    lost = failures(rows, reading)
    outcomes = [outcome(source, counts[source.path], reading, lost.get(source.path, 0)) for source in sources]
    return numbered(rows, counts), outcomes


def _rows(lake: Lake, tasks: list[list[Part]], reading: ReadingOptions) -> DataFrame:
    """The rows of the tasks' parts. Each task is a partition."""
    options = reading.on_executors()

    def read(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                yield from read_parts(tasks[number], options)

    rows = lake.spark.range(0, len(tasks), 1, len(tasks)).mapInArrow(read, spark_schema())
    return _with_texts(rows, options)


def _with_texts(rows: DataFrame, options: ReadingOptions) -> DataFrame:
    """The rows with what is made of pages and texts in the JVM."""
    return with_languages(with_native_text(rows, options), options)


def _counts(rows: DataFrame) -> dict[str, list[Row]]:
    """By path, the count rows of a file's parts, in the order of the parts."""
    columns = (column.name for column in COUNTS if column.name != "kind")
    found = rows.where("kind = 'count'").select("warc_path", "crawl", *columns).collect()
    counts: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(found, key=itemgetter("warc_path", "part")):
        counts[row["warc_path"]].append(row)
    return counts


def _parts_meet(parts: list[Row]) -> bool:
    """Whether each part ended where the next began. Damage, or an archive inside an archive, can prevent this."""
    return all(before["next"] == after["first"] for before, after in pairwise(parts) if not before["error"])


def outcome(source: Source, parts: list[Row], reading: ReadingOptions, lost: int = 0) -> Outcome:
    """The outcome of a file, from the counts of its parts. `lost` of its documents have become rejects since."""
    error = next((part["error"] for part in parts if part["error"]), None)
    if error:
        return Outcome.failed(source, reading, error)
    records, damages = (sum(part[name] for part in parts) for name in ("records", "damages"))
    skipped, noted, reasons = (_summed(parts, name) for name in ("skipped", "noted", "reasons"))
    crawls = sorted({crawl for part in parts for crawl in part["crawls"]})
    documents, rejects = (sum(part[name] for part in parts) for name in ("documents", "rejects"))
    error = None
    if damages:
        error = f"{damages} byte ranges contain no record" if damages > 1 else "1 byte range contains no record"
    elif records and not documents + rejects and not skipped.keys() - PAGELESS:
        error = f"{public(source.uri)}: none of its records is a page or a text ({', '.join(sorted(skipped))})"
    found = Outcome(
        source,
        crawls[0] if len(crawls) == 1 else parts[0]["crawl"],
        "damaged" if damages else "empty" if error or not records else "done",
        records,
        documents,
        rejects,
        skipped,
        crawls,
        error,
        noted=noted,
        of_rows=any(part["columns"] is not None for part in parts),
        reasons=reasons,
    )
    if lost:
        found.reject(lost, FAILED)
    if found.rejects and not found.documents:
        found.make_empty(_hint(parts, found.reasons, reading))
    return found


def _summed(parts: list[Row], name: str) -> dict[str, int]:
    """The counts of all parts by key, in the order of the keys."""
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part[name])
    return dict(sorted(total.items()))


def _hint(parts: list[Row], reasons: Mapping[str, int], reading: ReadingOptions) -> str:
    """What to do about a file whose candidates were all rejected for these reasons."""
    columns: list[str] = next((found for part in parts if (found := json.loads(part["columns"] or "[]"))), [])
    if "missing_text" in reasons:
        return f"; it has {missing_text(columns, reading.columns)}"
    if "not_json" in reasons:
        return "; write one object on each line, or all objects as one array"
    return ""
