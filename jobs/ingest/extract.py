"""The extract job: extract the pages of a lake again with another extractor."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest.child import Lost
from decantry.jobs.ingest.languages import with_languages
from decantry.jobs.ingest.native_text import with_native_text
from decantry.jobs.ingest.options import IngestOptions, ReadingOptions, resolve
from decantry.jobs.ingest.read import reading_of, worker_for
from decantry.jobs.ingest.retrieve import retrieve
from decantry.jobs.ingest.rows import COLUMNS, batches_of
from decantry.jobs.lake.commits import Superseded, Transaction
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.lake.staging import Staging
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.process.spark import F
from decantry.jobs.process.terminal import counted
from decantry.jobs.store.errors import SourceError
from decantry.schemas import documents as documents_table
from decantry.schemas import rejects as rejects_table
from decantry.schemas.documents import GIVEN
from decantry.udfs.archive.candidates import GivenText, Page, Rejected
from decantry.udfs.page.page import page_fields

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from decantry.jobs.ingest.isolation import InProcess, Isolated
    from decantry.jobs.lake.lake import Lake
    from decantry.udfs.page.page import Reading

PAGE_SECONDS = 20.0
"""Processor time for one page. Trafilatura takes ten times as long as resiliparse, and a page may be fetched first."""
BATCH_ARCHIVES = IngestOptions.batch_archives
"""The number of archives whose pages are committed at a time."""
UNREAD = "unread"
"""The reason in the row of a page whose archive cannot be read now. It does not become a reject."""
Row = dict[str, Any]
_REJECTED = ("stage", "reason", "detail")
_EXTRACTED = ("text", "markdown", "extractor", "language", "language_score", "language_script")
"""The columns that depend on the extractor. The others are copied."""


@dataclass(frozen=True)
class ExtractReport:
    """How many pages had a text or a reject of the extractor, and how many got one now; `seconds` of wall time."""

    extractor: str
    already_done: int
    documents: int
    rejects: int
    seconds: float


def extract(
    lake: Lake,
    extractor: str,
    crawl: str | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> ExtractReport:
    """Extract every page (of one crawl) that lacks the extractor's text, and add the text to silver/documents.

    The pages of BATCH_ARCHIVES archives are committed together. After a run that died, the next one continues with the
    first batch that was not committed. The markup of a page is read from bronze/pages or, if it is not there, from its
    archive with one range request. Raises UserError if the lake has no pages, and InfrastructureError if archives
    cannot be read now.
    """
    options = resolve(IngestOptions(extractor=extractor))
    require_fits(lake, [documents_table.TABLE, rejects_table.TABLE])
    begin = time.monotonic()
    pinned = lake.state("silver/documents")
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
            done = f", {counted(at + len(batch), 'file')} of {len(paths)}" if len(paths) > BATCH_ARCHIVES else ""
            tell(f"extracting with {options.extractor_name}{done}")
            rows = staging.write("rows", _extracted(lake, due, batch, options))
            rows = rows.withColumn("run_id", F.lit(lake.run_id))
            extracted, rejected = rows.where("reason IS NULL"), rows.where(f"reason <> '{UNREAD}'")
            unreadable = rows.where(f"reason = '{UNREAD}'").agg(F.count("*"), F.min("detail")).first()
            counts = extracted.count(), rejected.count()
            if counts[0]:
                pinned = _append(lake, extracted, options, pinned)
            if counts[1]:
                lake.append("silver/rejects", rejected.withColumn("length", F.col("warc_length")))
            documents, rejects = documents + counts[0], rejects + counts[1]
            if unreadable is not None and unreadable[0]:
                unread, why = unread + unreadable[0], why or unreadable[1]
    finally:
        staging.remove()
    if unread:
        raise InfrastructureError(
            f"{unread} of {known} pages could not be read again ({why}); the others are done: run the same command "
            "once the archives can be read"
        )
    already = known - documents - rejects
    return ExtractReport(options.extractor_name, already, documents, rejects, time.monotonic() - begin)


def _append(lake: Lake, documents: DataFrame, options: ReadingOptions, pinned: int) -> int:
    """Append the documents, and return the table's new version. Documents that another run has added since the version
    `pinned` are left out.
    """
    while True:
        newest = lake.state("silver/documents")
        if newest != pinned:
            added = lake.read_version("silver/documents", newest)
            added = added.where(added["extractor"] == options.extractor_name)
            documents = documents.join(added.select("id"), "id", "left_anti")
        try:
            return lake.append("silver/documents", documents, transaction=Transaction("ingest", newest + 1))
        except Superseded:
            continue


def _texts(lake: Lake, crawl: str | None) -> DataFrame:
    """The documents (of one crawl) that were extracted from pages."""
    found = lake.read("silver/documents").where(~F.col("extractor").isin(*GIVEN))
    return found if crawl is None else found.where(F.col("crawl") == crawl)


def _pages(lake: Lake, crawl: str | None) -> DataFrame:
    """One row for each page, whatever extractors it has texts of. The columns of _EXTRACTED are left out."""
    return _texts(lake, crawl).drop(*_EXTRACTED, "run_id").dropDuplicates(["id", "warc_path", "warc_offset"])


def _missing(lake: Lake, pages: DataFrame, options: ReadingOptions) -> DataFrame:
    """The pages that have neither a text nor a reject of the extractor."""
    location = ["warc_path", "warc_offset"]
    done = lake.read("silver/documents").where(F.col("extractor") == options.extractor_name).select("id")
    missing = pages.join(done, "id", "left_anti")
    if lake.exists("silver/rejects"):
        rejects = lake.read("silver/rejects").where(F.col("extractor") == options.extractor_name)
        missing = missing.join(rejects.where("stage = 'extract'").select(*location), location, "left_anti")
    return missing


def _extracted(lake: Lake, due: DataFrame, paths: Sequence[str], options: ReadingOptions) -> DataFrame:
    """The rows of the pages in the archives `paths`, with the extractor's text or the reason why there is none."""
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
    extracted = rows.mapInArrow(read, ", ".join(f"`{column.name}` {column.type}" for column in columns))
    return with_languages(with_native_text(extracted, reading), reading)


def extract_batches(batches: Iterable[pa.RecordBatch], options: ReadingOptions) -> Iterable[pa.RecordBatch]:
    """Each page's row with its new text, in record batches that are bounded by bytes."""
    reading = reading_of(options)
    names = [name for name in documents_table.TABLE.column_names if name != "run_id"] + list(_REJECTED)
    with worker_for(partial(extracted_row, reading=reading), reading, PAGE_SECONDS) as worker:
        rows = (row for batch in batches for row in extracted_rows(batch.to_pylist(), reading, worker))
        yield from batches_of(rows, [COLUMNS[name] for name in names])


def extracted_rows(
    rows: list[dict[str, Any]], reading: Reading, worker: Isolated[Row, Row] | InProcess[Row, Row]
) -> Iterable[dict[str, Any]]:
    """The rows with their texts, which the worker extracts. A page that kills the worker's process is rejected."""
    for row, found in zip(rows, worker.each(rows), strict=True):
        if isinstance(found, Lost):
            kept = {name: value for name, value in row.items() if name not in ("html", "source")}
            rejected = dict(zip(_REJECTED, ("extract", found.reason, found.detail), strict=True))
            yield {**kept, "extractor": reading.extractor, **rejected}
        else:
            yield found


def extracted_row(row: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """The row with its text, or with the stage, reason and detail of its rejection."""
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
        rejected = replace(fields, stage="extract")
        return {**row, "extractor": reading.extractor, **{name: getattr(rejected, name) for name in _REJECTED}}
    return {**row, **{name: fields.get(name) for name in _EXTRACTED}}


def _not_a_page(found: GivenText | Rejected) -> Rejected:
    detail = f"{found.reason}: {found.detail}" if isinstance(found, Rejected) else "the record is no page"
    return Rejected("extract", "not_found", detail, found.id, found.url)
