"""The base of the steps that look across documents."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.steps.step import Step

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

AFTER_ALL = 1 << 30
"""The `removed_at` of a document that no step removed. It is larger than the index of any step."""

Stage = Callable[[str, "DataFrame"], "DataFrame"]
"""Writes a frame to a staging table with this name, and returns the table."""

Texts = Callable[["DataFrame"], "DataFrame"]
"""Returns `id, text, language` for a frame of `id`. The texts are those that the steps before have left."""


@dataclass(frozen=True)
class ExistingDocuments:
    """The published documents that a run compares with new ones, as one step sees them.

    `fingerprints` has those of the documents that reached the step, with `removed_at`: the index of the step that
    removed the document, or AFTER_ALL. `verdicts` has the verdicts of all published documents, and `cuts` what this
    step has cut from them. `index` is the step's index in the recipe, and `next_clustering` that of the next step that
    finds clusters. `sizes_are_read` says whether any step reads cluster sizes.
    """

    fingerprints: DataFrame
    verdicts: DataFrame
    cuts: DataFrame
    index: int
    next_clustering: int
    sizes_are_read: bool


@dataclass(frozen=True)
class Effect:
    """What a step's findings mean for published documents.

    `changes` has new fates that follow without texts: `crawl, id, removed_by, values, cluster_id, cluster_size`.
    `rejudged` has the ids that must be judged again from their texts, from this step on. `left_out` has the ids that
    later steps must not compare as published documents, because they are judged again or removed here.
    """

    changes: DataFrame | None
    rejudged: DataFrame
    left_out: DataFrame


class Across(Step):
    """A step that looks across documents. It ends a pass.

    Curate stages the documents with the columns of `compares`. It calls `find` once on all of them, and applies what
    was found to each with `apply`. If published documents were compared too, `reconcile` says whose fate changes.
    """

    fingerprinted: ClassVar[bool] = False
    """Whether silver/fingerprints keeps the columns of `compares`, so that a later run needs no texts."""
    edits_text: ClassVar[bool] = False
    """Whether `apply` cuts paragraphs from `text`. It then adds `_cut`: what it cut, and where that was first seen."""

    @property
    def looks_across(self) -> bool:
        """True, unless a kind does so only with some of its options."""
        return True

    @property
    def reads_texts(self) -> bool:
        """Whether `find` also needs the texts of published documents."""
        return False

    @property
    def is_incremental(self) -> bool:
        """Whether new documents can be compared with published ones without judging all of these again."""
        return self.fingerprinted

    @abstractmethod
    def compares(self, frame: DataFrame, before: Sequence[Step]) -> dict[str, Column]:
        """The columns to stage for `find`, from the working frame after the steps `before`."""

    @abstractmethod
    def find(self, staged: DataFrame, stage: Stage, texts: Texts) -> DataFrame:
        """What the step finds among all documents.

        `staged` has the columns of `compares`. If the step is `fingerprinted`, it also has LOCATION, and only documents
        that reach the step. Else it also has the fates, of all documents.
        """

    @abstractmethod
    def apply(self, frame: DataFrame, found: DataFrame, *, removing: bool = True) -> DataFrame:
        """The frame with what was found. With `removing`, the step removes documents that are not removed yet."""

    def reconcile(self, existing: ExistingDocuments, found: DataFrame, stage: Stage) -> Effect:
        """The effect of what was found on published documents. Called only if the step `is_incremental`."""
        raise NotImplementedError(f"{self.kind} is not incremental")
