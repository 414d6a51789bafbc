"""Labels a sample of a lake's documents, and keeps the labels in silver/labels."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.curate.documents import one_a_page
from decantry.jobs.label.ask import Asker
from decantry.jobs.label.engine import Labelled, label
from decantry.jobs.label.journal import Journal
from decantry.jobs.label.label import Judge, Label, Text
from decantry.jobs.lake.address import is_local
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.forgotten import forgotten, ids_of
from decantry.jobs.process.errors import DecantryError, InfrastructureError, UserError
from decantry.jobs.process.home import home
from decantry.jobs.process.java_errors import first_line
from decantry.jobs.process.spark import F
from decantry.schemas.labels import JOURNALS, TABLE
from decantry.schemas.table import literal

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake

BATCH = 500
"""How many labels are committed at a time. Until then, they are in the journal."""


def label_lake(
    lake: Lake,
    asker: Asker,
    count: int,
    seed: int,
    *,
    where: str | None = None,
    again: bool = False,
    parallel: int = 1,
    tell: Callable[[str], None] = lambda line: None,
) -> Labelled:
    """Label a sample of `count` of the lake's documents that satisfy `where`, and add the labels to silver/labels.

    Each label is in a journal before the next document is labelled, and in the table after BATCH labels or at the end.
    Labels that a dead run left in the journal are added first. Documents that have a label of this judge are skipped;
    those that have a failure are labelled only with `again`.
    """
    path = journal_of(lake, asker.judge)
    with closing(Journal(path, lambda row: _label(row, path))) as journal:
        batch = _Batch(lake, journal)
        if batch.waiting:
            tell(f"adding {len(batch.waiting):,} labels of a run that died")
            batch.commit()
        known = [each for each in labels_of(lake, asker.judge) if not again or each.score is not None]
        tell("choosing documents")
        texts = sample(lake, count, seed, asker.judge.rubric.characters, where)
        try:
            done = label(texts, asker, batch.keep, known, parallel=parallel, tell=tell)
        except DecantryError:
            batch.commit()
            raise
        batch.commit()
        return done


class _Batch:
    """Labels that are in the journal, but not yet in the table."""

    def __init__(self, lake: Lake, journal: Journal) -> None:
        self._lake, self._journal, self.waiting = lake, journal, journal.labels

    def keep(self, made: Label) -> None:
        self._journal.write(made.row())
        self.waiting.append(made)
        if len(self.waiting) >= BATCH:
            self.commit()

    def commit(self) -> None:
        if self.waiting:
            add(self._lake, self.waiting)
            self._journal.clear()
            self.waiting = []


def _label(row: dict[str, Any], path: Path) -> Label:
    try:
        return Label.of(row)
    except (KeyError, TypeError, ValueError):
        raise InfrastructureError(
            f"{path} has lines that are not labels of this version: move the file away, and run again"
        ) from None


def journal_of(lake: Lake, judge: Judge) -> Path:
    """The path of the judge's journal: in the lake if it is local, else in this machine's cache."""
    name = hashlib.sha256(repr((lake.root, sorted(judge.key.items()))).encode()).hexdigest()[:16]
    folder = Path(lake.root, JOURNALS) if is_local(lake.root) else home() / "labels"
    return folder / f"{name}.jsonl"


def labels_of(lake: Lake, judge: Judge) -> list[Label]:
    """The judge's labels in silver/labels."""
    mine = " AND ".join(f"{name} = {literal(value)}" for name, value in judge.key.items())
    return [Label.of(row.asDict()) for row in lake.rows(TABLE.name, mine)]


def add(lake: Lake, labels: Sequence[Label]) -> None:
    """Add the labels to silver/labels in one commit, except those of forgotten documents.

    An existing score is kept; an existing failure is replaced.
    """
    values = [vars(each) | {"run_id": lake.run_id} for each in labels]
    rows = few_rows(lake.spark, TABLE, [[value[name] for name in TABLE.column_names] for value in values])
    if (keys := forgotten(lake)) is not None:
        rows = rows.join(ids_of(rows, keys), "id", "left_anti")
    if not lake.exists(TABLE.name):
        lake.create(TABLE)
    same = " AND ".join(f"t.{name} = s.{name}" for name in TABLE.key)
    lake.merge(TABLE.name, rows, same, lambda m: m.whenMatchedUpdateAll("t.score IS NULL").whenNotMatchedInsertAll())


def sample(lake: Lake, count: int, seed: int, characters: int, where: str | None) -> Iterator[Text]:
    """At most `count` documents, with the beginnings of their texts: those with the smallest sha256 of seed and id.

    Raises UserError if there are no documents, or if `where` is not a predicate over documents.
    """
    documents = _chosen(one_a_page(lake), where)
    drawn = documents.select("id", F.sha2(F.concat(F.lit(f"{seed}:"), "id"), 256).alias("_order"))
    drawn = drawn.orderBy("_order", "id").limit(count)
    texts = documents.join(F.broadcast(drawn), "id").orderBy("_order", "id")
    hashed, head = F.sha2("text", 256).alias("text_hash"), F.substring("text", 1, characters).alias("head")
    found = False
    for row in texts.select("id", hashed, head, "url", "host").toLocalIterator():
        found = True
        yield Text(**row.asDict())
    if not found:
        of = f" with {where}" if where else ""
        raise UserError(f"the lake {lake.uri} has no documents{of}: see `decantry sql` and `decantry inputs`")


def _chosen(documents: DataFrame, where: str | None) -> DataFrame:
    from pyspark.errors import AnalysisException, ParseException

    if where is None:
        return documents
    try:
        return documents.where(F.expr(where))
    except (AnalysisException, ParseException) as error:
        raise UserError(f"--where {where[:200]} is not a predicate over documents: {first_line(error)}") from None
