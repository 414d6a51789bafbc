"""The ingest job: inputs to files, files to batches, each batch read in one Spark job and committed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.errors import UserError
from decantry.jobs.ingest.manifest import Manifest, Outcome
from decantry.jobs.ingest.options import IngestOptions, IngestReport, resolve
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.source import Source, SourceError, inspect, scheme

if TYPE_CHECKING:
    from decantry.jobs.lake import Lake
    from decantry.jobs.progress import Progress


def ingest(
    lake: Lake, inputs: Sequence[str], options: IngestOptions | None = None, progress: Progress | None = None
) -> IngestReport:
    """Read the inputs into silver/documents, silver/rejects and ops/inputs (bronze/pages with `keep_html`).

    Files that were read in the same way before are not read again. Raises UserError where nothing is usable.
    """
    from decantry.jobs.ingest.batch import read_batch

    begin = time.monotonic()
    options = options or IngestOptions()
    reading = resolve(options)
    sources = sorted(expand(inputs, options.limit), key=lambda source: source.path)
    manifest = Manifest.of(lake, reading)
    report = IngestReport(archives=len(sources))
    missing: list[Outcome] = []
    todo: list[Source] = []
    crawls: set[str] = set()
    for source in sources:
        try:
            current = inspect(source) if scheme(source.uri) == "file" else source
        except SourceError as error:
            missing.append(Outcome.failed(source, reading, str(error)))
            continue
        done = manifest.done(current)
        if done is None:
            todo.append(current)
        else:
            report.already_done += 1
            report.empty += done.status == "empty"
            report.damaged += done.status == "damaged"
            crawls.update([] if done.status == "empty" else manifest.crawls(done))
    _refuse(missing, options)
    size = max(1, options.batch_archives)
    for at in range(0, max(1, len(todo)), size):
        batch = todo[at : at + size]
        if progress is not None and batch:
            progress.tell(f"reading {files(len(batch))}, {at + len(batch)} of {len(todo)}")
        outcomes = read_batch(lake, batch, missing if at == 0 else [], reading, options, manifest)
        for outcome in outcomes:
            outcome.count_into(report)
            crawls.update(outcome.crawls)
    if progress is not None and report.already_done:
        progress.tell(f"already done: {files(report.already_done)} of {len(sources)}")
    report.crawls = sorted(crawls)
    report.seconds = time.monotonic() - begin
    if report.failed + report.empty == report.archives:
        raise UserError(_nothing(report))
    return report


def files(count: int) -> str:
    """`1 file`, `2 files`."""
    return f"{count} file" if count == 1 else f"{count} files"


def _refuse(failed: Sequence[Outcome], options: IngestOptions) -> None:
    if failed and options.on_bad_file == "fail":
        raise UserError(f"cannot read {failed[0].error}; nothing was written (--on-bad-file fail)")


def _nothing(report: IngestReport) -> str:
    what = "the one input" if report.archives == 1 else f"none of the {report.archives} inputs"
    if report.archives == 1:
        return f"{what} is not usable: {report.errors[0] if report.errors else 'it is empty'}"
    reasons = [f"{report.empty} empty"] if report.empty else []
    reasons += [f"{report.failed} failed, the first: {report.errors[0]}"] if report.errors else []
    return f"{what} is usable: {'; '.join(reasons)}"
