"""Archives in, documents out: one fused pass from bytes to `silver/documents`."""

from __future__ import annotations

from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions, IngestReport

__all__ = ["IngestOptions", "IngestReport", "ingest"]
