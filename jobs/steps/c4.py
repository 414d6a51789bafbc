"""C4's rules for lines and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import NonNegativeInt

from decantry.jobs.process.spark import F
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class C4(Step):
    """Drops lines that are not sentences, and removes pages with lorem ipsum, curly brackets or too few sentences."""

    kind: ClassVar[str] = "c4"
    VERSION: ClassVar[int] = 4
    about: ClassVar[str] = "drops lines of boilerplate, and removes pages with code, filler text or too few sentences"
    source: ClassVar[str] = "arXiv:1910.10683, 2.2; datatrove 0.10.1 pipeline/filters/c4_filters.py"

    terminal_punctuation: bool = True
    min_sentences: NonNegativeInt = 5

    def measure(self) -> Column:
        """The struct of `c4_lines(text, terminal_punctuation, language)`. It includes the edited text."""
        return native("c4_lines", "text", F.lit(self.terminal_punctuation), "language")

    def rules(self) -> list[Rule]:
        """The rules for pages. `c4_lines` applies the rules for lines."""
        return [
            Rule("lorem_ipsum", "lorem_ipsum", ">=", 1),
            Rule("curly_bracket", "curly_bracket", ">=", 1),
            Rule("too_few_sentences", "sentences", "<", self.min_sentences),
        ]

    def edit(self, measured: Column | None) -> Column | None:
        """The kept lines."""
        return None if measured is None else measured["text"]
