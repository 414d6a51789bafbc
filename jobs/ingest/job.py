"""The ingest job: expand the inputs to files, and read and commit them in batches, one Spark job each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from decantry.jobs.ingest import dropped
from decantry.jobs.ingest.batch import read_batch
from decantry.jobs.ingest.manifest import Line, Outcome, crawls_of, done, finished, lines_of, query
from decantry.jobs.ingest.options import IngestOptions, IngestReport, ReadingOptions, resolve
from decantry.jobs.ingest.own_tables import require_other_tables
from decantry.jobs.ingest.scope import on_request
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.terminal import counted
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.names import scheme
from decantry.jobs.sources.source import Source, inspect
from decantry.jobs.store.errors import SourceError
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake


def ingest(
    lake: Lake,
    inputs: Sequence[str],
    options: IngestOptions | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> IngestReport:
    """Read the inputs into silver/documents, silver/rejects and ops/inputs.

    With `keep_html` raw pages go into bronze/pages, with `structure` their blocks into silver/blocks. A file that is
    read again without `structure` by the same extractor has no blocks any more.

    Files that were read before with the same ingest hash are not read again. Raises UserError if no input is usable.
    """
    begin = time.monotonic()
    options = options or IngestOptions()
    reading = resolve(options)
    sources = sorted(expand(inputs, options.limit), key=lambda source: source.path)
    require_other_tables(lake.root, sources)
    work = Work.of(sources, reading, lines_of(lake.rows("ops/inputs", *query(reading, sources))))
    _require_readable(work.missing, options)
    dropped_files = _dropped_files(lake, sources, reading)
    if dropped_files:
        tell(f"removing the documents of {counted(len(dropped_files), 'file')} that a Delta table no longer has")
    report = IngestReport(archives=len(sources))
    if work.todo or work.missing or dropped_files:
        written = ("silver/documents", "silver/rejects", "ops/inputs", *on_request(lake, reading))
        require_fits(lake, [TABLES[name] for name in written])
    found_done(report, work.done)
    crawls = crawls_of(work.done)
    if work.done:
        tell(f"already done: {counted(len(work.done), 'file')} of {len(sources)}")
    work.missing += dropped_files.values()
    for outcome in _read(lake, work, reading, options, tell):
        if outcome.source.path in dropped_files:
            report.leave(outcome.left, datetime.max)
            continue
        outcome.count_into(report)
        crawls.update(outcome.crawls)
    report.crawls = sorted(crawls)
    report.seconds = time.monotonic() - begin
    if not report.usable:
        raise UserError(_nothing_usable(report))
    return report


def _dropped_files(lake: Lake, sources: Sequence[Source], reading: ReadingOptions) -> dict[str, Outcome]:
    """By path, the outcomes of files that were read as part of the sources' tables and have left them since."""
    if not any(source.table for source in sources):
        return {}
    crawls = {row["path"]: row["crawl"] for row in lake.rows("ops/inputs", dropped.query(reading), ["path", "crawl"])}
    return {path: dropped.emptied(path, crawls[path]) for path in dropped.dropped(sources, crawls)}


def found_done(report: IngestReport, lines: Sequence[Line]) -> None:
    """Add the files that were read before to the report."""
    report.already_done = len(lines)
    report.empty = sum(line.status == "empty" for line in lines)
    report.damaged = sum(line.status == "damaged" for line in lines)
    report.usable = sum(line.usable for line in lines)
    for line in lines:
        report.leave(line.left_crawls or (), line.finished_at)
    report.errors = [line.error for line in lines if line.error and not line.usable]


@dataclass
class Work:
    """The files that the manifest says are done, those that must be read, and those that cannot be found."""

    done: list[Line]
    todo: list[Source]
    missing: list[Outcome]

    @classmethod
    def of(cls, sources: Sequence[Source], reading: ReadingOptions, lines: Mapping[str, Line]) -> Work:
        """The work that the sources need. `lines` are those of the manifest."""
        work = cls([], [], [])
        for source in sources:
            try:
                current = inspect(source) if scheme(source.uri) == "file" else source
            except SourceError as error:
                if (line := finished(lines, source)) is not None:  # it was read, and deleted since
                    work.done.append(line)
                else:
                    work.missing.append(Outcome.failed(source, reading, str(error)))
                continue
            line = done(lines, current)
            if line is None:
                work.todo.append(current)
            else:
                work.done.append(line)
        return work


def _read(
    lake: Lake, work: Work, reading: ReadingOptions, options: IngestOptions, tell: Callable[[str], None]
) -> Iterator[Outcome]:
    """The outcomes of the files that must be read. Each batch is committed before the next is read."""
    if not work.todo and not work.missing:
        return
    size = max(1, options.batch_archives)
    for at in range(0, max(1, len(work.todo)), size):
        batch = work.todo[at : at + size]
        if batch:
            of_all = f", up to number {at + len(batch)} of {len(work.todo)}" if len(work.todo) > size else ""
            tell(f"reading {counted(len(batch), 'file')}{of_all}")
        yield from read_batch(lake, batch, work.missing if at == 0 else [], reading, options)


def _require_readable(failed: Sequence[Outcome], options: IngestOptions) -> None:
    """Raise UserError if a file failed and `on_bad_file` is `fail`."""
    if failed and options.on_bad_file == "fail":
        raise UserError(f"cannot read {failed[0].error}; nothing was written (--on-bad-file fail)")


def _nothing_usable(report: IngestReport) -> str:
    """The message of an ingest without a usable file."""
    what = "the one input" if report.archives == 1 else f"none of the {report.archives} inputs"
    if report.archives == 1:
        return f"{what} is not usable: {report.errors[0] if report.errors else 'it is empty'}"
    unread = report.archives - report.failed - report.empty
    reasons = [f"{report.empty} empty"] if report.empty else []
    reasons += [f"{report.failed} failed"] if report.failed else []
    reasons += [f"{unread} without a record that could be read"] if unread else []
    first = f", the first: {report.errors[0]}" if report.errors else ""
    return f"{what} is usable: {'; '.join(reasons)}{first}"
