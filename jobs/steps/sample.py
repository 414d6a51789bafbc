"""Samples documents: drops or repeats them by a hash of their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from decantry.jobs.process.spark import F
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step

if TYPE_CHECKING:
    from pyspark.sql import Column

BUCKETS = 1_000_000


class Sample(Step):
    """Repeats each document `share` times on average. A share below 1 drops documents.

    The number of copies depends only on the id and the seed, so a sample is the same on every machine.
    """

    kind: ClassVar[str] = "sample"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "drops or repeats documents"
    source: ClassVar[str] = "the recipe's author"
    multiplies: ClassVar[bool] = True

    share: Annotated[float, Field(ge=1 / BUCKETS, le=1000)]
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0

    def measure(self) -> Column:
        """The number of copies: the whole part of `share`, and one more for a share of ids equal to its fraction."""
        whole = int(self.share)
        bucket = F.pmod(F.xxhash64(F.lit(self.seed), "id"), F.lit(BUCKETS))
        more = (bucket < round((self.share - whole) * BUCKETS)).cast("int")
        return F.struct((F.lit(whole) + more).alias("copies"))

    def rules(self) -> list[Rule]:
        """One rule: it removes a document with no copies."""
        return [Rule("not_sampled", "copies", "<", 1)]
