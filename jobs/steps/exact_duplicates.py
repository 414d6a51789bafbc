"""Exact duplicates: the same text, the same text without case, punctuation and numbers, or the same address."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from decantry.jobs.process.spark import F
from decantry.jobs.steps.find_clusters import FindClusters
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import Column


class ExactDuplicates(FindClusters):
    """Keeps one of the documents that are equal `by` normalised text, raw text or url.

    The normalised text is that of near_duplicates. It has no case, punctuation or accents, and one digit for every
    number. So pages that differ only in numbers are equal, unless you choose `by: raw_text`.

    Two values are equal if the first 128 bits of their SHA-256 are equal. All empty texts are equal. A document without
    a url is equal to no other.
    """

    kind: ClassVar[str] = "exact_duplicates"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "keeps one of several equal documents"
    source: ClassVar[str] = "arXiv:1911.00359, 3.2 (paragraphs there, documents here); NIST FIPS 180-4"
    together: ClassVar[bool] = True

    by: Literal["text", "raw_text", "url"] = "text"

    def keys(self) -> Column:
        """The two halves of the hash as 64-bit numbers; empty if there is nothing to compare."""
        what = {"text": native("normalize_text", "text"), "raw_text": F.col("text"), "url": F.col("url")}[self.by]
        # transform binds the hash to a variable, so that Spark computes it once
        halves = F.transform(
            F.array(F.sha2(what, 256)), lambda digest: F.array(_number(digest, 1), _number(digest, 17))
        )
        return F.filter(F.flatten(halves), lambda half: half.isNotNull())


def _number(hexadecimal: Column, at: int) -> Column:
    """Sixteen hexadecimal digits as a signed 64-bit number."""
    digits = F.substring(hexadecimal, at, 16)
    return (F.conv(digits, 16, 10).cast("decimal(20,0)") - F.lit(str(1 << 63)).cast("decimal(20,0)")).cast("bigint")
