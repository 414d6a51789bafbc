"""Ids that are unique only within a file, as counters are: of two files, the later one's get a digest of their content.

Such an id is a number, perhaps after a name (`0`, `doc-17`). Longer ones, UUIDs and addresses name the same document in
every file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

COUNTER = "^[A-Za-z_#-]{0,32}[0-9]{1,15}$"
DIGITS = 16
"""Hexadecimal digits of the sha256 of a document's address and text, a line each, that tell it from others."""
PLACE = ["warc_path", "warc_offset"]
NOTED = "id of another file"
"""What ops/inputs notes of a file's documents that were told apart."""


def told_apart(documents: DataFrame, duplicates: DataFrame, there: DataFrame | None) -> DataFrame:
    """The place (`warc_path, warc_offset`) and the new id, `ID:DIGITS`, of each duplicate that is another document.

    It is one where its id counts, the first with that id is in another file, and their addresses or texts differ. A
    file's own second row of an id stays a duplicate. `there` are documents of other files that the lake has.
    """
    from pyspark.sql import functions as F

    later = may_be_others(duplicates).groupBy("warc_path", "id", "first").agg(F.min("warc_offset").alias("warc_offset"))
    documents = _digests(documents)
    firsts = later.select("first.*").distinct()
    found = documents.join(firsts, PLACE, "left_semi")
    if there is not None:
        found = found.unionByName(_digests(there).join(F.broadcast(firsts), PLACE, "left_semi"))
    found = found.select(F.struct(*PLACE).alias("first"), F.col("digest").alias("first_digest"))
    mine = documents.join(later, [*PLACE, "id"]).join(found, "first").where("digest <> first_digest")
    return mine.select(*PLACE, F.concat_ws(":", "id", "digest").alias("new_id"))


def named_before(rows: DataFrame, there: DataFrame) -> DataFrame:
    """As `told_apart`, of the documents that were told apart when their file was read before, and keep their ids.

    The file's other rows of the same id get it too, and stay duplicates. `there` are the lake's documents of the files
    that are read again.
    """
    from pyspark.sql import functions as F

    documents = rows.where("kind = 'document'").select("id", *PLACE, "url", "text", "extractor")
    names = other_names(documents.withColumn("given_id", F.col("id")))
    had = names.join(there.select("warc_path", "id"), ["warc_path", "id"], "left_semi")
    kept = had.groupBy("warc_path", F.col("given_id").alias("id")).agg(F.min("id").alias("new_id"))
    return documents.join(kept, ["warc_path", "id"]).select(*PLACE, "new_id")


def may_be_others(duplicates: DataFrame) -> DataFrame:
    """The duplicates whose id counts and whose first is in another file."""
    return duplicates.where(_elsewhere())


def count_of_others() -> Column:
    """How many of a group of duplicates may be other documents."""
    from pyspark.sql import functions as F

    return F.count_if(_elsewhere())


def renamed(rows: DataFrame, new_ids: DataFrame) -> DataFrame:
    """The rows, those at the places of `new_ids` with their new id."""
    from pyspark.sql import functions as F

    return rows.join(new_ids, PLACE, "left").withColumn("id", F.coalesce("new_id", "id")).select(*rows.columns)


def other_names(documents: DataFrame) -> DataFrame:
    """The documents whose id counts, by the ids that they would have beside others of the same id."""
    from pyspark.sql import functions as F

    counting = documents.where((F.col("extractor") == "given") & F.col("id").rlike(COUNTER))
    return counting.withColumn("id", F.concat_ws(":", F.col("id"), _digest()))


def _elsewhere() -> Column:
    from pyspark.sql import functions as F

    return F.col("id").rlike(COUNTER) & (F.col("first.warc_path") != F.col("warc_path"))


def _digests(documents: DataFrame) -> DataFrame:
    return documents.where("extractor = 'given'").select("id", *PLACE, _digest().alias("digest"))


def _digest() -> Column:
    from pyspark.sql import functions as F

    content = F.concat(F.coalesce("url", F.lit("")), F.lit("\n"), F.col("text"))
    return F.substring(F.sha2(content, 256), 1, DIGITS)
