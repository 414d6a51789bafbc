"""Repairs text that was decoded with the wrong encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class RepairText(Step):
    """Repairs UTF-8 that was read as Windows-1252, and removes control characters and terminal escapes.

    docs/fit.md says which texts it repairs, and compares it with ftfy, which FineWeb2 uses.
    """

    kind: ClassVar[str] = "repair_text"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "repairs UTF-8 that was read as Windows-1252, and removes control characters"
    source: ClassVar[str] = "what FineWeb2 uses ftfy for (datatrove 0.10.1 pipeline/formatters/ftfy.py); own rules"

    def edit(self, measured: Column | None) -> Column:
        """The repaired text."""
        return native("repair_text", "text")
