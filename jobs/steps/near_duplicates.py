"""Near-duplicates by MinHash: the options; the work is in jobs/dedup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native
from decantry.schemas.table import Column as SchemaColumn

if TYPE_CHECKING:
    from pyspark.sql import Column


class NearDuplicates(Step):
    """FineWeb's MinHash setting: 14 bands of 8 rows over word 5-grams, found within one crawl.

    Of each cluster the first document by crawl, archive path and offset stays.
    """

    kind: ClassVar[str] = "near_duplicates"
    about: ClassVar[str] = "keeps one document of each cluster of near-duplicates"
    source: ClassVar[str] = "arXiv:2406.17557, 3.4; datatrove 0.10.1 pipeline/dedup/minhash.py"

    scope: Literal["crawl"] = "crawl"
    ngram: Annotated[int, Field(ge=1, le=64)] = 5
    bands: Annotated[int, Field(ge=1, le=1024)] = 14
    rows: Annotated[int, Field(ge=1, le=1024)] = 8
    hash: Literal["sha1", "xxh64"] = "sha1"
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1

    def rules(self) -> list[Rule]:
        """One rule: a document of a cluster that is not its survivor."""
        return [Rule("duplicate", "cluster_size", ">", 1)]

    def band_keys(self) -> Column:
        """One 64-bit key a band; an empty array for a text that is shorter than a shingle."""
        from pyspark.sql import functions as F

        options = (self.ngram, self.bands, self.rows, self.seed, self.hash)
        return native("minhash", "text", *(F.lit(option) for option in options))

    def adds(self) -> tuple[SchemaColumn, ...]:
        """The size of the cluster that the survivor stands for."""
        return (SchemaColumn("minhash_cluster_size", "bigint", "How many near-duplicates it stands for.", "documents"),)

    def found_with(self, similarity: float) -> float:
        """The probability that two texts of that Jaccard similarity share a band: 1-(1-s^rows)^bands."""
        return 1 - (1 - similarity**self.rows) ** self.bands
