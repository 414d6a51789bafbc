"""Scores how well extractors keep code, tables and formulas on the pages of tests/udfs/page/structure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.bench.markdown import code, formulas, plain, tables
from tests.oracles.edit_similarity import edit_similarity
from tests.oracles.teds import teds

PAGES = Path(__file__).resolve().parents[1] / "udfs" / "page" / "structure"
PARTS = ("code", "table", "formula", "whole")


def pages() -> dict[str, str]:
    """The pages' markup by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("*.html"))}


def wanted(name: str) -> str:
    """The expected Markdown of a page."""
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def scores(want: str, got: str) -> dict[str, float]:
    """The similarity of two Markdown texts: of their code, tables and formulas, if either has some, and of the whole
    texts."""
    found = {"whole": edit_similarity(plain(want), plain(got))}
    if code(want) or code(got):
        found["code"] = edit_similarity(code(want), code(got))
    if formulas(want) or formulas(got):
        found["formula"] = edit_similarity(formulas(want), formulas(got))
    if tables(want) or tables(got):
        found["table"] = tables_alike(tables(want), tables(got))
    return found


def tables_alike(want: list[list[list[str]]], got: list[list[list[str]]]) -> float:
    """The mean TEDS of the tables in order. A table without a counterpart counts 0."""
    pairs = zip(want, got, strict=False)
    return sum(teds(one, other) for one, other in pairs) / max(len(want), len(got))


def means(markdowns: Mapping[str, str]) -> dict[str, tuple[float, int]]:
    """The mean score of each part over the pages that have it, and the number of these pages."""
    gathered: dict[str, list[float]] = {part: [] for part in PARTS}
    for name, got in markdowns.items():
        for part, score in scores(wanted(name), got).items():
            gathered[part].append(score)
    return {part: (sum(values) / max(len(values), 1), len(values)) for part, values in gathered.items()}
