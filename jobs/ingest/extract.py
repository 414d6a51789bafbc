"""The extract job: pages that the lake knows, extracted again by another extractor."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest.child import Lost
from decantry.jobs.ingest.isolation import Isolated
from decantry.jobs.ingest.job import files
from decantry.jobs.ingest.native_text import with_native_text
from decantry.jobs.ingest.options import IngestOptions, ReadingOptions, resolve
from decantry.jobs.ingest.read import reading_of
from decantry.jobs.ingest.retrieve import retrieve
from decantry.jobs.ingest.rows import COLUMNS, batches_of
from decantry.jobs.lake.commits import Superseded, Transaction
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.lake.staging import Staging
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.store.errors import SourceError
from decantry.schemas import documents as documents_table
from decantry.schemas import rejects as rejects_table
from decantry.schemas.documents import GIVEN
from decantry.udfs.archive.candidates import Page, Rejected
from decantry.udfs.page.page import named_fields, page_fields

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from decantry.jobs.ingest.isolation import Isolated
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.process.progress import Progress
    from decantry.udfs.page.page import Reading

PAGE_SECONDS = 20.0
"""The last resort for a page: trafilatura takes ten times as long as resiliparse, and a page may have to be fetched."""
BATCH_ARCHIVES = IngestOptions.batch_archives
"""So many archives' pages are committed at a time."""
UNREAD = "unread"
"""Not a reject: the page's archive could not be read this time."""
_REJECTED = ("stage", "reason", "detail")
_MADE = ("text", "markdown", "extractor", "language", "language_score", "language_script")
"""The columns that another extractor makes anew; the others stay as they are."""


@dataclass(frozen=True)
class ExtractReport:
    """How many pages had the extractor's text already, how many got it, and how many were rejected."""

    extractor: str
    already_done: int
    documents: int
    rejects: int
    seconds: float


def extract(
    lake: Lake,
    extractor: str,
    crawl: str | None = None,
    progress: Progress | None = None,
    language_model: str = IngestOptions.language_model,
) -> ExtractReport:
    """Add the extractor's text of every page (of one crawl) that lacks it, to silver/documents.

    The pages of BATCH_ARCHIVES archives are committed at a time: a run that dies goes on after the last.
    A page's markup comes from bronze/pages, or where it is not there from its archive, by one range a page. Raises
    UserError where the lake has no pages, InfrastructureError where archives cannot be read this time.
    """
    options = resolve(IngestOptions(extractor=extractor, language_model=language_model))
    require_fits(lake, [documents_table.TABLE, rejects_table.TABLE])
    from pyspark.sql import functions as F

    begin = time.monotonic()
    looked_at = lake.state("silver/documents")
    pages = _pages(lake, crawl)
    known = pages.count()
    if not known:
        where = f"the crawl {crawl} of the lake" if crawl else "the lake"
        raise UserError(f"{where} {lake.uri} has no pages to extract: ingest archives first")
    documents, rejects, unread, why = 0, 0, 0, ""
    staging = Staging(lake, "extract")
    try:
        due = staging.write("missing", _missing(lake, pages, options))
        paths = sorted(row["warc_path"] for row in due.select("warc_path").distinct().collect())
        for at in range(0, len(paths), BATCH_ARCHIVES):
            batch = paths[at : at + BATCH_ARCHIVES]
            if progress is not None:
                done = f", {files(at + len(batch))} of {len(paths)}" if len(paths) > BATCH_ARCHIVES else ""
                progress.tell(f"extracting with {options.extractor_name}{done}")
            rows = staging.write("rows", _extracted(lake, due, batch, options))
            rows = rows.withColumn("run_id", F.lit(lake.run_id))
            made, rejected = rows.where("reason IS NULL"), rows.where(f"reason <> '{UNREAD}'")
            left = rows.where(f"reason = '{UNREAD}'").agg(F.count("*"), F.min("detail")).first()
            counts = made.count(), rejected.count()
            if counts[0]:
                looked_at = _append(lake, made, options, looked_at)
            if counts[1]:
                lake.append("silver/rejects", rejected.withColumn("length", F.col("warc_length")))
            documents, rejects = documents + counts[0], rejects + counts[1]
            if left is not None and left[0]:
                unread, why = unread + left[0], why or left[1]
    finally:
        staging.remove()
    if unread:
        raise InfrastructureError(
            f"{unread} of {known} pages could not be read again ({why}); the others are done: run the same command "
            "once the archives can be read"
        )
    already = known - documents - rejects
    return ExtractReport(options.extractor_name, already, documents, rejects, time.monotonic() - begin)


def _append(lake: Lake, made: DataFrame, options: ReadingOptions, looked_at: int) -> int:
    """Add the documents; return the table's version. Those that another run has added since are left out."""
    while True:
        pinned = lake.state("silver/documents")
        if pinned != looked_at:
            there = lake.read_version("silver/documents", pinned)
            made = made.join(there.where(there["extractor"] == options.extractor_name).select("id"), "id", "left_anti")
        try:
            return lake.append("silver/documents", made, as_=Transaction("ingest", pinned + 1))
        except Superseded:
            continue


def _texts(lake: Lake, crawl: str | None) -> DataFrame:
    """The documents (of one crawl) that were extracted from pages."""
    from pyspark.sql import functions as F

    found = lake.read("silver/documents").where(~F.col("extractor").isin(*GIVEN))
    return found if crawl is None else found.where(F.col("crawl") == crawl)


def _pages(lake: Lake, crawl: str | None) -> DataFrame:
    """One row a page, whichever extractors its text has been taken with; without the text."""
    return _texts(lake, crawl).drop(*_MADE, "run_id").dropDuplicates(["id", "warc_path", "warc_offset"])


def _missing(lake: Lake, pages: DataFrame, options: ReadingOptions) -> DataFrame:
    """The pages without a text, or a reject, of the extractor."""
    from pyspark.sql import functions as F

    place = ["warc_path", "warc_offset"]
    made = lake.read("silver/documents").where(F.col("extractor") == options.extractor_name).select("id")
    missing = pages.join(made, "id", "left_anti")
    if lake.exists("silver/rejects"):
        tried = lake.read("silver/rejects").where(F.col("extractor") == options.extractor_name)
        missing = missing.join(tried.where("stage = 'extract'").select(*place), place, "left_anti")
    return missing


def _extracted(lake: Lake, due: DataFrame, paths: Sequence[str], options: ReadingOptions) -> DataFrame:
    """The rows of those pages that are of the archives, with the extractor's text, or the reason why there is none."""
    from pyspark.sql import functions as F

    cores = lake.spark.sparkContext.defaultParallelism
    of_batch = F.col("warc_path").isin(*paths)
    missing = due.where(of_batch)
    html = F.lit(None).cast("binary").alias("html")
    rows = missing.select("*", html)
    if lake.exists("bronze/pages"):
        raw = lake.read("bronze/pages").where(of_batch).select("id", "html")
        rows = missing.join(raw, "id", "left")
    if lake.exists("ops/inputs"):
        inputs = lake.read("ops/inputs").groupBy("path").agg(F.max("source").alias("source"))
        rows = rows.join(inputs, F.col("warc_path") == F.col("path"), "left").drop("path")
    else:
        rows = rows.withColumn("source", F.lit(None).cast("string"))
    rows = rows.repartitionByRange(2 * cores, "warc_path", "warc_offset")
    rows = rows.sortWithinPartitions("warc_path", "warc_offset")

    reading = options.on_executors()

    def read(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        return extract_batches(batches, reading)

    columns = [column for column in documents_table.TABLE.columns if column.name != "run_id"]
    columns += [column for column in rejects_table.TABLE.columns if column.name in _REJECTED]
    made = rows.mapInArrow(read, ", ".join(f"`{column.name}` {column.type}" for column in columns))
    return with_native_text(made, reading)


def extract_batches(batches: Iterable[pa.RecordBatch], options: ReadingOptions) -> Iterable[pa.RecordBatch]:
    """Each page's row with its new text, in batches bounded by bytes."""
    reading = reading_of(options)
    names = [name for name in documents_table.TABLE.column_names if name != "run_id"] + list(_REJECTED)
    apart: Isolated[dict[str, Any], dict[str, Any]]
    with Isolated(partial(extracted_row, reading=reading), seconds=PAGE_SECONDS) as apart:
        rows = (row for batch in batches for row in extracted_rows(batch.to_pylist(), reading, apart))
        yield from batches_of(rows, [COLUMNS[name] for name in names])


def extracted_rows(
    rows: list[dict[str, Any]], reading: Reading, apart: Isolated[dict[str, Any], dict[str, Any]]
) -> Iterable[dict[str, Any]]:
    """The rows with their texts, made in a process of their own; a page that kills it is rejected."""
    for row, found in zip(rows, apart.each(rows), strict=True):
        if isinstance(found, Lost):
            kept = {name: value for name, value in row.items() if name not in ("html", "source")}
            refused = dict(zip(_REJECTED, ("extract", found.reason, found.detail), strict=True))
            yield {**kept, "extractor": reading.extractor, **refused}
        else:
            yield found


def extracted_row(row: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """The row with the text and its language, or with a stage, a reason and a detail."""
    import zstandard

    html, source = row.pop("html"), row.pop("source")
    fields: dict[str, Any] | Rejected
    if html is not None:
        raw = zstandard.ZstdDecompressor().decompress(html)
        page = Page(row["id"], row["url"], None, row["http_status"], row["content_type"], None, None, {}, raw)
        fields = page_fields(page, reading)
    else:
        try:
            found = retrieve(row, source)
        except SourceError as error:
            fields = Rejected("extract", UNREAD, str(error), row["id"], row["url"])
        else:
            fields = page_fields(found, reading) if isinstance(found, Page) else _not_a_page(found)
    if isinstance(fields, Rejected):
        refused = replace(fields, stage="extract")
        return {**row, "extractor": reading.extractor, **{name: getattr(refused, name) for name in _REJECTED}}
    made = named_fields(fields, reading)
    return {**row, **{name: made.get(name) for name in _MADE}}


def _not_a_page(found: Any) -> Any:
    if isinstance(found, Rejected):
        return Rejected("extract", "not_found", f"{found.reason}: {found.detail}", found.id, found.url)
    return Rejected("extract", "not_found", "the record is no page", found.id, found.url)
