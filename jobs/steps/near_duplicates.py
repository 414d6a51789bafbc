"""Near-duplicates by MinHash. A recipe can have them verified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from decantry.jobs.dedup.clusters import Verification
from decantry.jobs.process.spark import F
from decantry.jobs.steps.find_clusters import FindClusters
from decantry.jobs.steps.step import native
from decantry.schemas.table import Column as SchemaColumn

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.steps.across import Texts


class NearDuplicates(FindClusters):
    """Keeps one document of each cluster of near-duplicates. The defaults are FineWeb's: 14 bands of 8 rows over word
    5-grams, within one crawl.

    Words are those of the document's language. A text that is shorter than a shingle is one shingle, so it duplicates
    all texts with the same normal form. A text without words is not compared.

    Two documents are compared if they share a key of one band. The first in the order of survivors is kept: by `keep`,
    then by crawl, archive path, offset and id.

    With `verify`, a document is removed only if a kept document has at least that Jaccard similarity to it, over the
    shingles of both texts. Documents are decided in the order of survivors. Each is compared with the first `centres`
    kept documents of each of its buckets (docs/deduplication.md).
    """

    kind: ClassVar[str] = "near_duplicates"
    VERSION: ClassVar[int] = 5
    about: ClassVar[str] = "keeps one document of each cluster of near-duplicates"
    source: ClassVar[str] = "arXiv:2406.17557, 3.4; datatrove 0.10.1 pipeline/dedup/minhash.py"

    shingles: Literal["word", "character"] = "word"
    ngram: Annotated[int, Field(ge=1, le=64)] = 5
    bands: Annotated[int, Field(ge=1, le=1024)] = 14
    rows: Annotated[int, Field(ge=1, le=1024)] = 8
    hash: Literal["sha1", "xxh64"] = "sha1"
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1
    verify: Annotated[float, Field(gt=0, le=1)] | None = None

    centres: ClassVar[int] = 64
    """The most kept documents of a bucket with which a document is compared. A bucket of k documents thus costs at most
    64 k comparisons. docs/deduplication.md has measurements."""

    def keys(self) -> Column:
        """One 64-bit key for each band; an empty array if the text has no words."""
        options = (self.ngram, self.bands, self.rows, self.seed, self.hash, self.shingles)
        return native("minhash", "text", *(F.lit(option) for option in options), "language")

    def shingle_hashes(self) -> Column:
        """The hashes of the text's distinct shingles, from which the Jaccard similarity is computed."""
        options = (self.ngram, self.hash, self.shingles)
        return native("shingles", "text", *(F.lit(option) for option in options), "language")

    @property
    def reads_texts(self) -> bool:
        """Whether candidates are verified, which needs their texts."""
        return self.verify is not None

    def verification(self, texts: Texts) -> Verification | None:
        """Compares the shingles of the texts, with `verify`."""
        if self.verify is None:
            return None

        def shingles(wanted: DataFrame) -> DataFrame:
            return texts(wanted).select("id", native("once", self.shingle_hashes()).alias("shingles"))

        return Verification(self.verify, self.centres, shingles)

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
        """All options but `verify`, which is about texts and not about fingerprints."""
        return {key: value for key, value in self.options().items() if key != "verify"}
