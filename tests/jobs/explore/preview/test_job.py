"""A preview equals a run with the other thresholds, from kept measurements and from texts."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.explore.preview import job
from decantry.jobs.explore.preview.affected import NeedsSpark
from decantry.jobs.explore.preview.job import preview
from decantry.jobs.explore.preview.outcomes import summed
from decantry.jobs.explore.preview.quick import quick
from decantry.jobs.explore.preview.thresholds import swept, with_settings
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import published_corpus
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse
from tests.jobs.curate.corpora import Document, lake_with

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.explore.preview.contents import Preview, Share
    from decantry.jobs.recipe.model import Recipe

STEPS = """
recipe: {name}
steps:
  - gopher_quality: {{min_words: {words}, min_stop_words: 0, min_alpha_word_ratio: 0.2}}
  - c4: {{terminal_punctuation: false, min_sentences: {sentences}}}
  - fineweb_quality: {{min_line_punct_ratio: 0.3, max_short_line_ratio: 1, max_list_ratio: 10}}
  - count_tokens: {{}}
checks: []
"""
SETTINGS = ["gopher_quality.min_words=12", "c4.min_sentences=4"]
"""Two changes: one lets documents in, some of which later steps remove; the other removes kept documents."""
COUNT = 160


def documents() -> list[Document]:
    """Texts of one to nine lines; some lines end without a mark, and some are dropped by C4's edit."""
    draw = random.Random(11)
    lines = ["The cat sleeps on stone {}.", "No mark at the end of line {}", "Please enable javascript for part {}."]
    made = []
    for number in range(COUNT):
        text = "\n".join(draw.choice(lines).format(draw.randrange(10**6)) for _ in range(draw.randint(1, 9)))
        made.append((f"d{number:03}", f"crawl-{number % 2}", text))
    return made


def recipe_with(name: str, words: int, sentences: int) -> str:
    return STEPS.format(name=name, words=words, sentences=sentences)


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    made = documents()
    languages = {i: ("en", "de", "fr")[number % 3] for number, (i, _, _) in enumerate(made)}
    lake = lake_with(spark, tmp_path_factory.mktemp("preview"), "run", made, language=languages)
    curate(lake, parse(recipe_with("measured", 30, 2), "x"), measure_all=True)
    curate(lake, parse(recipe_with("bare", 30, 2), "x"))
    curate(lake, parse(recipe_with("then", 12, 4), "x"))
    return lake


pytestmark = pytest.mark.slow  # three runs of a recipe

Sizes = dict[str, tuple[str, int, int]]


def sizes(lake: Lake, recipe: str) -> Sizes:
    """The language, characters and tokens of each document of the corpus."""
    corpus = published_corpus(lake, recipe)
    assert corpus is not None
    return {row["id"]: (row["language"], len(row["text"]), row["token_count"]) for row in corpus.collect()}


def moved(shares: tuple[Share, ...]) -> dict[tuple[str, bool], tuple[float, ...]]:
    """Documents, characters and tokens that enter (True) and leave, by language, without zeros."""
    found = {}
    for share in shares:
        for enters, there in ((True, share.enter), (False, share.leave)):
            assert there.tokens is not None
            figures = (there.documents.value, there.characters.value, there.tokens.value)
            if figures != (0, 0, 0):
                found[share.language, enters] = figures
    return found


def difference(before: Sizes, after: Sizes) -> dict[tuple[str, bool], tuple[float, ...]]:
    found: dict[tuple[str, bool], list[int]] = defaultdict(lambda: [0, 0, 0])
    for id, (language, characters, tokens) in (before | after).items():
        if (id in before) != (id in after):
            for n, figure in enumerate((1, characters, tokens)):
                found[language, id in after][n] += figure
    return {key: tuple(figures) for key, figures in found.items()}


def previewed(lake: Lake, recipe: str, **options: int) -> Preview:
    given = parse(recipe_with(recipe, 30, 2), "x")
    return preview(lake, given, lambda published: [with_settings(published, SETTINGS)], **options)


def test_it_equals_a_run(lake: Lake) -> None:
    before, after = sizes(lake, "measured"), sizes(lake, "then")
    expected = difference(before, after)
    assert {enters for _, enters in expected} == {True, False}
    found = previewed(lake, "measured")
    assert moved(found.outcomes[0].languages) == expected
    assert found.kept == len(before)
    assert (found.tokens, found.notes) == (sum(tokens for _, _, tokens in before.values()), ())
    assert found.population == found.sampled == 0 < found.measured
    assert {each.id in after for each in found.examples if each.enters} == {True}
    assert {each.id in after for each in found.examples if not each.enters} == {False}


def test_it_is_the_same_without_spark(lake: Lake) -> None:
    given = parse(recipe_with("measured", 30, 2), "x")

    def changed(recipe: Recipe) -> list[Change]:
        return [with_settings(recipe, SETTINGS)]

    assert quick(lake.uri, given, changed) == preview(lake, given, changed)
    sweep = "gopher_quality.min_words=10:60:10"
    assert quick(lake.uri, given, lambda recipe: swept(recipe, sweep)[1]) == preview(
        lake, given, lambda recipe: swept(recipe, sweep)[1]
    )
    with pytest.raises(NeedsSpark, match=r"do not decide \d+ documents of crawl-0"):
        quick(lake.uri, parse(recipe_with("bare", 30, 2), "x"), changed)


def test_it_is_the_same_without_kept_measurements(lake: Lake) -> None:
    found = previewed(lake, "bare")
    assert moved(found.outcomes[0].languages) == difference(sizes(lake, "bare"), sizes(lake, "then"))
    assert (found.measured, found.population) == (0, found.sampled)


def test_a_sample_stands_for_all_documents(lake: Lake) -> None:
    found = previewed(lake, "bare", limit=60)
    assert found.sampled < found.population
    all_, true = found.outcomes[0].total, previewed(lake, "bare").outcomes[0].total
    for mine, whole in ((all_.enter, true.enter), (all_.leave, true.leave)):
        assert mine.documents.margin > 0
        assert abs(mine.documents.value - whole.documents.value) <= mine.documents.margin
    assert found == previewed(lake, "bare", limit=60)


def test_a_sweep_has_the_figures_of_each_value(lake: Lake) -> None:
    given = parse(recipe_with("measured", 30, 2), "x")
    found = preview(lake, given, lambda published: swept(published, "gopher_quality.min_words=12:30:18")[1])
    (alone,) = preview(
        lake, given, lambda published: [with_settings(published, ["gopher_quality.min_words=12"])]
    ).outcomes
    loose, same = found.outcomes
    assert moved(loose.languages) == moved(alone.languages) != {}
    assert moved(same.languages) == {}
    assert found.now == 30


def test_documents_that_enter_or_leave_are_found_once(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def spied(moving: DataFrame) -> Sequence[Any]:
        held.append((moving, moving.is_cached))
        return summed(moving)

    monkeypatch.setattr(job, "summed", spied)
    previewed(lake, "measured")
    ((moving, was_held),) = held
    assert was_held
    assert not moving.is_cached


def test_a_recipe_that_was_not_run(lake: Lake) -> None:
    never = parse(recipe_with("never", 30, 2), "x")
    with pytest.raises(UserError, match=r"never is not published in .*: run `decantry curate never --lake"):
        preview(lake, never, lambda published: [with_settings(published, SETTINGS)])
