"""The rollback job: publish an earlier publication again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.lake.commits.corpora import metadata, record, rows_of_commit
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.lake.commits.withdraw import rows_back, withdraw
from decantry.jobs.lake.live import FORGET, RESTORE
from decantry.jobs.lake.publications import Publication, forgotten_since, named, publications
from decantry.jobs.lake.published import verdicts_of
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.schemas import corpus
from decantry.schemas import publications as table

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake


def rollback(lake: Lake, recipe: str, to: str) -> Publication:
    """Restore the recipe's corpus to the publication with this name, in one commit, and return the publication.

    Crawls that were first published later are no longer published. Raises UserError if there is no such publication, if
    its files or verdicts are gone, or if pages were forgotten since.
    """
    require_fits(lake, [table.TABLE])
    record(lake)
    found = publications(lake, recipe)
    chosen = named(found, recipe, to)
    if chosen is found[0]:
        return chosen
    if (later := forgotten_since(found, chosen)) is not None:
        raise UserError(
            f"{chosen.name} may hold pages that were forgotten on {later.at:%Y-%m-%d %H:%M}: it cannot come back; "
            f"run `decantry curate {recipe}` with the recipe you want"
        )
    _require_verdicts(lake, chosen)
    now, then = found[0].crawls, chosen.crawls
    rows = rows_back(lake.run_id, RESTORE, chosen.version, sorted({*now, *then}), now, then)
    name = corpus.table_name(recipe)
    try:
        version = lake.change(
            name, lambda delta: delta.restoreToVersion(chosen.version), transaction=None, **metadata(rows)
        )
    except Exception as error:
        if not _is_of_missing_files(error):
            raise
        raise _gone(chosen) from None
    between = [each for each in lake.commits(name, found[0].version) if each.version < version]
    if any(row["kind"] == FORGET for each in between for row in rows_of_commit(each)):
        withdraw(lake, recipe, version)
        raise InfrastructureError(f"pages were forgotten while {recipe} was rolled back: nothing has changed")
    record(lake)
    return chosen


def _require_verdicts(lake: Lake, chosen: Publication) -> None:
    """Raise UserError if `maintain` has removed verdicts of the publication."""
    published = list(chosen.crawls.values())
    counted: dict[str, int] = dict(verdicts_of(lake, published).groupBy("crawl").count().collect())
    if any(counted.get(each.crawl, 0) != each.documents for each in published):
        raise _gone(chosen)


def _is_of_missing_files(error: Exception) -> bool:
    """Whether Delta's error says that files of the version, or its log, no longer exist."""
    messages = ("Not all files from version", "MISSING_FILES", "VERSION_NOT_EXIST", "FileNotFound", "CANNOT_RESTORE")
    return any(message in str(error) for message in messages)


def _gone(chosen: Publication) -> UserError:
    return UserError(
        f"the files of {chosen.name} are gone: `decantry maintain` removes files that were replaced longer ago than it "
        f"keeps; run `decantry curate {chosen.recipe}` with the recipe you want"
    )
