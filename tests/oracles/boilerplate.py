"""Finds the lines of a host's template, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

BLANK = 0


def template(pages: Sequence[Sequence[int]], min_pages: int, percent: int) -> set[int]:
    """The keys on at least `percent` of the pages. Equal pages count once."""
    different = {tuple(page) for page in pages if page}
    if len(different) < min_pages:
        return set()
    keys = {key for page in different for key in page if key != BLANK}
    return {key for key in keys if 100 * sum(key in page for page in different) >= percent * len(different)}


def cuts(pages: Mapping[str, Sequence[int]], min_pages: int, percent: int) -> dict[str, list[tuple[int, str, int]]]:
    """The lines that are cut from each page, with the first page and line that have the same key. Pages come in
    order."""
    keys = template(list(pages.values()), min_pages, percent)
    first: dict[int, tuple[str, int]] = {}
    for id, page in pages.items():
        for line, key in enumerate(page):
            first.setdefault(key, (id, line))
    found = {id: [(line, *first[key]) for line, key in enumerate(page) if key in keys] for id, page in pages.items()}
    return {id: cut for id, cut in found.items() if cut}
