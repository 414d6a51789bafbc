"""The journals of `decantry label` in a local lake, whose labels no table has yet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.lake.address import is_local
from decantry.jobs.process.spark import F
from decantry.schemas.labels import JOURNALS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake


def scrub(lake: Lake, ids: DataFrame) -> None:
    """Remove the documents' lines from the journals, and also an unfinished last line of a killed run.

    A run that is labelling at the same time also has its labels in memory. It leaves out forgotten pages when it
    commits.
    """
    if not is_local(lake.root):
        return
    for path in sorted(Path(lake.root, JOURNALS).glob("*.jsonl")):
        lines = {line: id for line in path.read_bytes().splitlines(keepends=True) if (id := _id(line)) is not None}
        existing = [row["id"] for row in ids.where(F.col("id").isin(list(lines.values()))).collect()] if lines else []
        path.write_bytes(b"".join(line for line, id in lines.items() if id not in existing))


def _id(line: bytes) -> str | None:
    try:
        return str(json.loads(line)["id"]) if line.endswith(b"\n") else None
    except (ValueError, LookupError, TypeError):
        return None
