"""Rows of ops/publications that writers died before adding are added once, also by two writers at the same time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from decantry.jobs.lake.commits import Commit, Superseded, Transaction, corpora

ROW = {
    **{"recipe": "pets", "run_id": "r", "kind": "replace", "restored_version": None, "recipe_hash": "h"},
    **{"documents_hash": "d", "documents_version": 0, "documents": 1, "kept": 1, "definition": "recipe: pets"},
}


def commit(version: int) -> Commit:
    rows = [{**ROW, "crawl": f"C{version}", "published_at": "2026-01-02T00:00:00"}]
    return Commit(version, "WRITE", corpora.metadata(rows), {})


def test_a_version_that_another_writer_has_recorded_meanwhile_is_not_recorded_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    added: list[tuple[str, int]] = []

    def append(name: str, rows: list[Any], *, transaction: Transaction) -> None:
        if transaction.number <= 1:  # the other writer has added version 1
            raise Superseded(name)
        added.extend((row["crawl"], row["corpus_version"]) for row in rows)

    def rows_of(spark: object, table: Any, rows: list[Any]) -> list[dict[str, Any]]:
        return [dict(zip(table.column_names, row, strict=True)) for row in rows]

    monkeypatch.setattr(corpora, "few_rows", rows_of)
    found = {"rows": lambda name: [], "names": lambda layer: ["pets"], "version": lambda name: 2}
    lake = SimpleNamespace(spark=None, append=append, commits=lambda name, after: [commit(1), commit(2)], **found)
    everything = corpora.record(lake)  # type: ignore[arg-type]
    assert [row["crawl"] for row in everything] == ["C1", "C2"]
    assert added == [("C2", 2)]
