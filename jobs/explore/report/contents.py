"""What a report says: counts and bounded samples, all that passes from Spark to the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.explore.report.bins import Bars


@dataclass(frozen=True)
class Share:
    """A language, domain, year or crawl: its documents, and how many of them are kept."""

    name: str
    documents: int
    kept: int


@dataclass(frozen=True)
class RuleLoss:
    """A rule, what it removes when, and how many documents it removed first."""

    name: str
    when: str
    removed: int


@dataclass(frozen=True)
class StepLoss:
    """A step's part in the flow: documents seen and removed, and its rules in the order that they are tried."""

    step: str
    about: str
    seen: int
    removed: int
    rules: tuple[RuleLoss, ...]


@dataclass(frozen=True)
class Intake:
    """What the lake has read, of all recipes: `unread` files are those that failed or held nothing usable."""

    files: int
    unread: int
    bytes: int
    records: int
    skipped: int
    rejects: tuple[tuple[str, int], ...]
    """`stage: reason`, and how many candidates; the busiest first."""


@dataclass(frozen=True)
class Threshold:
    """A rule's threshold on a measurement, and how a document that it removes compares with it."""

    rule: str
    removes_when: str
    value: float

    @property
    def removes_above(self) -> bool:
        """On which side of the threshold documents go."""
        return self.removes_when.startswith(">")


@dataclass(frozen=True)
class Measured:
    """A measurement of a step: of the documents that reached it, and of all that were measured, by language."""

    step: str
    name: str
    thresholds: tuple[Threshold, ...]
    reached: Bars
    languages: tuple[tuple[str, Bars], ...]


@dataclass(frozen=True)
class Reading:
    """One measurement of one document, beside the rule that looks at it."""

    step: str
    rule: str
    value: float
    when: str
    broken: bool


@dataclass(frozen=True)
class Sample:
    """A document: where it is from, the beginning of its text, and why it is where it is."""

    id: str
    url: str | None
    crawl: str
    language: str | None
    characters: int
    text: str
    removed_by: str | None
    readings: tuple[Reading, ...]
    duplicate_of: str | None = None
    """The address, or the id, of the document that was kept in its place."""


@dataclass(frozen=True)
class ClusterSizes:
    """How many clusters of a size, and documents in them, a step found."""

    step: str
    sizes: tuple[tuple[str, int, int], ...]
    """A size or range of sizes, clusters, documents."""
    largest: tuple[tuple[int, str], ...]
    """The size and the kept document's address, or id, of the largest."""


@dataclass(frozen=True)
class Alarm:
    """A crawl, language or domain that loses far more to one step than the whole does."""

    kind: str
    name: str
    documents: int
    step: str
    share: float
    usual: float


@dataclass(frozen=True)
class Check:
    """One expectation of one run."""

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
    """One publication of the recipe: `version` is that of its corpus table."""

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
    """How fast a tracked run went."""

    job: str
    run_id: str
    documents: int
    seconds: float


@dataclass(frozen=True)
class Move:
    """Documents of one fate there and another here (None: kept; "absent": not judged), with a few addresses."""

    there: str | None
    here: str | None
    documents: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """This corpus beside another recipe's, or an earlier version of itself."""

    other: str
    both: int
    entered: int
    left: int
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Contents:
    """All that the page says."""

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
    """How many documents the measurements are of: all, or a sample."""
    unmeasured: str | None
    """Why there are no measurements, where there are none."""
    clusters: tuple[ClusterSizes, ...]
    alarms: tuple[Alarm, ...]
    samples: tuple[Sample, ...]
    publications: tuple[Publication, ...]
    checks: tuple[Check, ...]
    paces: tuple[Pace, ...]
    comparison: Comparison | None = None
