"""MassiveText's repetition rules as in its paper: the first occurrence of a repetition counts too."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.steps.rule import Rule, Share
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class MassiveWebRepetition(Step):
    """Thresholds of MassiveText's repetition rules (arXiv:2112.11446, table A1), as DCLM applies them.

    gopher_repetition has the same thresholds as datatrove implements them. There, the first occurrence of a line or
    n-gram does not count, white space and punctuation count, and an n-gram that occurs once can be the top n-gram.
    """

    kind: ClassVar[str] = "massiveweb_repetition"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "removes texts that repeat themselves, and counts all occurrences"
    source: ClassVar[str] = (
        "arXiv:2112.11446, table A1; mlfoundations/dclm baselines/mappers/filters/content_filters.py, "
        "massive_web_repetition_filters"
    )

    dup_line_frac: Share = 0.3
    dup_para_frac: Share = 0.3
    dup_line_char_frac: Share = 0.2
    dup_para_char_frac: Share = 0.2
    top_2_gram: Share = 0.20
    top_3_gram: Share = 0.18
    top_4_gram: Share = 0.16
    duplicated_5_n_grams: Share = 0.15
    duplicated_6_n_grams: Share = 0.14
    duplicated_7_n_grams: Share = 0.13
    duplicated_8_n_grams: Share = 0.12
    duplicated_9_n_grams: Share = 0.11
    duplicated_10_n_grams: Share = 0.10

    def measure(self) -> Column:
        """The struct of shares of `massiveweb_repetition(text)`."""
        return native("massiveweb_repetition", "text")

    def rules(self) -> list[Rule]:
        """The rules: first a text of white space only, then DCLM's rules in its order."""
        thresholds = self.model_dump(exclude={"name"})
        return [
            Rule("empty", "lines", "=", 0),
            *(Rule(measurement, measurement, ">", threshold) for measurement, threshold in thresholds.items()),
        ]
