"""The files of a batch in the lake's tables: what of theirs is there, and what they put in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.ingest.manifest import Outcome, between
from decantry.jobs.ingest.same_ids import NOTED
from decantry.jobs.lake.address import is_local
from decantry.jobs.lake.commits import Transaction
from decantry.jobs.lake.literal import literal
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.ingest.options import ReadingOptions
    from decantry.jobs.lake.lake import Lake

COMMON_CRAWL, AFTER_COMMON_CRAWL = "crawl-data/", "crawl-data0"
"""The canonical paths of Common Crawl's archives begin so; the first path after them all."""


class Scope:
    """The files of a batch, in the lake's tables."""

    def __init__(self, lake: Lake, outcomes: Sequence[Outcome], reading: ReadingOptions) -> None:
        """`outcomes` are the files'. What is looked up and written is that of this moment."""
        self.lake = lake
        self._as = Transaction("ingest", lake.state("silver/documents") + 1)
        self.paths = [outcome.source.path for outcome in outcomes]
        self.tables = ["silver/documents", "silver/rejects", *(["bronze/pages"] if reading.keep_html else [])]
        self._outcomes = outcomes
        self._extractors = [reading.extractor_name, "given", "wet"]

    def holds(self, repeated: Mapping[str, int]) -> tuple[bool, bool]:
        """Whether the files hold documents, and whether rejects, where so many of a file's ids are taken."""
        documents = any(outcome.documents > repeated.get(outcome.source.path, 0) for outcome in self._outcomes)
        rejects = any(outcome.rejects or outcome.status == "damaged" for outcome in self._outcomes)
        return documents, rejects or bool(repeated)

    def write(self, name: str, rows: DataFrame, *, empty: bool, make: bool) -> None:
        """Put the rows in the place of those that the table has of the same files and extractor.

        With `make`, a table that has none yet is made all the same, so that readers find it. Raises Superseded where
        another batch has written documents since the files were looked up.
        """
        as_ = self._as if name == "silver/documents" else None
        if not self.lake.exists(name):
            if make:
                self.lake.append(name, rows.limit(0) if empty else rows, as_=as_)
        elif self._stale(name):
            if name == "silver/documents":
                self._tell_left()
            self.lake.replace(name, rows, self._predicate(name), as_=as_)
        elif not empty:
            self.lake.append(name, rows, as_=as_)

    def _tell_left(self) -> None:
        """Tell the outcomes which crawls their files' documents were in, and will not be."""
        stale = self.lake.read("silver/documents").where(self._predicate("silver/documents"))
        before = defaultdict(set)
        for path, crawl in stale.select("warc_path", "crawl").distinct().collect():
            before[path].add(crawl)
        for outcome in self._outcomes:
            outcome.leave(before[outcome.source.path])

    def duplicates(self, documents: DataFrame) -> DataFrame:
        """The documents whose id another one has before them: `warc_path, warc_offset`, and the first one's place.

        A document of another file that the lake already has comes first, unless a run that died has left it; else the
        first by path and offset.
        """
        from pyspark.sql import functions as F

        here = documents.select("id", "warc_path", "warc_offset")
        place = F.struct("warc_path", "warc_offset")
        firsts = here.groupBy("id").agg(F.min(place).alias("first"), F.count("*").alias("n"))
        there = self.of_other_files()
        if there is not None:
            known = self._standing(there.join(here.select("id").distinct(), "id", "left_semi"))
            taken = known.groupBy("id").agg(F.min(place).alias("taken"))
            firsts = firsts.join(taken, "id", "left").select("id", F.coalesce("taken", "first").alias("first"))
        else:
            firsts = firsts.where("n > 1").drop("n")
        return here.join(firsts, "id").where(place != F.col("first"))

    def of_other_files(self) -> DataFrame | None:
        """The lake's documents that may have ids of the batch's files; None where it has no documents.

        Common Crawl gives each record an id of its own, so its archives are compared only with files of other origin.
        Delta's statistics tell where these are: the work does not grow with the crawls that the lake has.
        """
        from pyspark.sql import functions as F

        if not self.lake.exists("silver/documents"):
            return None
        there = self.lake.read("silver/documents").where(~F.col("warc_path").isin(self.paths))
        if all(path.startswith(COMMON_CRAWL) for path in self.paths):
            there = there.where((F.col("warc_path") < COMMON_CRAWL) | (F.col("warc_path") >= AFTER_COMMON_CRAWL))
        return there

    def note(self, what: str, counts: Mapping[str, int]) -> None:
        """Note of so many documents of each file what became of them."""
        for outcome in self._outcomes:
            if count := counts.get(outcome.source.path):
                outcome.noted = {**outcome.noted, what: outcome.noted.get(what, 0) + count}

    def of_files_told_apart(self) -> DataFrame | None:
        """The lake's documents of those of the files that had ids of other files; None where none had."""
        from pyspark.sql import functions as F

        if not self.lake.exists("silver/documents"):
            return None
        lines = self.lake.rows("ops/inputs", between(self.paths), ["path", "noted"])
        paths = [line["path"] for line in lines if line["noted"] and NOTED in dict(line["noted"])]
        paths = sorted({*paths} & {*self.paths})
        return self.lake.read("silver/documents").where(F.col("warc_path").isin(paths)) if paths else None

    def _standing(self, documents: DataFrame) -> DataFrame:
        """The documents without those that a run which died has left: they are not curated, and take no id.

        On S3, where others may be writing at the same moment, what has no line yet may be theirs, and stands.
        """
        from pyspark.sql import functions as F

        if not is_local(self.lake.root):
            return documents
        lines = self.lake.read("ops/inputs").select(F.col("path").alias("warc_path")).distinct()
        return documents.join(lines, "warc_path", "left_semi")

    def _stale(self, name: str) -> bool:
        return not self.lake.read(name).where(self._predicate(name)).limit(1).isEmpty()

    def _predicate(self, name: str) -> str:
        predicate = f"warc_path IN ({literals(self.paths)})"
        if "extractor" in TABLES[name].column_names:
            predicate += f" AND extractor IN ({literals(self._extractors)})"
        return predicate


def literals(values: Sequence[str]) -> str:
    """The values as a SQL list."""
    return ", ".join(literal(value) for value in values)
