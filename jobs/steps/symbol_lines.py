"""Lines of symbols alone, such as what is left of empty cells of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class SymbolLines(Step):
    """Replaces each run of lines that have only `|` and spaces by an empty paragraph. Other lines stay as they are."""

    kind: ClassVar[str] = "symbol_lines"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "removes lines that are only bars of tables"
    source: ClassVar[str] = "datatrove 0.10.1 pipeline/formatters/symbol_lines_remover.py, as FineWeb2 sets it"

    def edit(self, measured: Column | None) -> Column:
        """The text without those lines."""
        return native("drop_symbol_lines", "text")
