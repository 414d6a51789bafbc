"""Lines that a host repeats on its pages: its template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from decantry.jobs.dedup.boilerplate import lost_share, of_hosts
from decantry.jobs.process.spark import F
from decantry.jobs.steps.across import Effect, ExistingDocuments, Stage, Texts
from decantry.jobs.steps.cutting import changed_cuts, cut
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


class HostBoilerplate(Deduplicate):
    """Cuts each line that is on a `share` or more of a host's pages, because it belongs to the host's template.

    Lines are compared by their normal form, without case, digits and punctuation. A line of punctuation alone stays.
    Only pages that reach the step count, and pages with the same text count once. Hosts with fewer than `min_pages`
    such pages, and documents without a host, are not changed. A document without a letter or digit left is removed.
    `scope` says whether the pages of a host are those of one crawl, of one language, or all. `keep` only decides which
    page `silver/cuts` names as the first with the line.
    """

    kind: ClassVar[str] = "host_boilerplate"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "cuts lines that a host repeats on many of its pages"
    source: ClassVar[str] = "the recipe's author; arXiv:1911.00359, 3.2 (CCNet) cuts repeated lines across hosts"
    edits_text: ClassVar[bool] = True

    min_pages: Annotated[int, Field(ge=2, le=1_000_000)] = 5
    share: Annotated[float, Field(gt=0, le=1)] = 0.4

    def rules(self) -> list[Rule]:
        """One rule: it removes a document of which nothing is left."""
        return [Rule("only_boilerplate", "cut_share", ">=", 1.0)]

    def keys(self) -> Column:
        """One key for each line, 0 for a blank one; no keys if the document has no host."""
        none = F.array().cast("array<bigint>")
        return F.when(F.col("host").isNull(), none).otherwise(native("paragraph_keys", "text", F.lit(1)))

    def scope_column(self) -> Column:
        """The scope and the host: a string, never null."""
        return F.concat_ws("\n", super().scope_column(), F.coalesce(F.col("host"), F.lit("")))

    def fingerprint_options(self) -> dict[str, Any]:
        """All options but those that decide which lines belong to a template."""
        return {name: value for name, value in self.options().items() if name not in ("min_pages", "share")}

    def find(self, staged: DataFrame, stage: Stage, texts: Texts) -> DataFrame:
        """`id, crawl, cuts` of each document with a line of its host's template."""
        return of_hosts(staged, self.min_pages, self.share)

    def apply(self, frame: DataFrame, found: DataFrame, *, removing: bool = True) -> DataFrame:
        """The frame without the template's lines, and with `_cut`."""
        return cut(self, frame, found, removing=removing, share=lost_share)

    def reconcile(self, existing: ExistingDocuments, found: DataFrame, stage: Stage) -> Effect:
        """The published documents whose cuts change."""
        return changed_cuts(existing, found, stage)
