"""The commit points of every job: before and after each commit of a table."""

from __future__ import annotations


def reached(when: str, table: str) -> None:
    """Does nothing. It is called with `before` or `after` at each commit to a table, and tests replace it to inject
    faults."""
