"""docs/tables.md is up to date with the schemas."""

from __future__ import annotations

from pathlib import Path

from decantry.schemas.catalogue import TABLES
from decantry.schemas.page import page

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == page(), "run `make docs`"


def test_every_table_and_column_is_on_it() -> None:
    text = page()
    for table in TABLES.values():
        section = text.split(f"## {table.name}\n")[1].split("\n## ")[0]
        assert all(f"| `{name}` |" in section for name in table.column_names)
