"""Lines that a host repeats on its pages: its template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from decantry.jobs.dedup.boilerplate import lost_share, of_hosts
from decantry.jobs.steps.across import BeforeRun, Effect, Stage, Texts
from decantry.jobs.steps.cutting import cut, cut_otherwise
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


class HostBoilerplate(Deduplicate):
    """Cuts each line that stands on a `share` or more of a host's pages: it belongs to the host's template.

    Lines are compared by their normal form, without regard to case, digits and punctuation; a line of punctuation
    alone stays. Only pages that reach the step count, and pages with the same text count once. A host with fewer than
    `min_pages` such pages is left alone, and so are documents without a host. A document of which no letter or digit is
    left is removed. `scope` says whether the pages of a host are those of one crawl, of one language, or all. `keep`
    only decides which page `silver/cuts` names as the first with the line.
    """

    kind: ClassVar[str] = "host_boilerplate"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "cuts lines that a host repeats on many of its pages"
    source: ClassVar[str] = "the recipe's author; arXiv:1911.00359, 3.2 (CCNet) cuts repeated lines across hosts"
    edits_text: ClassVar[bool] = True

    min_pages: Annotated[int, Field(ge=2, le=1_000_000)] = 5
    share: Annotated[float, Field(gt=0, le=1)] = 0.4

    def rules(self) -> list[Rule]:
        """One rule: removes a document of which nothing is left."""
        return [Rule("only_boilerplate", "cut_share", ">=", 1.0)]

    def keys(self) -> Column:
        """One key for each line, 0 for a blank one; none where the document has no host."""
        from pyspark.sql import functions as F

        none = F.array().cast("array<bigint>")
        return F.when(F.col("host").isNull(), none).otherwise(native("paragraph_keys", "text", F.lit(1)))

    def scope_column(self) -> Column:
        """The scope and the host: a string, never null."""
        from pyspark.sql import functions as F

        return F.concat_ws("\n", super().scope_column(), F.coalesce(F.col("host"), F.lit("")))

    def fingerprint_options(self) -> dict[str, Any]:
        """Those that do not only say which lines are a template."""
        return {name: value for name, value in self.options().items() if name not in ("min_pages", "share")}

    def find(self, staged: DataFrame, stage: Stage, texts: Texts) -> DataFrame:
        """`id, crawl, cuts` of each document with a line of its host's template."""
        return of_hosts(staged, self.min_pages, self.share)

    def apply(self, frame: DataFrame, found: DataFrame, *, removing: bool = True) -> DataFrame:
        """The frame with the template's lines cut from `text`, and `_cut`."""
        return cut(self, frame, found, removing=removing, share=lost_share)

    def reconcile(self, before: BeforeRun, found: DataFrame, stage: Stage) -> Effect:
        """Published documents of which other lines are cut now."""
        return cut_otherwise(before, found, stage)
