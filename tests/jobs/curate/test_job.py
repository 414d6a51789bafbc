"""The order of a curate's stages, without Spark."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from decantry.jobs.curate import job
from decantry.jobs.curate.documents import CrawlDocuments
from decantry.jobs.curate.plan import Plan
from decantry.jobs.lake.lake import Lake
from decantry.jobs.recipe.load import parse


def test_everything_that_may_fail_comes_before_the_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def stage(name: str, result: Any = None) -> None:
        def act(*arguments: Any, **options: Any) -> Any:
            done.append(name)
            return result

        monkeypatch.setattr(job, name, act)

    lake = Lake(cast("Any", None), str(tmp_path), "run-1")
    recipe = parse("recipe: pets\nsteps:\n  - c4: {}", "pets.yaml")
    crawl = CrawlDocuments("c", 1, "documents")
    none = cast("Any", None)
    planned = Plan(
        lake=lake,
        recipe=recipe,
        recipe_hash="h",
        documents=none,
        due=(crawl,),
        done=(),
        existing=None,
        published={},
        pinned=-1,
        forgotten=set(),
        began=none,
        measure_all=False,
    )
    stage("plan", planned)
    stage("judge_documents", SimpleNamespace(rows=None))
    for name in ("require_fits", "require_models", "reconcile", "corpus_change", "write_rows"):
        stage(name)
    stage("count", ())
    stage("without_keys", {})
    stage("counts_by_language", {})
    stage("publish", 1)
    job.curate(lake, recipe, ["c"])
    assert done[-1] == "publish" and {"without_keys", "counts_by_language"} < {*done}
