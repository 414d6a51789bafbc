"""Which way of writing Chinese a text uses, by its characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class ChineseCharacters(Step):
    """Keeps texts in Traditional characters: with one of them or more, and with none that is Simplified alone."""

    kind: ClassVar[str] = "chinese_characters"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "keeps texts in Traditional Chinese characters"
    source: ClassVar[str] = "mtkresearch/fineweb-zhtw src/1_filter_lang.py; by ICU's tables, not OpenCC's"

    keep: Literal["traditional"] = "traditional"

    def measure(self) -> Column:
        """The struct of `chinese_characters(text)`."""
        return native("chinese_characters", "text")

    def rules(self) -> list[Rule]:
        """In the peer's order."""
        return [Rule("simplified", "simplified_only", ">=", 1), Rule("no_traditional", "traditional", "<", 1)]
