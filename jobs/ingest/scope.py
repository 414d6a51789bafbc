"""The rows that a batch's files have in the lake's tables, and how new rows replace them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.ingest.manifest import Outcome, between
from decantry.jobs.ingest.same_ids import NOTE, with_ids_of
from decantry.jobs.lake.address import is_local
from decantry.jobs.lake.commits import Transaction
from decantry.jobs.process.spark import F
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import literal

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.ingest.options import ReadingOptions
    from decantry.jobs.lake.lake import Lake

COMMON_CRAWL, AFTER_COMMON_CRAWL = "crawl-data/", "crawl-data0"
"""The prefix of the canonical paths of Common Crawl's archives, and the first string that sorts after all of them."""


def on_request(lake: Lake, reading: ReadingOptions) -> list[str]:
    """The tables that are written only if the options ask for them.

    Where the lake has blocks, new blocks, or none, take the place of those of an earlier reading: that table has no
    addresses, so `forget` would not find the blocks of pages that are documents no longer.
    """
    blocks = reading.structure or lake.exists("silver/blocks")
    asked = {"bronze/pages": reading.keep_html, "silver/blocks": blocks}
    return [name for name, wanted in asked.items() if wanted]


class Scope:
    """The rows of a batch's files in the lake's tables."""

    def __init__(self, lake: Lake, outcomes: Sequence[Outcome], reading: ReadingOptions) -> None:
        """`outcomes` has one for each file. All reads and writes are of silver/documents at its current version."""
        self.lake = lake
        self._transaction = Transaction("ingest", lake.state("silver/documents") + 1)
        self.paths = [outcome.source.path for outcome in outcomes]
        self.tables = ["silver/documents", "silver/rejects", *on_request(lake, reading)]
        self._outcomes = outcomes
        self._extractors = [reading.extractor_name, "given", "wet"]

    def has_rows(self, repeated: Mapping[str, int]) -> tuple[bool, bool]:
        """Whether the files have documents, and whether they have rejects. `repeated` counts each file's duplicate ids,
        which become rejects.
        """
        documents = any(outcome.documents > repeated.get(outcome.source.path, 0) for outcome in self._outcomes)
        rejects = any(outcome.rejects or outcome.status == "damaged" for outcome in self._outcomes)
        return documents, rejects or bool(repeated)

    def write(self, name: str, rows: DataFrame, *, empty: bool, create: bool) -> None:
        """Replace the table's rows of the same files and extractor by these rows.

        `empty` says that there are none. With `create`, a missing table is created even then, so that readers find it.
        Raises Superseded if another batch has written documents since this object was made.
        """
        transaction = self._transaction if name == "silver/documents" else None
        if not self.lake.exists(name):
            if create:
                self.lake.append(name, rows.limit(0) if empty else rows, transaction=transaction)
        elif self._stale(name):
            if name == "silver/documents":
                self._record_left_crawls()
            self.lake.replace(name, rows, self._predicate(name), transaction=transaction)
        elif not empty:
            self.lake.append(name, rows, transaction=transaction)

    def _record_left_crawls(self) -> None:
        """Record in each outcome the crawls that its file's documents were in and leave."""
        stale = self.lake.read("silver/documents").where(self._predicate("silver/documents"))
        before = defaultdict(set)
        for path, crawl in stale.select("warc_path", "crawl").distinct().collect():
            before[path].add(crawl)
        for outcome in self._outcomes:
            outcome.leave(before[outcome.source.path])

    def duplicates(self, documents: DataFrame) -> DataFrame:
        """The documents whose id is already used: `id, warc_path, warc_offset`, and `first`, the location of the
        document that keeps the id.

        A document of another file in the lake keeps its id, unless a run that died left it there. Otherwise the first
        document by path and offset keeps it.
        """
        here = documents.select("id", "warc_path", "warc_offset")
        location = F.struct("warc_path", "warc_offset")
        firsts = here.groupBy("id").agg(F.min(location).alias("first"), F.count("*").alias("n"))
        others = self.documents_of_other_files()
        if others is not None:
            count = sum(outcome.documents for outcome in self._outcomes)
            known = self._of_finished_files(with_ids_of(others, here, count))
            taken = known.groupBy("id").agg(F.min(location).alias("taken"))
            firsts = firsts.join(taken, "id", "left").select("id", F.coalesce("taken", "first").alias("first"))
        else:
            firsts = firsts.where("n > 1").drop("n")
        return here.join(firsts, "id").where(location != F.col("first"))

    def documents_of_other_files(self) -> DataFrame | None:
        """The lake's documents that may share an id with the batch's files; None if the lake has no documents.

        Common Crawl gives every record a unique id, so its archives are compared only with files of other origin.
        Delta's statistics skip the files of the others, so the work does not grow with the crawls in the lake.
        """
        if not self.lake.exists("silver/documents"):
            return None
        others = self.lake.read("silver/documents").where(~F.col("warc_path").isin(self.paths))
        if all(path.startswith(COMMON_CRAWL) for path in self.paths):
            others = others.where((F.col("warc_path") < COMMON_CRAWL) | (F.col("warc_path") >= AFTER_COMMON_CRAWL))
        return others

    def note(self, what: str, counts: Mapping[str, int]) -> None:
        """Add the counts, by path, to what the outcomes have `noted` of their documents."""
        for outcome in self._outcomes:
            if count := counts.get(outcome.source.path):
                outcome.noted = {**outcome.noted, what: outcome.noted.get(what, 0) + count}

    def documents_with_new_ids(self) -> DataFrame | None:
        """The lake's documents of files in which an earlier reading gave new ids; None if there are no such files."""
        if not self.lake.exists("silver/documents"):
            return None
        lines = self.lake.rows("ops/inputs", between(self.paths), ["path", "noted"])
        paths = [line["path"] for line in lines if line["noted"] and NOTE in dict(line["noted"])]
        paths = sorted({*paths} & {*self.paths})
        return self.lake.read("silver/documents").where(F.col("warc_path").isin(paths)) if paths else None

    def _of_finished_files(self, documents: DataFrame) -> DataFrame:
        """The documents of files that have a row in the manifest. The others were left by a run that died: they are
        not curated, and do not block an id.

        On S3 all documents count, because a file without a row may belong to a run that is writing now.
        """
        if not is_local(self.lake.root):
            return documents
        lines = self.lake.read("ops/inputs").select(F.col("path").alias("warc_path")).distinct()
        return documents.join(lines, "warc_path", "left_semi")

    def _stale(self, name: str) -> bool:
        """Whether the table has rows of the files from an earlier reading. For new files, its log usually says no."""
        if not self.lake.may_have(name, "warc_path", self.paths):
            return False
        return not self.lake.read(name).where(self._predicate(name)).limit(1).isEmpty()

    def _predicate(self, name: str) -> str:
        predicate = f"warc_path IN ({literals(self.paths)})"
        if "extractor" in TABLES[name].column_names:
            predicate += f" AND extractor IN ({literals(self._extractors)})"
        return predicate


def literals(values: Sequence[str]) -> str:
    """The values as a SQL list."""
    return ", ".join(literal(value) for value in values)
