"""Paragraphs that occur elsewhere in the corpus: the rule of CCNet and DCLM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from decantry.jobs.dedup.paragraphs import repeated
from decantry.jobs.process.spark import F
from decantry.jobs.steps.across import Effect, ExistingDocuments, Stage, Texts
from decantry.jobs.steps.cutting import changed_cuts, cut
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


class DuplicateParagraphs(Deduplicate):
    """Cuts each paragraph (line) whose normal form occurs earlier.

    Earlier is a document that comes first in the order of survivors, or an earlier line of the same document.
    Paragraphs with fewer than `min_words` words and blank ones stay. A document that loses more than `max_cut` of its
    characters is removed. DCLM keeps paragraphs below 13 words and removes documents above 0.8. CCNet has no such
    bounds.
    """

    kind: ClassVar[str] = "duplicate_paragraphs"
    VERSION: ClassVar[int] = 4
    about: ClassVar[str] = "cuts paragraphs that were seen before, and drops documents that shrink too much"
    source: ClassVar[str] = "arXiv:1911.00359, 3.2 (CCNet); arXiv:2406.11794, 3.3 and dedup/bff (DCLM)"
    edits_text: ClassVar[bool] = True

    min_words: Annotated[int, Field(ge=1, le=1000)] = 13
    max_cut: Annotated[float, Field(ge=0, le=1)] = 0.8

    def rules(self) -> list[Rule]:
        """One rule: it removes a document that lost too much."""
        return [Rule("too_much_cut", "cut_share", ">", self.max_cut)]

    def keys(self) -> Column:
        """One key for each paragraph; 0 for a paragraph that is not compared."""
        return native("paragraph_keys", "text", F.lit(self.min_words), "language")

    def find(self, staged: DataFrame, stage: Stage, texts: Texts) -> DataFrame:
        """`id, crawl, cuts` of each document with a paragraph that occurs earlier in its scope."""
        return repeated(staged)

    def apply(self, frame: DataFrame, found: DataFrame, *, removing: bool = True) -> DataFrame:
        """The frame without the paragraphs, and with `_cut`. A document that loses too much is removed."""
        return cut(self, frame, found, removing=removing)

    def reconcile(self, existing: ExistingDocuments, found: DataFrame, stage: Stage) -> Effect:
        """The published documents whose cuts change."""
        return changed_cuts(existing, found, stage)
