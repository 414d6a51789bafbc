"""Values that no reader can hold cost only themselves."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from tests.jobs.ingest.test_corpora import TEXT, jsonl, parquet, read


def test_integers_of_any_length_stop_no_file(tmp_path: Path) -> None:
    """JSON has integers that no float can hold."""
    large = 10**400
    rows = [{"id": large, "text": "t"}, {"id": "a", "text": "t", "date": large, "dump": large}]
    found, count = read(jsonl(tmp_path, rows))
    assert [(row["kind"], row.get("reason")) for row in found] == [("reject", "missing_id"), ("document", None)]
    assert count["noted"] == [("date not read", 1), ("dump not read", 1)]


def test_a_day_after_the_year_9999_is_no_text_id_or_crawl(tmp_path: Path) -> None:
    days = pa.array([10**7], pa.int32()).cast(pa.date32())
    for columns in ({"id": ["a"], "text": days}, {"id": days, "text": [TEXT]}):
        (row,), count = read(parquet(tmp_path, columns))
        assert (row["kind"], count["documents"]) == ("reject", 0)
    (row,), count = read(parquet(tmp_path, {"id": ["a"], "text": [TEXT], "dump": days, "url": days}))
    assert (row["crawl"], row["url"]) == ("default", None)
    assert count["noted"] == [("dump not read", 1), ("url not read", 1)]


def test_a_value_that_python_cannot_hold_costs_no_other(tmp_path: Path) -> None:
    spans = pa.array([2**62, None], pa.int64()).cast(pa.duration("s"))
    found, count = read(parquet(tmp_path, {"id": ["a", "b"], "text": [TEXT] * 2, "date": spans}))
    assert [row["kind"] for row in found] == ["document", "document"]
    assert count["noted"] == [("date not read", 1)]


def test_a_blank_address_or_crawl_is_none(tmp_path: Path) -> None:
    (row,), count = read(jsonl(tmp_path, [{"id": "a", "text": "t", "url": " ", "dump": "\t"}]))
    assert (row["kind"], row["url"], row["crawl"], count["noted"]) == ("document", None, "default", [])
