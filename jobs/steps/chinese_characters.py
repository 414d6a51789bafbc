"""Keeps Chinese texts by their characters: Traditional or Simplified."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class ChineseCharacters(Step):
    """Keeps texts with at least one Traditional character and with no character that is only Simplified."""

    kind: ClassVar[str] = "chinese_characters"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "keeps texts in Traditional Chinese characters"
    source: ClassVar[str] = "mtkresearch/fineweb-zhtw src/1_filter_lang.py; by ICU's tables, not OpenCC's"

    keep: Literal["traditional"] = "traditional"

    def measure(self) -> Column:
        """The struct of `chinese_characters(text)`."""
        return native("chinese_characters", "text")

    def rules(self) -> list[Rule]:
        """The rules, in the peer's order."""
        return [Rule("simplified", "simplified_only", ">=", 1), Rule("no_traditional", "traditional", "<", 1)]
