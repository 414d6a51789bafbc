"""MassiveText's quality rules as in its paper, with words separated by white space."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeFloat, NonNegativeInt, model_validator

from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class MassiveWebQuality(Step):
    """Thresholds of MassiveText's quality rules (arXiv:2112.11446, A.1.1), with DCLM's words, symbols and lines.

    gopher_quality has the same rules as datatrove implements them, with a tokenizer's words. The paper has one bound
    for number signs and one for ellipses (`symbols: each`), and asks for two `distinct` stop words. DCLM has one bound
    for both symbols `together`, and counts `all` occurrences of stop words.
    """

    kind: ClassVar[str] = "massiveweb_quality"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "removes texts that do not read like prose, with words separated by white space"
    source: ClassVar[str] = "arXiv:2112.11446, A.1.1; mlfoundations/dclm baselines/mappers/filters/content_filters.py"

    min_words: NonNegativeInt = 50
    max_words: NonNegativeInt = 100_000
    min_mean_word_length: NonNegativeFloat = 3
    max_mean_word_length: NonNegativeFloat = 10
    max_symbol_ratio: NonNegativeFloat = 0.1
    symbols: Literal["each", "together"] = "each"
    max_bullet_line_ratio: NonNegativeFloat = 0.9
    max_ellipsis_line_ratio: NonNegativeFloat = 0.3
    max_non_alpha_word_ratio: NonNegativeFloat = 0.2
    min_stop_words: NonNegativeInt = 2
    stop_words: Literal["distinct", "all"] = "distinct"

    @model_validator(mode="after")
    def _can_be_met(self) -> MassiveWebQuality:
        for low, high in (("min_words", "max_words"), ("min_mean_word_length", "max_mean_word_length")):
            if getattr(self, low) > getattr(self, high):
                raise ValueError(f"no text can have {low} {getattr(self, low):g} and {high} {getattr(self, high):g}")
        return self

    def measure(self) -> Column:
        """The struct of `massiveweb_quality(text)`."""
        return native("massiveweb_quality", "text")

    def rules(self) -> list[Rule]:
        """The rules, in the order of DCLM and of the paper."""
        each = [
            Rule("too_many_hashes", "hash_ratio", ">", self.max_symbol_ratio),
            Rule("too_many_ellipsis", "ellipsis_ratio", ">", self.max_symbol_ratio),
        ]
        together = [Rule("too_many_symbols", "symbol_ratio", ">", self.max_symbol_ratio)]
        counted = "distinct_stop_words" if self.stop_words == "distinct" else "stop_words"
        return [
            Rule("short_doc", "words", "<", self.min_words),
            Rule("long_doc", "words", ">", self.max_words),
            Rule("below_avg_threshold", "mean_word_length", "<", self.min_mean_word_length),
            Rule("above_avg_threshold", "mean_word_length", ">", self.max_mean_word_length),
            *(each if self.symbols == "each" else together),
            Rule("too_many_bullets", "bullet_line_ratio", ">", self.max_bullet_line_ratio),
            Rule("too_many_end_ellipsis", "ellipsis_line_ratio", ">", self.max_ellipsis_line_ratio),
            Rule("above_non_alpha_threshold", "non_alpha_word_ratio", ">", self.max_non_alpha_word_ratio),
            Rule("enough_stop_words", counted, "<", self.min_stop_words),
        ]
