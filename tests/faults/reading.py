"""Reads a file as a worker does, without Spark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from decantry.jobs.ingest.isolation import PAGE_SECONDS, Isolated
from decantry.jobs.ingest.options import ReadingOptions
from decantry.jobs.ingest.plan import Part
from decantry.jobs.ingest.read import read_part
from decantry.jobs.sources.source import Source, inspect
from decantry.udfs.page.html import extract_function
from decantry.udfs.page.page import Reading, page_fields

OPTIONS = ReadingOptions("resiliparse", "resiliparse-x", "", "", "auto", None, False)
READING = Reading(extract_function("resiliparse"), "resiliparse-x")


@dataclass(frozen=True)
class Found:
    """The rows of one file by kind, in the file's order, and its counts."""

    documents: list[dict[str, Any]]
    rejects: list[dict[str, Any]]
    counts: dict[str, Any]

    @property
    def damages(self) -> list[dict[str, Any]]:
        """The rejects of damaged byte ranges."""
        return [row for row in self.rejects if row["stage"] == "archive"]

    @property
    def fates(self) -> str:
        """The name of each document's host and the reason of each reject, in the order of their offsets."""
        rows = sorted([*self.documents, *self.rejects], key=lambda row: int(row["warc_offset"]))
        return " ".join(row.get("reason") or (row["host"] or "-").split(".")[0] for row in rows)


def read(path: Path, reading: Reading = READING, seconds: float = PAGE_SECONDS) -> Found:
    """All rows of the file. Checks conservation. `seconds` is the processor time limit of a page."""
    with Isolated(partial(page_fields, reading=reading), seconds=seconds) as worker:
        rows = list(read_part(Part(inspect(Source(str(path), str(path)))), OPTIONS, reading, worker))
    *rows, counts = rows
    counts = {**counts, "skipped": dict(counts["skipped"]), "crawls": dict(counts["crawls"])}
    documents = [row for row in rows if row["kind"] == "document"]
    rejects = [row for row in rows if row["kind"] == "reject"]
    found = Found(documents, rejects, counts)
    assert counts["kind"] == "count" and len(documents) + len(rejects) == len(rows)
    candidates = counts["records"] - sum(counts["skipped"].values())
    assert candidates == counts["documents"] + counts["rejects"] == len(rows) - len(found.damages)
    return found
