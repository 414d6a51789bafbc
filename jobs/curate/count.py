"""What a run is going to publish of each crawl, counted in the rows that readers will see."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from decantry.jobs.checks.parts import Part, parts
from decantry.jobs.lake.live import Published
from decantry.jobs.lake.published import verdicts_of

if TYPE_CHECKING:
    from decantry.jobs.curate.corpus_change import CorpusChange
    from decantry.jobs.curate.plan import Plan
    from decantry.jobs.curate.reconcile import Amendment


def count(planned: Plan, amended: Amendment | None, change: CorpusChange) -> tuple[Part, ...]:
    """The parts of the due crawls and of the amended ones, counted in silver/verdicts as readers will see it."""
    lake, name = planned.lake, planned.recipe.recipe
    others = [planned.published[crawl] for crawl in amended.crawls] if amended is not None else []
    coming = [replace(each, runs=(*each.runs, lake.run_id)) for each in others]
    for each in planned.due:
        told = (0, planned.recipe_hash, None, each.hash, each.version, each.count, 0, datetime.min)
        coming.append(Published(name, each.crawl, (lake.run_id,), *told))
    return parts(planned.due, others, verdicts_of(lake, coming), change.documents, change.repeated)
