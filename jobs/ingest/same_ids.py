"""Ids that are unique only within a file, such as row counters. The ids of the later file get a digest of the content.

A counter id is a number, perhaps after a short name (`0`, `doc-17`, `row 17`, `train/17`). All other ids, such as
UUIDs, addresses and the numbers of a register (`pmid:12345678`), name the same document in every file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

_ROWS = "(?i:docs?|documents?|rows?|rec|records?|lines?|items?|examples?|samples?|train|test|dev|valid|validation|eval)"
COUNTER_ID = (
    "^(?:[A-Za-z_# -]{0,32}[.]?[0-9]{1,15}"
    "|[A-Za-z_#: -]{0,32}[:/] ?[0-9]{1,5}"
    f"|(?:[A-Za-z_#: -]{{0,24}}[_#: -])?{_ROWS}[:/] ?[0-9]{{1,15}})$"
)
"""After `:` or `/`, a number of more than five digits counts rows only if a word before it says so."""
DIGITS = 16
"""Hexadecimal digits of a digest: the beginning of the sha256 of a document's address and text, one on each line."""
LOCATION = ["warc_path", "warc_offset"]
NOTE = "id of another file"
"""The key in `noted` of ops/inputs that counts a file's documents with a new id."""

MOST_BROADCAST = 1_000_000
"""The most documents of a batch whose hashed ids are sent to all tasks: 8 bytes each, and some 24 in a table."""


def with_ids_of(others: DataFrame, here: DataFrame, count: int) -> DataFrame:
    """The rows of `others` whose id is also `here`, a batch of `count` documents.

    The hashes of a batch's ids first leave few rows to be shuffled. So a lake that grows is read, and not shuffled.
    """
    if count <= MOST_BROADCAST:
        hashes = F.broadcast(here.select(F.xxhash64("id").alias("_hash")))
        others = others.withColumn("_hash", F.xxhash64("id")).join(hashes, "_hash", "left_semi").drop("_hash")
    return others.join(here.select("id").distinct(), "id", "left_semi")


def new_ids(documents: DataFrame, duplicates: DataFrame, others: DataFrame | None) -> DataFrame:
    """The columns `warc_path, warc_offset, new_id` of each duplicate that is a different document; `new_id` is
    `ID:DIGEST`.

    A duplicate is a different document if its id is a counter, the first document with that id is in another file, and
    their addresses or texts differ. A second row with the same id in one file stays a duplicate. `others` are the
    lake's documents of other files. `duplicates` are staged.
    """
    by_file = duplicates.where(is_ambiguous()).groupBy("warc_path", "id", "first")
    later = by_file.agg(F.min("warc_offset").alias("warc_offset"))
    documents = _digests(documents)
    firsts = later.select("first.*").distinct()
    found = documents.join(firsts, LOCATION, "left_semi")
    if others is not None:
        sent = F.broadcast(firsts) if duplicates.count() <= MOST_BROADCAST else firsts
        found = found.unionByName(_digests(others).join(sent, LOCATION, "left_semi"))
    found = found.select(F.struct(*LOCATION).alias("first"), F.col("digest").alias("first_digest"))
    different = documents.join(later, [*LOCATION, "id"]).join(found, "first").where("digest <> first_digest")
    return different.select(*LOCATION, F.concat_ws(":", "id", "digest").alias("new_id"))


def earlier_ids(rows: DataFrame, earlier: DataFrame) -> DataFrame:
    """As `new_ids`, of documents that got a new id when their file was read before; they keep it.

    Other rows of the file with the same given id get the same new id, and stay duplicates. `earlier` are the lake's
    documents of the files that are read again.
    """
    documents = rows.where("kind = 'document'").select("id", *LOCATION, "url", "text", "extractor")
    candidates = with_digest_ids(documents.withColumn("given_id", F.col("id")))
    used = candidates.join(earlier.select("warc_path", "id"), ["warc_path", "id"], "left_semi")
    kept = used.groupBy("warc_path", F.col("given_id").alias("id")).agg(F.min("id").alias("new_id"))
    return documents.join(kept, ["warc_path", "id"]).select(*LOCATION, "new_id")


def renamed(rows: DataFrame, new_ids: DataFrame) -> DataFrame:
    """The rows, with the ids of `new_ids` where it has their location."""
    return rows.join(new_ids, LOCATION, "left").withColumn("id", F.coalesce("new_id", "id")).select(*rows.columns)


def with_digest_ids(documents: DataFrame) -> DataFrame:
    """The documents with counter ids, each with the id that it has if another file has the same id."""
    counters = documents.where((F.col("extractor") == "given") & F.col("id").rlike(COUNTER_ID))
    return counters.withColumn("id", F.concat_ws(":", F.col("id"), _digest()))


def is_ambiguous() -> Column:
    """Whether a duplicate may be a different document: its id is a counter, and the first is in another file."""
    return F.col("id").rlike(COUNTER_ID) & (F.col("first.warc_path") != F.col("warc_path"))


def _digests(documents: DataFrame) -> DataFrame:
    return documents.where("extractor = 'given'").select("id", *LOCATION, _digest().alias("digest"))


def _digest() -> Column:
    content = F.concat(F.coalesce("url", F.lit("")), F.lit("\n"), F.col("text"))
    return F.substring(F.sha2(content, 256), 1, DIGITS)
