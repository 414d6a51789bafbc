"""Near-duplicates by MinHash: the options. jobs/dedup does the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import native
from decantry.schemas.table import Column as SchemaColumn

if TYPE_CHECKING:
    from pyspark.sql import Column


class NearDuplicates(Deduplicate):
    """FineWeb's MinHash setting: 14 bands of 8 rows over word 5-grams, found within one crawl.

    `verify` is the least true Jaccard similarity of the n-grams of duplicates. In each bucket, the members are compared
    with the member with the smallest id. Those that fail are compared with each other in the same way, until none is
    left or `rounds` have passed.
    """

    kind: ClassVar[str] = "near_duplicates"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "keeps one document of each cluster of near-duplicates"
    source: ClassVar[str] = "arXiv:2406.17557, 3.4; datatrove 0.10.1 pipeline/dedup/minhash.py"

    shingles: Literal["word", "character"] = "word"
    ngram: Annotated[int, Field(ge=1, le=64)] = 5
    bands: Annotated[int, Field(ge=1, le=1024)] = 14
    rows: Annotated[int, Field(ge=1, le=1024)] = 8
    hash: Literal["sha1", "xxh64"] = "sha1"
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1
    verify: Annotated[float, Field(gt=0, le=1)] | None = None
    rounds: Annotated[int, Field(ge=1, le=100)] = 10

    @model_validator(mode="after")
    def _rounds_of_verification(self) -> NearDuplicates:
        if "rounds" in self.model_fields_set and self.verify is None:
            raise ValueError("`rounds` says how often verification is repeated: give `verify` too, or leave it out")
        return self

    def rules(self) -> list[Rule]:
        """One rule: removes a document that is not the survivor of its cluster."""
        return [Rule("duplicate", "cluster_size", ">", 1)]

    def keys(self) -> Column:
        """One 64-bit key for each band; an empty array if the text is shorter than a shingle."""
        from pyspark.sql import functions as F

        options: tuple[object, ...] = (self.ngram, self.bands, self.rows, self.seed, self.hash)
        if self.shingles != "word":
            options = (*options, self.shingles)
        return native("minhash", "text", *(F.lit(option) for option in options))

    def shingle_hashes(self) -> Column:
        """The hashes of the text's distinct shingles, from which the Jaccard similarity is computed."""
        from pyspark.sql import functions as F

        return native("shingles", "text", *(F.lit(option) for option in (self.ngram, self.hash, self.shingles)))

    def adds(self) -> tuple[SchemaColumn, ...]:
        """The size of the survivor's cluster."""
        return (
            SchemaColumn(
                "minhash_cluster_size",
                "bigint",
                "How many it stands for, in the last step that compared it.",
                "documents",
            ),
        )

    def found_with(self, similarity: float) -> float:
        """The probability that two texts with this Jaccard similarity share a band: 1-(1-s^rows)^bands."""
        return 1 - (1 - similarity**self.rows) ** self.bands

    def fingerprint_options(self) -> dict[str, Any]:
        """All options except those of verification, which reads the texts."""
        return {key: value for key, value in self.options().items() if key not in ("verify", "rounds")}
