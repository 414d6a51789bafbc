"""The preview without Spark, if kept measurements decide all documents."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.preview import kept_rows
from decantry.jobs.explore.preview.affected import Affected, NeedsSpark, names_of
from decantry.jobs.explore.preview.change import measurements_of
from decantry.jobs.explore.preview.contents import CHARACTERS_SHOWN, Example, Preview
from decantry.jobs.explore.preview.estimate import Sampling
from decantry.jobs.explore.preview.notes import notes
from decantry.jobs.explore.preview.outcomes import outcomes
from decantry.jobs.explore.preview.passing import enough_for_passed
from decantry.jobs.explore.preview.request import request_of
from decantry.jobs.lake.address import canonical, is_catalog
from decantry.jobs.lake.commits.corpora import recorded_without_spark
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.terminal import counted
from decantry.jobs.recipe.load import parse

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.explore.preview.request import Request
    from decantry.jobs.recipe.model import Recipe

MOST_BYTES = 1 << 30
"""The most memory for the measurements of all documents. If they need more, Spark is used."""
ID_BYTES = 300
"""About the memory for a document in addition to its measurements: its id (twice), language, rule and run."""


def quick(
    lake: str,
    recipe: Recipe,
    changes_of: Callable[[Recipe], Sequence[Change]],
    *,
    samples: int = 3,
    tell: Callable[[str], None] = lambda line: None,
) -> Preview:
    """The result of `preview`, from kept measurements alone. Raises NeedsSpark with the reason if they are not enough.

    Tables are read in batches, and only numbers and ids are held in memory. Raises UserError if the recipe is not
    published in the lake.
    """
    if is_catalog(canonical(lake)):
        raise NeedsSpark("the lake is in a catalogue")
    try:
        request = request_of(recorded_without_spark(lake), recipe, canonical(lake), parse, changes_of)
        if not enough_for_passed(request.recipe, request.changes):
            raise NeedsSpark("the measurement of a changed rule is not kept")
        require_small(request)
        tell("reading verdicts and measurements")
        return _preview(lake, request, samples)
    except InfrastructureError as error:  # for example a table feature that only Spark reads
        raise NeedsSpark(str(error)) from error


def require_small(request: Request) -> None:
    """Raise NeedsSpark if measurements of all documents would take more memory than MOST_BYTES."""
    documents = sum(each.documents for each in request.published)
    each = 2 * 9 * len(names_of(request.recipe, request.changes)) + ID_BYTES  # twice, because a join copies them
    if documents * each > MOST_BYTES:
        of = counted(documents, "document")
        raise NeedsSpark(f"measurements of {of} would take more than {MOST_BYTES >> 30} GB of memory")


def _preview(lake: str, request: Request, samples: int) -> Preview:
    crawls = [Affected(lake, request, each) for each in request.published]
    kept = reduce(lambda a, b: a + b, (crawl.kept_by_language for crawl in crawls), Counter[str]())
    moved = [row for crawl in crawls for row in crawl.moved()]
    found = outcomes(moved, request.changes, kept, Sampling(0, 0), tokens=request.counts_tokens)
    tokens = [kept_rows.tokens(lake, each) for each in request.published] if request.counts_tokens else []
    return Preview(
        recipe=request.recipe.recipe,
        publication=request.publication,
        kept=found[0].total.kept,
        tokens=sum(number or 0 for number in tokens) if tokens else None,
        measured=sum(crawl.documents for crawl in crawls),
        population=0,
        sampled=0,
        now=request.changes[0].before,
        outcomes=found,
        examples=_examples(lake, request, crawls, samples) if len(request.changes) == 1 and samples else (),
        notes=notes(request, lambda: _survivors(crawls), Sampling(0, 0)),
    )


def _examples(lake: str, request: Request, crawls: Sequence[Affected], samples: int) -> tuple[Example, ...]:
    """A few documents that enter and a few that leave: those whose ids have the smallest hashes."""
    few: list[dict[str, Any]] = []
    for kept in (False, True):
        rows: list[dict[str, Any]] = []
        for crawl in crawls:
            if not crawl.documents:
                continue
            moved = crawl.rows.filter((crawl.kept == kept) & (crawl.now[0] != kept))
            ids = sorted(moved["id"].to_pylist(), key=_hash)[:samples]
            rows += moved.filter(_is_in(moved["id"], ids)).to_pylist()
        few += sorted(rows, key=lambda row: _hash(row["id"]))[:samples]
    if not few:
        return ()
    found = kept_rows.texts(lake, request.published, request.recipe, [row["id"] for row in few], CHARACTERS_SHOWN)
    shown = measurements_of(request.recipe, request.changes)
    return tuple(
        Example(
            id=row["id"],
            url=found[row["id"]]["url"],
            enters=row["removed_by"] is not None,
            removed_by=row["removed_by"],
            measured={name: row[name] for name in shown if row[name] is not None},
            text=found[row["id"]]["text"],
        )
        for row in few
        if row["id"] in found
    )


def _survivors(crawls: Sequence[Affected]) -> tuple[int, int]:
    """The number of leaving documents that are survivors of clusters, and the size of these clusters together."""
    count = members = 0
    for crawl in crawls:
        if not crawl.documents or not len(ids := crawl.gone()):
            continue
        found = kept_rows.survivors(crawl.lake, crawl.each, ids)
        if found is not None:
            mine = found.join(crawl.rows.select(["id", "run_id"]), ["id", "run_id"], join_type="inner")
            count, members = count + mine.num_rows, members + sum(mine["size"].to_pylist())
    return count, members


def _is_in(ids: Any, wanted: Sequence[str]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.is_in(ids, value_set=pa.array(wanted, pa.string()))


def _hash(id: str) -> tuple[str, str]:
    """The key by which samples are ordered, `sha2(id, 256)` in Spark."""
    return hashlib.sha256(id.encode()).hexdigest(), id
