"""What a step that looks across documents has beside a step's own parts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.steps.step import Step

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

AFTER_ALL = 1 << 30
"""The place of the removing step of a document that no step removed."""

Stage = Callable[[str, "DataFrame"], "DataFrame"]
"""Writes a frame down under a name, and returns it as it was written."""

Texts = Callable[["DataFrame"], "DataFrame"]
"""Returns `id, text, language` for a frame of `id`: the texts as the steps before have left them."""


@dataclass(frozen=True)
class BeforeRun:
    """What is published of the documents that this run compares with new ones, and does not judge again.

    `compared` has the fingerprints of those that reached the step, with `removed_at`: the place of the step that
    removed the document, AFTER_ALL where none did. `verdicts` are their verdicts, `cuts` what this step has cut from
    them. `place` is the step's place in the recipe, `next_clusters` that of the next step that finds clusters;
    `sizes_are_read` says that some step reads the sizes of clusters.
    """

    compared: DataFrame
    verdicts: DataFrame
    cuts: DataFrame
    place: int
    next_clusters: int
    sizes_are_read: bool


@dataclass(frozen=True)
class Effect:
    """What the findings mean for published documents.

    `changes` are new fates that need no text: `crawl, id, removed_by, values, cluster_id, cluster_size, place` (the
    step's). `again` are the ids that have to be judged from their texts, from this step on. `gone` are the ids that no
    later step finds among the published ones.
    """

    changes: DataFrame | None
    again: DataFrame
    gone: DataFrame


class Across(Step):
    """A step that looks across documents.

    It ends a pass. Curate stages the documents with what `compares` says, calls `find` once on all of them, and
    `apply` on each document. Where published documents are among those that were compared, `reconcile` says which of
    them have another fate now.
    """

    fingerprinted: ClassVar[bool] = False
    """Whether `compares` is kept in silver/fingerprints, so that published documents are compared without texts."""
    edits_text: ClassVar[bool] = False
    """Whether `apply` reads and edits `text`. It then leaves `_cut`: what was cut, and where it was first seen."""

    @property
    def looks_across(self) -> bool:
        """Always, but for a kind that does so with some of its options."""
        return True

    @property
    def reads_texts(self) -> bool:
        """Whether `find` needs the texts of published documents too."""
        return False

    @property
    def can_be_added_to(self) -> bool:
        """Whether published documents can be compared with new ones, and not judged again as a whole."""
        return self.fingerprinted

    @abstractmethod
    def compares(self, frame: DataFrame, before: Sequence[Step]) -> dict[str, Column]:
        """The columns to stage for `find`, made on the working frame after the steps `before`."""

    @abstractmethod
    def find(self, staged: DataFrame, stage: Stage, texts: Texts) -> DataFrame:
        """What the step finds, over all documents.

        `staged` has the columns of `compares`: where the step is `fingerprinted`, of the documents that reach it and
        PLACE; else of all documents, beside their fates.
        """

    @abstractmethod
    def apply(self, frame: DataFrame, found: DataFrame, *, removing: bool = True) -> DataFrame:
        """The frame with what was found in it; documents that lose are removed by the step where `removing`.

        Documents that were removed before are left alone.
        """

    def reconcile(self, before: BeforeRun, found: DataFrame, stage: Stage) -> Effect:
        """What was found, as an effect on published documents. Only asked where the step `can_be_added_to`."""
        raise NotImplementedError(f"{self.kind} cannot be added to")
