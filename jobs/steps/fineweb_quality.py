"""FineWeb's own rules: line endings, short lines, repeated lines and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import NonNegativeFloat, PositiveInt

from decantry.jobs.process.spark import F
from decantry.jobs.steps.by_language import ByLanguage
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import Column


class FineWebQuality(ByLanguage):
    """Thresholds of FineWeb's custom filters (arXiv:2406.17557, 3.6), as datatrove 0.10.1 applies them."""

    kind: ClassVar[str] = "fineweb_quality"
    VERSION: ClassVar[int] = 4
    about: ClassVar[str] = "removes lists, menus and texts without punctuation"
    source: ClassVar[str] = "arXiv:2406.17557; datatrove 0.10.1 pipeline/filters/fineweb_quality_filter.py"

    limited: ClassVar[tuple[str, ...]] = ("min_line_punct_ratio", "max_list_ratio")

    min_line_punct_ratio: NonNegativeFloat = 0.12
    max_short_line_ratio: NonNegativeFloat = 0.67
    short_line_length: PositiveInt = 30
    max_char_dup_ratio: NonNegativeFloat = 0.01
    max_list_ratio: NonNegativeFloat = 0.3

    def measure(self) -> Column:
        """The struct of `fineweb_quality(text, short_line_length, language)`."""
        return native("fineweb_quality", "text", F.lit(self.short_line_length), "language")

    def rules(self) -> list[Rule]:
        """The rules, in the peer's order."""
        return [
            Rule("empty", "lines", "=", 0),
            self.rule("line_punct_ratio", "line_punct_ratio", "<", "min_line_punct_ratio"),
            Rule("short_line_ratio", "short_line_ratio", ">", self.max_short_line_ratio),
            Rule("char_dup_ratio", "char_dup_ratio", ">", self.max_char_dup_ratio),
            self.rule("list_ratio", "list_ratio", ">", "max_list_ratio"),
        ]
