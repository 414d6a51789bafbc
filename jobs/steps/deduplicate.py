"""What the deduplicate steps share: who is compared with whom, and which of equals stays."""

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
"""Columns that say what a run has done, and nothing of a document."""


class Deduplicate(Step):
    """A step that ends a pass: documents are compared by keys, after everything before it has been staged.

    `scope` says who is compared: the documents of one crawl, those of one language in all crawls, or all of them.
    `keep` is the order of survivors: columns of the document or of earlier steps, each `asc` (the default) or `desc`,
    and `longest_text`; nulls come last; what is equal by it is told apart by crawl, archive path, offset and id.
    """

    clusters: ClassVar[bool] = True
    """Whether it finds clusters of documents; else it finds parts of documents."""
    together: ClassVar[bool] = False
    """Whether all of a document's keys must be equal; else any of them, at its place, will do."""

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
                raise ValueError(f"{name} is no property of a document")
        return keep

    @abstractmethod
    def keys(self) -> Column:
        """The document's keys, `array<bigint>`; empty or null where it has nothing to compare."""

    def scope_column(self) -> Column:
        """What documents have in common that are compared: a string, never null."""
        from pyspark.sql import functions as F

        if self.scope == "crawl":
            return F.col("crawl")
        return F.coalesce(F.col("language"), F.lit("")) if self.scope == "language" else F.lit("")

    def fingerprint_options(self) -> dict[str, Any]:
        """The options that a fingerprint depends on."""
        return self.options()
