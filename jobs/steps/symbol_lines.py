"""Removes lines that have only symbols, such as the rest of empty table cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class SymbolLines(Step):
    """Replaces consecutive lines of only `|` and spaces by one empty paragraph. Other lines are not changed."""

    kind: ClassVar[str] = "symbol_lines"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "removes lines that have only the bars of a table"
    source: ClassVar[str] = "datatrove 0.10.1 pipeline/formatters/symbol_lines_remover.py, as FineWeb2 sets it"

    def edit(self, measured: Column | None) -> Column:
        """The text without those lines."""
        return native("drop_symbol_lines", "text")
