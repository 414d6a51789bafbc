"""Count what a run is about to publish, from the rows that readers will see."""

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
    """The figures of each due or amended crawl. Verdicts are read back from silver/verdicts."""
    lake, name = planned.lake, planned.recipe.recipe
    others = [planned.published[crawl] for crawl in amended.crawls] if amended is not None else []
    coming = [replace(each, runs=(*each.runs, lake.run_id)) for each in others]
    coming += [
        Published(
            recipe=name,
            crawl=each.crawl,
            runs=(lake.run_id,),
            corpus_version=0,  # not known yet, like `kept` and `published_at`: verdicts_of does not read them
            recipe_hash=planned.recipe_hash,
            definition=None,
            documents_hash=each.hash,
            documents_version=each.version,
            documents=each.count,
            kept=0,
            published_at=datetime.min,
        )
        for each in planned.due
    ]
    verdicts = verdicts_of(lake, coming)
    return parts(planned.due, others, verdicts, corpus=change.documents, repeated=change.repeated)
