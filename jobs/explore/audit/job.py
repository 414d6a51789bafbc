"""The audit job: read the files once, then count duplicates, hosts and benchmark questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.explore.audit import duplicates, hosts, matches
from decantry.jobs.explore.audit.contents import Contents, Text
from decantry.jobs.explore.audit.rows import COLUMNS, first_rows, options_of, parts_of, read_parts
from decantry.jobs.ingest.columns import key_of, missing_text
from decantry.jobs.process.address import public
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.process.terminal import counted
from decantry.jobs.sources.source import inspect
from decantry.jobs.store.errors import SourceError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from decantry.jobs.explore.audit.benchmarks import Question
    from decantry.jobs.explore.audit.scratch import Scratch
    from decantry.jobs.sources.source import Source

CHARACTERS = 700
"""How many characters of a text are shown."""
REASONS = 10
UNREAD = 20
"""How many reasons of rejects, and how many unreadable files, are listed."""
MOST_TASKS = 10_000


def audit(
    scratch: Scratch,
    sources: Sequence[Source],
    columns: tuple[tuple[str, str], ...],
    asked: Sequence[Question] = (),
    *,
    similarity: float = duplicates.SIMILARITY,
    code: str = "",
    tell: Callable[[str], None] = lambda line: None,
) -> Contents:
    """The results for the rows in these files. Raises UserError if no row is a document.

    `columns` are the pairs of `columns.parse`. Memory is bounded: texts are kept on disk, in the folder of `scratch`.
    """
    try:
        measured = [inspect(source) for source in sources]
    except SourceError as error:
        raise UserError(f"cannot read the input {error}") from None
    tell(f"reading {counted(len(measured), 'file')}")
    read = scratch.write("rows", _rows(scratch, measured, columns))
    documents = read.where("kind = 'document'")
    size = documents.agg(F.count("*").alias("n"), F.coalesce(F.sum(F.length("text")), F.lit(0)).alias("c")).first()
    assert size is not None
    rejects, unread = _rejects(read), _unread(read)
    if not size["n"]:
        raise UserError(_why_none(read, rejects, unread, columns))
    texts = _Texts(documents, _places(read), measured)
    tell(f"comparing {size['n']:,} documents")
    step = duplicates.step_of(similarity)
    unknown = F.lit(None).cast("string").alias("language")
    prints, found = duplicates.found_in(documents.select("id", "text", unknown), step, scratch)
    repeated = duplicates.counted(prints, found, texts)
    tell("counting hosts")
    of_hosts = documents.select("id", "host", F.length("text").alias("characters"))
    if asked:
        tell(f"looking for {len(asked):,} questions")
    benchmarks, inside = matches.found_in(documents.select("id", "text"), asked, scratch, texts)
    return Contents(
        inputs=tuple(public(source.uri) for source in measured[:UNREAD]),
        files=len(measured),
        bytes=sum(source.bytes or 0 for source in measured),
        documents=size["n"],
        characters=size["c"],
        rejects=rejects,
        unread=unread,
        similarity=similarity,
        setting=duplicates.setting(step),
        duplicates=repeated,
        hosts=hosts.counted(of_hosts, found),
        benchmarks=benchmarks,
        matches=inside,
        code=code,
    )


def _rows(scratch: Scratch, sources: Sequence[Source], columns: tuple[tuple[str, str], ...]) -> DataFrame:
    """The rows of all files, with the COLUMNS of rows.py."""
    parts, options = parts_of(sources), options_of(columns)

    def read(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            yield from read_parts([parts[number] for number in batch.column(0).to_pylist()], options)

    schema = ", ".join(f"{column.name} {column.type}" for column in COLUMNS)
    return scratch.spark.range(0, len(parts), 1, min(len(parts), MOST_TASKS)).mapInArrow(read, schema)


def _rejects(read: DataFrame) -> tuple[tuple[str, int, str], ...]:
    grouped = read.where("kind = 'reject'").groupBy("reason").agg(F.count("*").alias("n"), F.min("detail").alias("d"))
    rows = grouped.orderBy(F.desc("n"), "reason").limit(REASONS).collect()
    return tuple((row["reason"], row["n"], row["d"]) for row in rows)


def _unread(read: DataFrame) -> tuple[str, ...]:
    rows = read.where("kind = 'failed'").groupBy("source").agg(F.min("detail").alias("detail")).orderBy("source")
    return tuple(row["detail"] for row in rows.limit(UNREAD).collect())


def _why_none(
    read: DataFrame,
    rejects: tuple[tuple[str, int, str], ...],
    unread: tuple[str, ...],
    columns: tuple[tuple[str, str], ...],
) -> str:
    """The message for an input without documents."""
    if unread:
        return f"nothing can be audited: {unread[0]}"
    if not rejects:
        return "nothing can be audited: the input has no rows"
    wanted = dict(columns).get("text", "text")
    named = read.where("kind = 'part' AND detail IS NOT NULL").agg(F.min_by("detail", "id")).first()
    names: list[str] = json.loads(named[0]) if named is not None and named[0] else []
    if rejects[0][0] == "missing_text" and names and key_of(names, wanted) is None:
        return f"nothing can be audited: the rows have {missing_text(names, columns)}"
    reason, count, detail = rejects[0]
    return f"nothing can be audited: no row has a text; {count:,} rows were rejected as {reason}, for example: {detail}"


def _places(read: DataFrame) -> dict[tuple[int, int], int]:
    parts = read.where("kind = 'part'").select("source", "part", "row").collect()
    return first_rows((row["source"], row["part"], row["row"]) for row in parts)


class _Texts:
    """Looks up documents by id, as the page shows them."""

    def __init__(self, documents: DataFrame, before: dict[tuple[int, int], int], sources: Sequence[Source]) -> None:
        self._documents, self._before, self._sources = documents, before, sources

    def __call__(self, wanted: dict[str, float | None]) -> dict[str, Text]:
        """The documents with these ids, with their similarities."""
        if not wanted:
            return {}
        short, length = F.substring("text", 1, CHARACTERS).alias("text"), F.length("text").alias("characters")
        mine = self._documents.where(F.col("id").isin(*wanted))
        rows = mine.select("id", "name", "source", "part", "row", short, length).collect()
        return {
            row["id"]: Text(
                row["name"],
                self._place(row["source"], row["part"], row["row"]),
                row["characters"],
                row["text"],
                wanted[row["id"]],
            )
            for row in rows
        }

    def _place(self, source: int, part: int, row: int) -> str:
        file = public(self._sources[source].uri).rsplit("/", 1)[-1]
        return f"{file}, row {self._before[source, part] + row + 1:,}"
