"""Scores of a recipe's step: each text is scored once, in the form that reaches the step."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.curate.score import score
from decantry.jobs.explore.explain import explain
from decantry.jobs.explore.sql import query, views
from decantry.jobs.lake.lake import Lake
from decantry.jobs.models.model import HEAD, VERSIONS
from decantry.jobs.models.named import model_of
from decantry.jobs.models.scorer import HeadScorer
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse
from tests.command import decantry
from tests.jobs.curate.corpora import fates, lake_with
from tests.jobs.curate.scored_texts import DOCUMENTS, LOUD, MIXED, QUIET, SCRIPT, hash_of
from tests.jobs.models.made_models import write_head

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from decantry.jobs.recipe.model import Recipe

STEPS = """
recipe: {name}
steps:
  - where: {{name: long, keep: "length(text) > 10"}}
  - c4: {{terminal_punctuation: false, min_sentences: 0}}
  - score: {{model: '{model}', column: capitals}}
  - where: {{name: loud, keep: "capitals > {bound}"}}
checks: []
"""


@dataclass(frozen=True)
class Scored:
    """A lake whose documents a recipe has scored in its second attempt."""

    lake: Lake
    head: Path
    sha256: str
    recipe: Recipe


@pytest.fixture(scope="module")
def made(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Scored:
    folder = tmp_path_factory.mktemp("scores")
    sha256 = write_head(folder / "head.json")
    lake = lake_with(spark, folder / "lake", "run-1", DOCUMENTS)
    recipe = parse(STEPS.format(name="shouted", model=folder / "head.json", bound=1.5), "shouted.yaml")

    def stop(judgement: object) -> None:
        raise ConnectionError("the run ends before it publishes")

    with pytest.raises(ConnectionError):
        curate(lake, recipe, gate=stop)
    lake = Lake(spark, str(folder / "lake"), "run-2")
    with pytest.MonkeyPatch.context() as patch:
        refuse_to_score(patch)
        curate(lake, recipe)
    return Scored(lake, folder / "head.json", sha256, recipe)


def refuse_to_score(patch: pytest.MonkeyPatch) -> None:
    def refused(texts: DataFrame, model: object) -> DataFrame:
        raise AssertionError("a text would be scored again")

    patch.setattr("decantry.jobs.models.lake_scores.scored", refused)


def rows(lake: Lake) -> dict[tuple[str, str], Any]:
    found = lake.read("silver/scores").collect()
    assert len({(row["id"], row["text_hash"]) for row in found}) == len(found)
    return {(row["id"], row["text_hash"]): row for row in found}


def test_the_text_that_reaches_the_step_is_scored(made: Scored) -> None:
    stood = {"loud": LOUD, "quiet": QUIET, "edited": LOUD, "mixed": MIXED, "script": QUIET}
    found = rows(made.lake)
    assert {key: row["score"] for key, row in found.items()} == {
        (id_, hash_of(text)): HeadScorer(made.head)(text) for id_, text in stood.items()
    }
    written = {(row["model_sha256"], row["label"], row["run_id"]) for row in found.values()}
    assert written == {(made.sha256, "score", "run-1")}
    assert {row["id"]: row["crawl"] for row in found.values()}["mixed"] == "c2"


def test_the_score_becomes_a_rule_and_a_corpus_column(made: Scored) -> None:
    removed = {"quiet": "loud.where", "script": "loud.where", "short": "long.where"}
    kept = {"loud": LOUD, "edited": LOUD, "mixed": MIXED}
    assert {id_: by for id_, (by, *_) in fates(made.lake).items()} == {**dict.fromkeys(kept), **removed}
    corpus = made.lake.read("gold/shouted").collect()
    assert {row["id"]: row["capitals"] for row in corpus} == {
        id_: HeadScorer(made.head)(text) for id_, text in kept.items()
    }


@pytest.mark.slow  # a curate more
def test_another_recipe_and_threshold_score_nothing(made: Scored, monkeypatch: pytest.MonkeyPatch) -> None:
    version, before = made.lake.version("silver/scores"), rows(made.lake)
    refuse_to_score(monkeypatch)
    other = parse(STEPS.format(name="louder", model=made.head, bound=3), "louder.yaml")
    lake = Lake(made.lake.spark, made.lake.uri, "run-3")
    curate(lake, other)
    assert {row["id"] for row in lake.read("gold/louder").collect()} == {"loud", "edited"}
    assert (lake.version("silver/scores"), rows(lake)) == (version, before)


@pytest.mark.slow  # many joins
def test_explain_shows_the_score(made: Scored) -> None:
    views(made.lake, "select * from scores")
    assert query(made.lake, "select * from scores").count() == len(rows(made.lake))
    explained = explain(made.lake, made.recipe, "script")
    assert explained.steps[2].measured == {"score": HeadScorer(made.head)(QUIET)}
    assert [str(step.step) for step in explained.steps if step.broken] == ["loud"]
    assert explain(made.lake, made.recipe, "short").steps[2].measured == {"score": None}


@pytest.mark.slow  # a report
def test_a_report_measures_the_score(made: Scored, tmp_path: Path) -> None:
    answer = decantry("report", "shouted", "--lake", made.lake.uri, "--output", str(tmp_path / "shouted.html"))
    assert answer.code == 0, answer.err
    assert "capitals &gt; 1.5" in (tmp_path / "shouted.html").read_text(encoding="utf-8")


def test_the_command_scores_only_texts_without_a_score(made: Scored, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = Lake(made.lake.spark, made.lake.uri, "run-4")
    model = model_of(str(made.head))
    report = score(lake, model, ["c1"])
    assert (report.texts, report.scored) == ({"c1": 3}, {"c1": 1}), "edited was not scored as it was extracted"
    found = rows(lake)
    assert [id_ for (id_, _), row in found.items() if row["run_id"] == "run-4"] == ["edited"]
    assert found["edited", hash_of(LOUD + SCRIPT)]["score"] == HeadScorer(made.head)(LOUD + SCRIPT)
    version = lake.version("silver/scores")
    monkeypatch.setattr("decantry.jobs.curate.score.scored", lambda texts, model: 1 / 0)
    assert score(lake, model, ["c1"], recipe="shouted").scored == {"c1": 0}
    assert lake.version("silver/scores") == version
    with pytest.raises(UserError, match="has no published quiet"):
        score(lake, model, recipe="quiet")


def test_scores_by_older_code_are_computed_again(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = lake_with(spark, tmp_path / "lake", "run-1", DOCUMENTS[:2])
    write_head(tmp_path / "head.json")
    model = model_of(str(tmp_path / "head.json"))
    score(lake, model)
    older = spark.createDataFrame(lake.read("silver/scores").drop("scorer_version").toPandas())
    shutil.rmtree(lake.path("silver/scores"))
    older.write.format("delta").partitionBy("model_sha256", "crawl").save(lake.path("silver/scores"))
    assert score(lake, model).scored == {"c1": 0}, "a lake of an older version is of version 1"
    monkeypatch.setitem(VERSIONS, HEAD, 2)
    again = Lake(spark, lake.uri, "run-2")
    for scored in ({"c1": 2}, {"c1": 0}):
        assert score(again, model).scored == scored
        assert {(row["run_id"], row["scorer_version"]) for row in rows(again).values()} == {("run-2", 2)}
        assert len(rows(again)) == 2
