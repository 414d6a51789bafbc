"""FineWeb-zhtw's quality rules: Gopher's, with Chinese stop words and without the rules for word length."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import NonNegativeFloat, NonNegativeInt

from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class ZhtwQuality(Step):
    """Gopher's quality rules with FineWeb-zhtw's thresholds. The text is split by the rules of its language."""

    kind: ClassVar[str] = "zhtw_quality"
    VERSION: ClassVar[int] = 3
    about: ClassVar[str] = "removes Chinese texts that do not read like prose"
    source: ClassVar[str] = "mtkresearch/fineweb-zhtw src/2_gopher.py, and its copy of datatrove"

    min_words: NonNegativeInt = 50
    max_words: NonNegativeInt = 100_000
    max_hash_ratio: NonNegativeFloat = 0.1
    max_ellipsis_ratio: NonNegativeFloat = 0.1
    max_ellipsis_line_ratio: NonNegativeFloat = 0.3
    min_stop_words: NonNegativeInt = 1

    def measure(self) -> Column:
        """The struct of `zhtw_quality(text, language)`."""
        return native("zhtw_quality", "text", "language")

    def rules(self) -> list[Rule]:
        """The rules, in the peer's order. They have the names of gopher_quality."""
        return [
            Rule("short_doc", "words", "<", self.min_words),
            Rule("long_doc", "words", ">", self.max_words),
            Rule("too_many_hashes", "hash_ratio", ">", self.max_hash_ratio),
            Rule("too_many_ellipsis", "ellipsis_ratio", ">", self.max_ellipsis_ratio),
            Rule("too_many_end_ellipsis", "ellipsis_line_ratio", ">", self.max_ellipsis_line_ratio),
            Rule("enough_stop_words", "stop_words", "<", self.min_stop_words),
        ]
