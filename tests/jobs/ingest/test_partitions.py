"""The crawls and addresses that rows name, and the columns that the names of folders have."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.jobs.ingest.test_corpora import AT, TEXT, jsonl, parquet, read


@pytest.mark.parametrize(
    ("column", "crawls", "unread"),
    [
        (pa.array(["C-1", None]), ["C-1", "default"], 0),
        (pa.array([b"C-1", b"\xff"]), ["C-1", "default"], 1),
        (pa.array([2024.0, float("nan")]), ["2024", "default"], 0),  # as pandas writes integers beside a null
        (pa.array([2024, None]), ["2024", "default"], 0),
        (pa.array([Decimal("7.00"), Decimal("7.10")]), ["7", "7.1"], 0),
        (pa.array([19860, None], pa.date32()), ["2024-05-17", "default"], 0),
        (pa.array([["C-1"], []]), ["default", "default"], 2),
        (pa.array([{"name": "C-1"}, None]), ["default", "default"], 1),
        (pa.array([True, None]), ["default", "default"], 1),
    ],
)
def test_the_names_of_crawls_of_any_type(tmp_path: Path, column: pa.Array, crawls: list[str], unread: int) -> None:
    found, count = read(parquet(tmp_path, {"id": ["a", "b"], "text": [TEXT] * 2, "dump": column}))
    assert [row["crawl"] for row in found] == crawls
    assert dict(count["noted"]) == ({"dump not read": unread} if unread else {})


FOLDERS = "crawl=C%2F1/lang=de/date=2024-05-17/id=5/url=x"


@pytest.mark.parametrize(
    "write", [jsonl, lambda folder, rows: parquet(folder, {n: [r[n] for r in rows] for n in rows[0]})]
)
def test_values_in_the_names_of_folders_are_columns(tmp_path: Path, write: Any) -> None:
    """As in Hive and Spark. The row's own value comes first; ids, texts and addresses are not the same in all rows."""
    folder = tmp_path / FOLDERS
    folder.mkdir(parents=True)
    found, _ = read(write(folder, [{"id": "a", "text": TEXT}]))
    day = AT.replace(hour=0, minute=0, second=0)
    assert [(row["id"], row["url"], row["crawl"], row["fetched_at"]) for row in found] == [("a", None, "C/1", day)]
    own = {"id": "a", "text": TEXT, "url": "https://a.example/", "timestamp": AT.isoformat(), "dump": "own"}
    found, _ = read(write(folder, [own]))
    assert [(row["crawl"], row["fetched_at"]) for row in found] == [("own", AT)]
    found, count = read(write(folder, [{"id": "a", "text": TEXT}]), "dump=lang,date=day")
    assert [(row["crawl"], row["fetched_at"]) for row in found] == [("de", None)]
    assert count["noted"] == [("no column day", 1)]


def test_no_value_in_the_name_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "dump=__HIVE_DEFAULT_PARTITION__/date="
    folder.mkdir(parents=True)
    found, count = read(jsonl(folder, [{"id": "a", "text": TEXT}]))
    assert [(row["crawl"], row["fetched_at"]) for row in found] == [("default", None)]
    assert count["noted"] == []


def test_a_folder_whose_name_is_no_crawl(tmp_path: Path) -> None:
    folder = tmp_path / f"dump={'x' * 100}"
    folder.mkdir()
    found, count = read(jsonl(folder, [{"id": "a", "text": TEXT}, {"id": "b", "text": TEXT, "dump": "x" * 100}]))
    assert [(row["kind"], row["crawl"]) for row in found] == [("document", "default"), ("reject", "default")]
    assert count["noted"] == [("dump not read", 1)]


def test_an_id_of_content_does_not_depend_on_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "date=2024-05-17"
    folder.mkdir()
    rows = [{"text": TEXT}]
    (inside,), (outside,) = read(jsonl(folder, rows))[0], read(jsonl(tmp_path, rows))[0]
    assert inside["id"] == outside["id"]
    assert (inside["fetched_at"] is None, outside["fetched_at"]) == (False, None)


def test_an_address_without_a_host_is_counted(tmp_path: Path) -> None:
    """No list of hosts and no request to forget a domain would find it."""
    urls = [
        "https://a.example.org/",
        "about:blank",
        "https://a b/",
        "",
        None,
        "view-source:http://http://a.example.org",
    ]
    found, count = read(jsonl(tmp_path, [{"id": f"d-{n}", "text": TEXT, "url": url} for n, url in enumerate(urls)]))
    assert [row["host"] for row in found] == ["a.example.org", None, None, None, None, "a.example.org"]
    assert count["noted"] == [("url without a host", 2)]
