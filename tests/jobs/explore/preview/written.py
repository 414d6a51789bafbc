"""A lake with a published recipe, written without Spark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from deltalake import write_deltalake

if TYPE_CHECKING:
    from pathlib import Path

TEXT, NUMBER, FLAG = pa.string(), pa.int64(), pa.bool_()
TYPES = {
    "silver/documents": {"id": TEXT, "url": TEXT, "crawl": TEXT, "extractor": TEXT, "language": TEXT}
    | {"language_script": TEXT, "text": TEXT, "markdown": TEXT},
    "silver/verdicts": {"recipe": TEXT, "crawl": TEXT, "id": TEXT, "kept": FLAG, "removed_by": TEXT, "run_id": TEXT},
    "silver/signals": {"recipe": TEXT, "crawl": TEXT, "id": TEXT, "values": pa.map_(TEXT, pa.float64())}
    | {"run_id": TEXT},
    "silver/clusters": {
        "recipe": TEXT,
        "crawl": TEXT,
        "member": TEXT,
        "survivor": TEXT,
        "size": NUMBER,
        "run_id": TEXT,
    },
    "gold": {"id": TEXT, "text": TEXT, "dump": TEXT, "token_count": NUMBER, "copy": pa.int32()},
    "ops/publications": {"recipe": TEXT, "corpus_version": NUMBER, "crawl": TEXT, "run_id": TEXT, "kind": TEXT}
    | {"restored_version": NUMBER, "recipe_hash": TEXT, "definition": TEXT, "documents_hash": TEXT}
    | {"documents_version": NUMBER, "documents": NUMBER, "kept": NUMBER}
    | {"published_at": pa.timestamp("us", "UTC")},
}


@dataclass(frozen=True)
class Judged:
    """A document with its verdict and its measurements in a run. `signals` is None if the run kept no measurements."""

    id: str
    removed_by: str | None
    signals: Mapping[str, float | None] | None
    run: str = "run-1"
    crawl: str = "c1"
    language: str | None = "en"
    script: str | None = "Latn"
    text: str = "some text"
    tokens: int = 2
    more: Mapping[str, Any] = field(default_factory=dict)


def write_lake(folder: Path, recipe: str, definition: str, documents: Sequence[Judged]) -> str:
    """Write a lake and return its address. A document that several runs have judged is given once for each run."""
    last = {each.id: each for each in documents}
    runs = sorted({(each.crawl, each.run) for each in documents})
    write(folder, "silver/documents", [_document(each) for each in last.values()])
    write(folder, "silver/verdicts", [_verdict(recipe, each) for each in documents])
    write(folder, "silver/signals", [_signals(recipe, each) for each in documents if each.signals is not None])
    kept = [each for each in last.values() if each.removed_by is None]
    rows = [{"id": k.id, "text": k.text, "dump": k.crawl, "token_count": k.tokens, "copy": 0} for k in kept]
    write(folder, f"gold/{recipe}", rows)
    write(folder, "ops/publications", [_publication(recipe, definition, n, *run) for n, run in enumerate(runs)])
    return str(folder)


def write(folder: Path, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows to a table of the lake."""
    types = TYPES["gold" if table.startswith("gold/") else table]
    write_deltalake(folder / table, pa.Table.from_pylist(list(rows), pa.schema(types)), mode="append")


def _document(each: Judged) -> dict[str, Any]:
    told = {"url": f"https://example.org/{each.id}", "extractor": "resiliparse-1.0", "markdown": None}
    own = {"id": each.id, "crawl": each.crawl, "language": each.language, "language_script": each.script}
    return {**told, **own, "text": each.text, **each.more}


def _verdict(recipe: str, each: Judged) -> dict[str, Any]:
    of = {"recipe": recipe, "crawl": each.crawl, "id": each.id, "run_id": each.run}
    return {**of, "kept": each.removed_by is None, "removed_by": each.removed_by}


def _signals(recipe: str, each: Judged) -> dict[str, Any]:
    values = list((each.signals or {}).items())
    return {"recipe": recipe, "crawl": each.crawl, "id": each.id, "values": values, "run_id": each.run}


def _publication(recipe: str, definition: str, version: int, crawl: str, run: str) -> dict[str, Any]:
    counts = {"documents": 10, "kept": 5, "documents_version": 0, "documents_hash": "d", "restored_version": None}
    about = {"recipe": recipe, "corpus_version": version, "crawl": crawl, "run_id": run, "recipe_hash": "h"}
    at = datetime(2026, 10, 1, version, tzinfo=timezone.utc)
    return {**counts, **about, "kind": "amend", "definition": definition, "published_at": at}
