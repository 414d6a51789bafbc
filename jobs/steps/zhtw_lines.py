"""FineWeb-zhtw's version of C4's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import NonNegativeFloat

from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class ZhtwLines(Step):
    """Drops lines of code and policies, and removes pages with many curly brackets or few words in a line."""

    kind: ClassVar[str] = "zhtw_lines"
    VERSION: ClassVar[int] = 3
    about: ClassVar[str] = "drops lines of code and policies, and removes Chinese pages of code or short lines"
    source: ClassVar[str] = "mtkresearch/fineweb-zhtw src/3_c4.py, and its copy of datatrove"

    max_curly_bracket_ratio: NonNegativeFloat = 0.01
    min_words_per_line: NonNegativeFloat = 5

    def measure(self) -> Column:
        """The struct of `zhtw_lines(text, language)`. It includes the edited text."""
        return native("zhtw_lines", "text", "language")

    def rules(self) -> list[Rule]:
        """The rules for pages, on the text before the edit. `zhtw_lines` applies the rules for lines."""
        return [
            Rule("curly_bracket_ratio", "curly_bracket_ratio", ">", self.max_curly_bracket_ratio),
            Rule("avg_words_per_line", "words_per_line", "<", self.min_words_per_line),
        ]

    def edit(self, measured: Column | None) -> Column | None:
        """The kept lines."""
        return None if measured is None else measured["text"]
