"""RefinedWeb's line corrections, which also remove pages that lose too much by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class RefinedWebLines(Step):
    """Drops lines of capitals, digits, counters or one word, and cuts a few phrases from short lines.

    A document that loses more than `max_removed` of its words is removed.
    """

    kind: ClassVar[str] = "refinedweb_lines"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "drops lines of menus and counters, and removes pages with many of them"
    source: ClassVar[str] = (
        "arXiv:2306.01116, G.2; mlfoundations/dclm baselines/baselines_configs/dclm_baseline_refinedweb.yaml"
    )

    max_removed: Annotated[float, Field(ge=0, le=1)] = 0.05

    def measure(self) -> Column:
        """The struct of `refinedweb_lines(text)`. It includes the edited text."""
        return native("refinedweb_lines", "text")

    def rules(self) -> list[Rule]:
        """One rule: too many words were removed."""
        return [Rule("too_much_removed", "removed_word_ratio", ">", self.max_removed)]

    def edit(self, measured: Column | None) -> Column | None:
        """The kept lines."""
        return None if measured is None else measured["text"]
