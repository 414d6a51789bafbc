"""A preview judges texts without the paragraphs that earlier steps cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.explore.preview.job import preview
from decantry.jobs.explore.preview.thresholds import with_settings
from decantry.jobs.lake.published import published_corpus
from decantry.jobs.recipe.load import parse
from tests.jobs.curate.corpora import lake_with

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession

    from decantry.jobs.lake.lake import Lake

RECIPE = """
recipe: {name}
steps:
  - c4: {{terminal_punctuation: false, min_sentences: 1}}
  - duplicate_paragraphs: {{scope: crawl, min_words: 1, max_cut: 1}}
  - c4: {{name: after_cuts, terminal_punctuation: false, min_sentences: {sentences}}}
checks: []
"""
SHARED = "This line stands on each page.\nAnd so does this other one."
TEXTS = {
    "first": f"{SHARED}\nThe cat sleeps on a stone.",
    "long": f"{SHARED}\nThe dog barks at night.\nA bird sings at dawn.\nThe fish says nothing.",
    "middle": f"Please enable javascript now.\n{SHARED}\nRain falls on the roof.\nThe wind is cold today.",
    "short": f"{SHARED}\nOne line is left of this page.",
}


def kept(lake: Lake, recipe: str) -> dict[str, int]:
    corpus = published_corpus(lake, recipe)
    assert corpus is not None
    return {row["id"]: len(row["text"]) for row in corpus.collect()}


@pytest.mark.slow
@pytest.mark.parametrize("sentences", [1, 3])
def test_texts_are_judged_as_the_cutting_step_left_them(spark: SparkSession, tmp_path: Path, sentences: int) -> None:
    lake = lake_with(spark, tmp_path / "lake", "run", [(id, "crawl", text) for id, text in TEXTS.items()])
    now, then = (parse(RECIPE.format(name=name, sentences=n), name) for name, n in (("now", 2), ("then", sentences)))
    curate(lake, now)
    curate(lake, then)
    before, after = kept(lake, "now"), kept(lake, "then")
    assert {*before} == {"first", "long", "middle"}
    found = preview(lake, now, lambda recipe: [with_settings(recipe, [f"after_cuts.min_sentences={sentences}"])])
    assert found.population == found.sampled > 0
    total = found.outcomes[0].total
    assert {each.id for each in found.examples if each.enters} == {*after} - {*before}
    assert {each.id for each in found.examples if not each.enters} == {*before} - {*after}
    assert total.enter.characters.value == sum(after[id] for id in after if id not in before)
    assert total.leave.characters.value == sum(before[id] for id in before if id not in after)
    assert found.notes == ()
