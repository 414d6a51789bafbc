"""The rollback job: readers see an earlier publication again."""

from __future__ import annotations

from pyspark.sql import functions as F

from decantry.jobs.commits import claimed
from decantry.jobs.commits.claims import EVERYTHING
from decantry.jobs.commits.schema import require_fits
from decantry.jobs.errors import UserError
from decantry.jobs.lake import Lake, literal
from decantry.jobs.upkeep.publications import UNREADABLE, Publication, named, publications
from decantry.jobs.upkeep.settle import corpus_name, of_corpus, of_verdicts
from decantry.schemas import cuts, forgotten, verdicts
from decantry.schemas import publications as table
from decantry.schemas.table import struct_type


def rollback(lake: Lake, recipe: str, to: str) -> Publication:
    """Make the publication of that name the recipe's current one again, in one commit, and return it.

    No data is written: the publication names versions that are still there. Crawls that were first published later
    are not published any more. Raises UserError where there is no such publication, where its files are gone, or
    where something was forgotten since.
    """
    with claimed(lake, [EVERYTHING]):
        require_fits(lake, [table.TABLE])
        found = publications(lake, recipe)
        chosen = named(found, recipe, to)
        if chosen is found[0]:
            return chosen
        _require_nothing_forgotten(lake, chosen)
        _require_whole(lake, chosen)
        columns = table.TABLE.column_names
        rows = [tuple(row[column] for column in columns) for row in chosen.rows]
        frame = lake.spark.createDataFrame(rows, struct_type(table.TABLE)).coalesce(1)
        lake.replace(table.TABLE.name, frame, f"recipe = {literal(recipe)}")
    return chosen


def _require_nothing_forgotten(lake: Lake, chosen: Publication) -> None:
    """Raise UserError where the publication's rows are no newer than a request to forget, or one has not ended.

    They are compared by their versions: a commit's time is lost where a lake is copied. Older versions of decantry have
    written down no version, and are compared by time.
    """
    history = lake.delta(table.TABLE.name).history().where(F.col("version") == chosen.newest)
    committed = history.agg(F.coalesce(F.max("timestamp"), F.lit("1970-01-01").cast("timestamp")).alias("at"))
    requests = lake.read(forgotten.TABLE.name).crossJoin(committed)
    later = F.coalesce(F.col("publications_version") >= chosen.newest, F.col("forgotten_at") >= F.col("at"))
    last = requests.where(later | F.col("history_until").isNull()).agg(F.max("forgotten_at")).first()
    if last is not None and last[0] is not None:
        raise UserError(
            f"{chosen.name} may hold pages that were forgotten on {last[0]:%Y-%m-%d %H:%M}: it cannot come back; "
            f"run `decantry curate {chosen.recipe}` with the recipe you want"
        )


def _require_whole(lake: Lake, chosen: Publication) -> None:
    """Raise UserError where the rows that the publication names cannot be read any more."""
    for row in chosen.rows:
        try:
            judged = lake.read_version(verdicts.TABLE.name, row["verdicts_version"]).where(of_verdicts(row)).count()
            corpus = lake.read_version(corpus_name(row), row["corpus_version"]).where(of_corpus(row))
            kept = corpus.select("id").distinct().count()
            if row["cuts_version"] is not None:
                cut = lake.read_version(cuts.TABLE.name, row["cuts_version"]).where(of_verdicts(row))
                cut.agg(F.max("id")).collect()
        except UNREADABLE:
            judged = kept = -1
        if (judged, kept) != (row["documents"], row["kept"]):
            raise UserError(
                f"the files of {chosen.name} are gone: `decantry maintain` removes what has been replaced for longer "
                f"than it keeps; run `decantry curate {chosen.recipe}` with the recipe you want"
            )
