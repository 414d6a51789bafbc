"""Values in SQL."""

from __future__ import annotations

from typing import Any


def literal(value: Any) -> str:
    """`value` as a SQL string literal, for predicates that Delta takes as text."""
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"
