"""The manifest, ops/inputs: which files have been read, with which options, and with which outcome."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from decantry.jobs.process.address import public
from decantry.jobs.process.secrets import redacted
from decantry.jobs.process.terminal import counted
from decantry.jobs.sources.names import scheme
from decantry.udfs.archive.paths import crawl_of
from decantry.udfs.archive.url import suffix_list

if TYPE_CHECKING:
    from pyspark.sql import Row

    from decantry.jobs.ingest.options import IngestReport, ReadingOptions
    from decantry.jobs.sources.source import Source

FINISHED = ("done", "damaged", "empty")
"""The statuses of a file that was read to its end."""


@dataclass(frozen=True)
class Line:
    """One row of the manifest, with the columns that later runs need."""

    path: str
    version: str | None
    ingest_hash: str
    status: str
    crawl: str
    error: str | None
    records: int = 0
    left_crawls: Sequence[str] | None = None
    finished_at: datetime = datetime.max
    crawls: Sequence[str] | None = None

    @property
    def usable(self) -> bool:
        """See `is_usable`."""
        return is_usable(self.status, self.records)


def is_usable(status: str, records: int) -> bool:
    """Whether the file is done, or damaged with at least one record that could be read."""
    return status == "done" or (status == "damaged" and records > 0)


def query(reading: ReadingOptions, sources: Sequence[Source]) -> tuple[str, list[str]]:
    """The predicate and the columns that select the manifest rows of the sources for one ingest hash.

    The rows may include those of other files whose paths sort between the sources' paths.
    """
    where = f"ingest_hash = '{reading.ingest_hash}' AND {between([source.path for source in sources])}"
    return where, [field.name for field in fields(Line)]


def between(paths: Sequence[str]) -> str:
    """A predicate for the rows of ops/inputs from the first path to the last, so that Delta skips most files."""
    first, last = min(paths, default=""), max(paths, default="")
    # U+10FFFF sorts after every other character, so all paths that begin with the last one are included.
    return f"path >= '{_plain(first)}' AND path <= '{_plain(last)}\U0010ffff'"


def _plain(path: str) -> str:
    """The longest prefix of a path that needs no quoting in any dialect of SQL."""
    return re.split(r"['\\]", path, maxsplit=1)[0]


def lines_of(rows: Iterable[Mapping[str, Any] | Row]) -> dict[str, Line]:
    """The lines of rows of ops/inputs, by path."""
    return {row["path"]: Line(*(row[field.name] for field in fields(Line))) for row in rows}


def done(lines: Mapping[str, Line], source: Source) -> Line | None:
    """The line of a file that was read to its end and has not changed since; None if the file must be read.

    Only local files are checked for changes, because published archives do not change.
    """
    line = finished(lines, source)
    if line is None:
        return None
    return None if scheme(source.uri) == "file" and line.version != source.version else line


def finished(lines: Mapping[str, Line], source: Source) -> Line | None:
    """The line of a file that was read to its end, even if it has changed since; else None."""
    line = lines.get(source.path)
    return line if line is not None and line.status in FINISHED else None


def crawls_of(lines: Iterable[Line]) -> set[str]:
    """The crawls of the documents of the files that are not empty."""
    return {
        crawl
        for line in lines
        if line.status != "empty"
        for crawl in ([line.crawl] if line.crawls is None else line.crawls)
    }


@dataclass
class Outcome:
    """The outcome of reading one file: its row in ops/inputs."""

    source: Source
    crawl: str
    status: str
    records: int = 0
    documents: int = 0
    rejects: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    crawls: list[str] = field(default_factory=list)
    error: str | None = None
    left: list[str] = field(default_factory=list)
    """Crawls of the file's documents in earlier readings that none of them has now."""
    noted: dict[str, int] = field(default_factory=dict)
    """What was noted of rows that became documents, with counts: layouts, generated ids, unreadable dates."""
    of_rows: bool = False
    """Whether the file holds rows, and not the records of an archive."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Why candidates were rejected, with counts."""

    @classmethod
    def failed(cls, source: Source, reading: ReadingOptions, error: str) -> Outcome:
        """The outcome of a file that could not be read."""
        return cls(source, crawl_of(source.path, None, reading.crawl), "failed", error=error)

    def reject(self, count: int, reason: str) -> None:
        """Count so many of the documents as rejects."""
        self.documents -= count
        self.rejects += count
        self.reasons = {**self.reasons, reason: self.reasons.get(reason, 0) + count}

    def make_empty(self, hint: str) -> None:
        """Say that none of the candidates became a document, with the reasons, a hint, and an earlier error."""
        why = ", ".join(f"{count} {reason}" for reason, count in sorted(self.reasons.items()))
        candidates = counted(self.rejects, "row" if self.of_rows else "candidate")
        self.status = "empty"
        before = f"; {self.error}" if self.error else ""
        self.error = f"{public(self.source.uri)}: none of its {candidates} became a document ({why}){hint}{before}"

    def leave(self, crawls: Iterable[str]) -> None:
        """Record the crawls that the file's documents were in, except those that they are in now."""
        own = {*self.crawls, self.crawl} if self.status != "empty" else set(self.crawls)
        self.left = sorted({*self.left, *crawls} - own)

    def count_into(self, report: IngestReport) -> None:
        """Add the file to the report."""
        report.failed += self.status == "failed"
        report.damaged += self.status == "damaged"
        report.empty += self.status == "empty"
        report.records += self.records
        report.documents += self.documents
        report.rejects += self.rejects
        report.leave(self.left, datetime.max)
        report.skipped.update(self.skipped)
        report.noted.update(self.noted)
        report.usable += is_usable(self.status, self.records)
        if self.error and (self.status != "damaged" or not self.records):
            report.errors.append(self.error)

    def row(self, reading: ReadingOptions, run_id: str) -> dict[str, Any]:
        """The file's row in ops/inputs."""
        return {
            "crawl": self.crawl,
            "path": self.source.path,
            "source": public(self.source.uri),
            "bytes": self.source.bytes,
            "version": self.source.version,
            "ingest_hash": reading.ingest_hash,
            "status": self.status,
            "records": self.records,
            "documents": self.documents,
            "rejects": self.rejects,
            "skipped": self.skipped,
            "noted": self.noted,
            "error": None if self.error is None else redacted(self.error),
            "extractor": reading.extractor_name,
            "suffix_list": suffix_list(),
            "crawls": self.crawls,
            "left_crawls": self.left or None,
            "run_id": run_id,
            "finished_at": datetime.now(timezone.utc),
        }
