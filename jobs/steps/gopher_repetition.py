"""Gopher's repetition rules: how much of a text is repeated lines, paragraphs and n-grams."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.steps.by_language import ByLanguage
from decantry.jobs.steps.rule import Rule, Share
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import Column


class GopherRepetition(ByLanguage):
    """Thresholds of MassiveText's repetition rules (arXiv:2112.11446, table A1), as datatrove 0.10.1 applies them."""

    kind: ClassVar[str] = "gopher_repetition"
    VERSION: ClassVar[int] = 4
    about: ClassVar[str] = "removes texts that repeat themselves"
    source: ClassVar[str] = "arXiv:2112.11446; datatrove 0.10.1 pipeline/filters/gopher_repetition_filter.py"

    limited: ClassVar[tuple[str, ...]] = (
        "dup_line_frac",
        *(f"top_{n}_gram" for n in (2, 3, 4)),
        *(f"duplicated_{n}_n_grams" for n in (5, 6, 7, 8, 9, 10)),
    )

    dup_para_frac: Share = 0.3
    dup_para_char_frac: Share = 0.2
    dup_line_frac: Share = 0.3
    dup_line_char_frac: Share = 0.2
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
        """The struct of shares of `gopher_repetition(text, language)`."""
        return native("gopher_repetition", "text", "language")

    def rules(self) -> list[Rule]:
        """The rules: first an empty text, then paragraphs, lines, top n-grams and duplicated n-grams."""
        measurements = self.model_dump(exclude={"name", "by_language"})
        return [Rule("empty", "characters", "=", 0), *(self.rule(each, each, ">", each) for each in measurements)]
