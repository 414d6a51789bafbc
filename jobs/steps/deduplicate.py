"""The base of the deduplicate steps: which documents are compared, and which duplicate survives."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, field_validator

from decantry.jobs.steps.step import Step

if TYPE_CHECKING:
    from pyspark.sql import Column

Scope = Literal["crawl", "language", "all"]
KeepBy = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*( (asc|desc))?$")]


NOT_KEPT_BY = ("run_id", "removed_by", "values", "signals", "copies", "scope", "rank", "bands")
"""Columns that describe a run and not a document, so that no order of survivors may use them."""


class Deduplicate(Step):
    """A step that ends a pass: documents are compared by keys, after the results of all earlier steps are staged.

    `scope` says which documents are compared: those of one crawl, those of one language in all crawls, or all.
    `keep` is the order of survivors: columns of the document or of earlier steps, each `asc` (the default) or `desc`,
    and `longest_text`. Nulls come last. Ties are broken by crawl, archive path, offset and id.
    """

    clusters: ClassVar[bool] = True
    """Whether the step finds clusters of documents; otherwise it finds paragraphs."""
    together: ClassVar[bool] = False
    """Whether two documents match only if all keys are equal; otherwise one equal key at one index suffices."""

    scope: Scope = "crawl"
    keep: tuple[KeepBy, ...] = ()

    @field_validator("keep")
    @classmethod
    def _is_an_order(cls, keep: tuple[str, ...]) -> tuple[str, ...]:
        names = [entry.partition(" ")[0] for entry in keep]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"{twice} is named twice")
        for entry, name in zip(keep, names, strict=True):
            if name == "longest_text" != entry:
                raise ValueError("longest_text has no direction: write it alone")
            if name in NOT_KEPT_BY or name.startswith("_"):
                raise ValueError(f"{name} is not a property of a document")
        return keep

    @abstractmethod
    def keys(self) -> Column:
        """The document's keys, `array<bigint>`; empty or null if it has nothing to compare."""

    def scope_column(self) -> Column:
        """A string, never null. Only documents with the same string are compared."""
        from pyspark.sql import functions as F

        if self.scope == "crawl":
            return F.col("crawl")
        return F.coalesce(F.col("language"), F.lit("")) if self.scope == "language" else F.lit("")

    def fingerprint_options(self) -> dict[str, Any]:
        """The options that change a fingerprint."""
        return self.options()
