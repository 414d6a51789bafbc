"""The explanation of one document: its measurements at each step, its verdict, its clusters, and its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import Row

    from decantry.jobs.explore.blocks import Block
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step


@dataclass(frozen=True)
class StepExplained:
    """A step's measurements of the document, the rules that it breaks, and whether it reached the step."""

    step: Step
    measured: dict[str, Any]
    rules: tuple[Rule, ...]
    """The step's rules, with the thresholds of the document's language."""
    broken: tuple[Rule, ...]
    reached: bool
    edited: bool
    matches: dict[str, str]
    """By broken rule of a URL step, the part of the address that matched."""


@dataclass(frozen=True)
class Cluster:
    """A cluster of duplicates that contains the document, the step that found it, and its survivor.

    `similarity` is the similarity of the document to the survivor, if the step verifies. `survivor_text` is the
    extracted text.
    """

    step: str
    id: str
    size: int
    survivor: str
    survivor_url: str | None
    survivor_text: str
    similarity: float | None


@dataclass(frozen=True)
class Cut:
    """A paragraph that a step cut from the document, and the document and position where it occurs first."""

    step: str
    text: str
    first_id: str
    first_paragraph: int


@dataclass(frozen=True)
class Explanation:
    """A document, its published verdict (None if it has none), and what each step measured and decided."""

    document: Row
    same_address: tuple[str, ...]
    """The ids of other documents with the same address."""
    verdict: Row | None
    steps: tuple[StepExplained, ...]
    clusters: tuple[Cluster, ...]
    cuts: tuple[Cut, ...]
    before: str
    after: str
    other_hash: bool = False
    """Whether the verdict was made with another hash of the recipe."""
    blocks: tuple[Block, ...] = ()
    """The blocks of the page in order, if `--structure` has kept them."""
