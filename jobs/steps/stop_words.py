"""A rule for the stop words of the document's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, NonNegativeInt

from decantry.jobs.process.spark import F
from decantry.jobs.steps.by_language import ByLanguage, stop_words
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import Column


class StopWords(ByLanguage):
    """Removes a text with too few different stop words of its language.

    It is the last of Gopher's quality rules, with the stop words of each language. A text in a language without a
    configuration is kept.
    """

    kind: ClassVar[str] = "stop_words"
    VERSION: ClassVar[int] = 3
    about: ClassVar[str] = "removes texts with too few stop words of their language"
    source: ClassVar[str] = "arXiv:2506.20920; datatrove 0.10.1 pipeline/filters/gopher_quality_filter.py"
    limited: ClassVar[tuple[str, ...]] = ()

    by_language: Annotated[str, Field(min_length=1)]
    min_stop_words: NonNegativeInt = 2

    def limits(self) -> Column | None:
        """None, because a configuration has stop words but no threshold for them."""
        return None

    def measure(self) -> Column:
        """How many different stop words the text has; null for a language without a configuration."""
        found = native("distinct_words", "text", "language", stop_words(self.by_language))
        return F.struct(found.alias("stop_words"))

    def rules(self) -> list[Rule]:
        """One rule: too few stop words."""
        return [Rule("enough_stop_words", "stop_words", "<", self.min_stop_words)]
