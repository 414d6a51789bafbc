"""Gopher's quality rules: length, words, symbols, bullets, ellipses and stop words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, NonNegativeFloat, NonNegativeInt, model_validator

from decantry.jobs.process.spark import F
from decantry.jobs.steps.by_language import ByLanguage
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import Column

STOP_WORDS = ("the", "be", "to", "of", "and", "that", "have", "with")
"""Gopher's stop words, which are English (arXiv:2112.11446, A.1.1)."""


class GopherQuality(ByLanguage):
    """Thresholds of MassiveText's quality rules (arXiv:2112.11446, A.1.1), as datatrove 0.10.1 applies them.

    The text is split into words by the rules of its language (docs/languages.md). Case matters when `stop_words` are
    compared with them.
    """

    kind: ClassVar[str] = "gopher_quality"
    VERSION: ClassVar[int] = 4
    about: ClassVar[str] = "removes texts that do not read like prose"
    source: ClassVar[str] = "arXiv:2112.11446; datatrove 0.10.1 pipeline/filters/gopher_quality_filter.py"

    limited: ClassVar[tuple[str, ...]] = ("min_mean_word_length", "max_mean_word_length", "min_alpha_word_ratio")

    min_words: NonNegativeInt = 50
    max_words: NonNegativeInt = 100_000
    min_mean_word_length: NonNegativeFloat = 3
    max_mean_word_length: NonNegativeFloat = 10
    max_hash_ratio: NonNegativeFloat = 0.1
    max_ellipsis_ratio: NonNegativeFloat = 0.1
    max_bullet_line_ratio: NonNegativeFloat = 0.9
    max_ellipsis_line_ratio: NonNegativeFloat = 0.3
    min_alpha_word_ratio: NonNegativeFloat = 0.8
    min_stop_words: NonNegativeInt = 2
    stop_words: tuple[Annotated[str, Field(min_length=1)], ...] = STOP_WORDS

    @model_validator(mode="after")
    def _can_be_met(self) -> GopherQuality:
        for low, high in (("min_words", "max_words"), ("min_mean_word_length", "max_mean_word_length")):
            if getattr(self, low) > getattr(self, high):
                raise ValueError(f"no text can have {low} {getattr(self, low):g} and {high} {getattr(self, high):g}")
        if self.min_stop_words > len(set(self.stop_words)):
            raise ValueError(f"no text can have {self.min_stop_words} of {len(set(self.stop_words))} stop_words")
        return self

    def measure(self) -> Column:
        """The struct of `gopher_quality(text, language, stop_words)`."""
        words = F.array(*(F.lit(word) for word in self.stop_words)).cast("array<string>")
        return native("gopher_quality", "text", "language", words)

    def rules(self) -> list[Rule]:
        """The rules, in the peer's order. Their names are the peer's reasons without the prefix."""
        return [
            Rule("short_doc", "words", "<", self.min_words),
            Rule("long_doc", "words", ">", self.max_words),
            self.rule("below_avg_threshold", "mean_word_length", "<", "min_mean_word_length"),
            self.rule("above_avg_threshold", "mean_word_length", ">", "max_mean_word_length"),
            Rule("too_many_hashes", "hash_ratio", ">", self.max_hash_ratio),
            Rule("too_many_ellipsis", "ellipsis_ratio", ">", self.max_ellipsis_ratio),
            Rule("too_many_bullets", "bullet_line_ratio", ">", self.max_bullet_line_ratio),
            Rule("too_many_end_ellipsis", "ellipsis_line_ratio", ">", self.max_ellipsis_line_ratio),
            self.rule("below_alpha_threshold", "alpha_word_ratio", "<", "min_alpha_word_ratio"),
            Rule("enough_stop_words", "stop_words", "<", self.min_stop_words),
        ]
