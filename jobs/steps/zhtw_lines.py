"""FineWeb-zhtw's form of C4's rules; they edit the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import NonNegativeFloat

from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class ZhtwLines(Step):
    """Drops lines of code and policies, and pages with many curly brackets or few words a line."""

    kind: ClassVar[str] = "zhtw_lines"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "drops lines of code and policies, and Chinese pages of code or of short lines"
    source: ClassVar[str] = "mtkresearch/fineweb-zhtw src/3_c4.py, and its copy of datatrove"

    max_curly_bracket_ratio: NonNegativeFloat = 0.01
    min_words_per_line: NonNegativeFloat = 5

    def measure(self) -> Column:
        """The struct of `zhtw_lines(text, language)`, the edited text among it."""
        return native("zhtw_lines", "text", "language")

    def rules(self) -> list[Rule]:
        """The rules for pages, which look at the text before the edit. Those for lines are in the edited text."""
        return [
            Rule("curly_bracket_ratio", "curly_bracket_ratio", ">", self.max_curly_bracket_ratio),
            Rule("avg_words_per_line", "words_per_line", "<", self.min_words_per_line),
        ]

    def edit(self, measured: Column | None) -> Column | None:
        """The lines that are kept."""
        return None if measured is None else measured["text"]
