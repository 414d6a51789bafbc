"""The contents of a report: counts and bounded samples. Nothing else passes from Spark to the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.explore.report.bins import Bars


@dataclass(frozen=True)
class Share:
    """A language, domain, year or crawl: the numbers of its documents and of its kept documents."""

    name: str
    documents: int
    kept: int


@dataclass(frozen=True)
class RuleLoss:
    """A rule, when it removes a document, and how many documents it removed."""

    name: str
    when: str
    removed: int


@dataclass(frozen=True)
class StepLoss:
    """A step in the flow: how many documents it saw and removed, and its rules in the order of their evaluation."""

    step: str
    about: str
    seen: int
    removed: int
    rules: tuple[RuleLoss, ...]


@dataclass(frozen=True)
class Intake:
    """What the lake has read, whatever the recipe. `unread` counts files that failed or had nothing usable."""

    files: int
    unread: int
    bytes: int
    records: int
    skipped: int
    rejects: tuple[tuple[str, int], ...]
    """The reasons of rejects as `stage: reason`, each with the number of candidates, the largest first."""


@dataclass(frozen=True)
class Threshold:
    """A rule's threshold on a measurement, and the comparison that removes a document."""

    rule: str
    removes_when: str
    value: float

    @property
    def removes_above(self) -> bool:
        """Whether documents above the threshold are removed, and not those below."""
        return self.removes_when.startswith(">")


@dataclass(frozen=True)
class Measured:
    """A measurement of a step: its histogram over the documents that reached the step, and by language over all."""

    step: str
    name: str
    thresholds: tuple[Threshold, ...]
    reached: Bars
    languages: tuple[tuple[str, Bars], ...]


@dataclass(frozen=True)
class Reading:
    """One measurement of one document, and the rule that uses it."""

    step: str
    rule: str
    value: float
    when: str
    broken: bool


@dataclass(frozen=True)
class Sample:
    """A document: its address, the beginning of its text, and why it was kept or removed."""

    id: str
    url: str | None
    crawl: str
    language: str | None
    characters: int
    text: str
    removed_by: str | None
    readings: tuple[Reading, ...]
    duplicate_of: str | None = None
    """The address or id of the survivor, if the document is a duplicate."""


@dataclass(frozen=True)
class ClusterSizes:
    """The numbers of clusters and documents that a step found, by size of the cluster."""

    step: str
    sizes: tuple[tuple[str, int, int], ...]
    """A size or a range of sizes, the number of clusters, and the number of their documents."""
    largest: tuple[tuple[int, str], ...]
    """The largest clusters: the size, and the survivor's address or id."""


@dataclass(frozen=True)
class Alarm:
    """A crawl, language or domain that loses far more documents to one step than the corpus does."""

    kind: str
    name: str
    documents: int
    step: str
    share: float
    usual: float


@dataclass(frozen=True)
class Check:
    """The result of one expectation in one run."""

    run_id: str
    at: datetime | None
    table: str
    expectation: str
    success: bool
    severity: str
    observed: str | None
    threshold: str | None


@dataclass(frozen=True)
class Publication:
    """One publication of the recipe. `version` is the version of the corpus table."""

    number: int
    version: int
    run_id: str
    kind: str
    at: datetime
    crawls: tuple[str, ...]
    documents: int
    kept: int


@dataclass(frozen=True)
class Pace:
    """The speed of a tracked run."""

    job: str
    run_id: str
    documents: int
    seconds: float


@dataclass(frozen=True)
class Move:
    """Documents that have another fate in the other corpus than in this one (`own`), and a few addresses.

    A fate is the rule that removed the document, None for a kept document, or "absent" for one that was not judged.
    """

    other: str | None
    own: str | None
    documents: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """The comparison of this corpus with another recipe's corpus, or with an earlier publication."""

    other: str
    both: int
    entered: int
    left: int
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Contents:
    """The contents of the page."""

    recipe: str
    title: str
    references: tuple[str, ...]
    definition: str
    recipe_hash: str
    publication: int
    published_at: datetime
    lake: str
    code: str
    intake: Intake
    documents: int
    kept: int
    flow: tuple[StepLoss, ...]
    tokens: int | None
    characters: int
    domains: int
    languages: tuple[Share, ...]
    top_domains: tuple[Share, ...]
    years: tuple[Share, ...]
    crawls: tuple[Share, ...]
    lengths: tuple[tuple[str, Bars], ...]
    measures: tuple[Measured, ...]
    measured: int
    """The number of documents that were measured: all of them, or a sample."""
    unmeasured: str | None
    """Why there are no measurements; empty if there are some."""
    clusters: tuple[ClusterSizes, ...]
    alarms: tuple[Alarm, ...]
    samples: tuple[Sample, ...]
    publications: tuple[Publication, ...]
    checks: tuple[Check, ...]
    paces: tuple[Pace, ...]
    comparison: Comparison | None = None
