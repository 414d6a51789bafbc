"""NeMo Curator's heuristic filters for English, which Nemotron-CC's tutorial applies."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import NonNegativeFloat, NonNegativeInt

from decantry.jobs.steps.rule import Rule, Share
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class CuratorHeuristics(Step):
    """The measurements and thresholds of heuristic_filter_en.yaml in NeMo Curator's Nemotron-CC tutorial."""

    kind: ClassVar[str] = "curator_heuristics"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "removes texts with too many symbols, addresses, boilerplate lines or repetitions"
    source: ClassVar[str] = (
        "NVIDIA-NeMo/Curator at 197963ae: tutorials/nemotron-cc/config/heuristic_filter_en.yaml, "
        "nemo_curator/filters/heuristic_filter.py"
    )

    max_non_alphanumeric_ratio: Share = 0.25
    max_symbol_word_ratio: Share = 0.1
    max_number_ratio: Share = 0.15
    max_url_ratio: Share = 0.2
    max_white_space_ratio: Share = 0.25
    max_parentheses_ratio: Share = 0.1
    max_boilerplate_ratio: Share = 0.4
    min_unique_line_ratio: Share = 0.7
    min_unique_paragraph_ratio: Share = 0.7
    min_unique_line_char_ratio: Share = 0.8
    min_unique_paragraph_char_ratio: Share = 0.8
    min_words: NonNegativeInt = 50
    max_words: NonNegativeInt = 100_000
    max_unpunctuated_line_ratio: Share = 0.85
    min_alpha_word_ratio: Share = 0.8
    min_common_words: NonNegativeInt = 2
    min_mean_word_length: NonNegativeFloat = 3
    max_mean_word_length: NonNegativeFloat = 10
    max_longest_word: NonNegativeInt = 1000
    max_ellipsis_line_ratio: Share = 0.3
    top_2_gram: Share = 0.20
    top_3_gram: Share = 0.18
    top_4_gram: Share = 0.16
    duplicated_5_n_grams: Share = 0.15
    duplicated_6_n_grams: Share = 0.14
    duplicated_7_n_grams: Share = 0.13
    duplicated_8_n_grams: Share = 0.12
    duplicated_9_n_grams: Share = 0.11
    duplicated_10_n_grams: Share = 0.10
    max_bullet_line_ratio: Share = 0.9

    def measure(self) -> Column:
        """The struct of `curator_heuristics(text)`."""
        return native("curator_heuristics", "text")

    def rules(self) -> list[Rule]:
        """The rules, in NeMo Curator's order. Most are named after their option, without `max_` and `min_`."""
        named = {
            "min_words": "short_doc",
            "max_words": "long_doc",
            "min_mean_word_length": "short_words",
            "max_mean_word_length": "long_words",
        }
        rules = []
        for option, threshold in self.model_dump(exclude={"name"}).items():
            measurement = option.removeprefix("max_").removeprefix("min_")
            name = named.get(option, measurement)
            least = option.startswith("min_")
            rules.append(Rule(name, measurement, "<" if least else ">", threshold))
        return rules
