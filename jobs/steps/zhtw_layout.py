"""FineWeb-zhtw's version of FineWeb's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import NonNegativeFloat

from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class ZhtwLayout(Step):
    """FineWeb's rules for Chinese: punctuation counts anywhere in a line, and a line of ten characters is short."""

    kind: ClassVar[str] = "zhtw_layout"
    VERSION: ClassVar[int] = 3
    about: ClassVar[str] = "removes Chinese lists, menus and texts without punctuation"
    source: ClassVar[str] = "mtkresearch/fineweb-zhtw src/4_fineweb.py"

    min_line_punct_ratio: NonNegativeFloat = 0.04
    max_short_line_ratio: NonNegativeFloat = 0.8
    max_char_dup_ratio: NonNegativeFloat = 0.3
    max_list_ratio: NonNegativeFloat = 0.3

    def measure(self) -> Column:
        """The struct of `zhtw_layout(text, language)`."""
        return native("zhtw_layout", "text", "language")

    def rules(self) -> list[Rule]:
        """The rules, in the peer's order. As there, the first three also remove at the threshold itself."""
        return [
            Rule("line_punct_ratio", "line_punct_ratio", "<=", self.min_line_punct_ratio),
            Rule("short_line_ratio", "short_line_ratio", ">=", self.max_short_line_ratio),
            Rule("char_dup_ratio", "char_dup_ratio", ">=", self.max_char_dup_ratio),
            Rule("list_ratio", "list_ratio", ">", self.max_list_ratio),
        ]
