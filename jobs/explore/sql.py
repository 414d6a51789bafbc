"""Read-only SQL over a lake. Each table has its own name; corpora and verdicts are those that are published."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import one_a_page
from decantry.jobs.explore.fate_views import fate_views
from decantry.jobs.lake.commits.corpora import recorded
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.published import current, rows_of, verdicts_of
from decantry.jobs.lake.statement import Refused, read_only, words_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.java_errors import first_line
from decantry.jobs.recipe.load import parse
from decantry.schemas import publications
from decantry.schemas.catalogue import TABLES
from decantry.schemas.corpus import table_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe

_LISTS = re.compile(r"\A[\s(]*show\s+(tables?|views)\b", re.I)
_PLACE = re.compile(r"[(;]?\s*line (\d+),? pos (\d+)\)?;?")


def views(lake: Lake, statement: str | None = None) -> list[str]:
    """Create temporary views of the tables that a statement names (of all if None), and return their names.

    The view of a missing table is empty. `documents` has one row for each page. `verdicts`, `clusters`, `cuts` and
    `signals` have the rows of live runs. `documents_all`, `verdicts_all` and so on have all rows. `kept_<recipe>`,
    `removed_<recipe>` and `funnel` are the views of `fate_views`, unless a corpus has that name.
    """
    found = _sources(lake)
    words = None if statement is None or _LISTS.match(statement) else words_of(statement)
    wanted = [name for name in found if words is None or name in words]
    for name in wanted:
        found[name]().createOrReplaceTempView(name)
    return wanted


def names(lake: Lake) -> list[str]:
    """The names of all views."""
    return list(_sources(lake))


def _sources(lake: Lake) -> dict[str, Callable[[], DataFrame]]:
    """The rows of each view, by its name. Nothing is read before they are asked for, but what is published."""
    found: dict[str, Callable[[], DataFrame]] = {name.split("/", 1)[1]: partial(lake.read, name) for name in TABLES}
    for name in ("documents", "verdicts", "clusters", "cuts", "signals"):
        found[f"{name}_all"] = found[name]
    published = current(lake)
    found["documents"] = partial(one_a_page, lake)
    found["verdicts"] = partial(verdicts_of, lake, published)
    for name in ("clusters", "cuts", "signals"):
        found[name] = partial(rows_of, lake, f"silver/{name}", published)
    found["publications"] = partial(_publications, lake)
    newest = {each.recipe: each for each in sorted(published, key=lambda each: each.corpus_version)}
    found |= fate_views(lake, published, {name: partial(_recipe, each) for name, each in newest.items()})
    for recipe in sorted(newest):
        found[table_name(recipe).removeprefix("gold/")] = partial(lake.read, table_name(recipe))
    return found


def _recipe(published: Published) -> Recipe | None:
    """The recipe as it was published; None if this version of Decantry cannot read it."""
    try:
        return parse(published.definition, published.recipe) if published.definition else None
    except UserError:
        return None


def _publications(lake: Lake) -> DataFrame:
    """The rows of ops/publications, and those that a writer did not add because it died after its commit."""
    rows = recorded(lake)
    return few_rows(
        lake.spark, publications.TABLE, [[row[name] for name in publications.TABLE.column_names] for row in rows]
    )


def query(lake: Lake, statement: str) -> DataFrame:
    """The rows that the statement selects, from views that are made for it. Raises UserError if it is not valid."""
    from pyspark.errors import AnalysisException, ParseException

    bare = require_reading(statement)
    views(lake, bare)
    try:
        return lake.spark.sql(bare)
    except (ParseException, AnalysisException) as error:
        raise UserError(f"the query is not valid: {_message(error)}") from None


def require_reading(statement: str) -> str:
    """The statement as it is passed to Spark. Raises UserError unless it only reads the lake's own tables."""
    if not statement.strip():
        raise UserError('the query is empty: try "select * from documents limit 5"')
    try:
        return read_only(statement)
    except Refused as error:
        raise UserError(str(error)) from None


def _message(error: Exception) -> str:
    """The first sentence of Spark's message, and the position in the query."""
    line = re.sub(r"^\[[A-Z_.]+\]\s*", "", first_line(error))
    place = _PLACE.search(str(error))
    line = re.sub(r"\s*SQLSTATE: \w+.*$", "", _PLACE.sub("", line)).rstrip(". ")
    return f"{line} (line {place[1]}, position {place[2]})" if place else line
