"""Scores in a lake: each text is scored once, as it stands, and no recipe scores it again."""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyspark.sql import functions as F

from decantry.jobs.curate.job import curate
from decantry.jobs.curate.score import score
from decantry.jobs.explore.explain import explain
from decantry.jobs.explore.sql import query, views
from decantry.jobs.lake.lake import Lake
from decantry.jobs.models.facts import known
from decantry.jobs.models.named import model_of
from decantry.jobs.models.scored import scored
from decantry.jobs.models.scorer import HeadScorer
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse
from decantry.jobs.steps.score import EduScore
from decantry.jobs.upkeep.forget import forget
from tests.command import decantry
from tests.fasttext_model import write_model
from tests.jobs.curate.corpora import content, fates, lake_with
from tests.jobs.curate.test_incremental import random_crawl
from tests.jobs.models.made_models import write_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame, SparkSession

    from decantry.jobs.models.model import Model
    from decantry.jobs.recipe.model import Recipe

SCRIPT = "\nPlease enable javascript to read the rest of this page."
LOUD, QUIET, MIXED = "HERE ARE SIX WORDS IN CAPITALS", "here are some words without them", "HERE ARE SIX words of both"
DOCUMENTS = [
    *[("loud", "c1", LOUD), ("quiet", "c1", QUIET), ("edited", "c1", LOUD + SCRIPT)],
    *[("mixed", "c2", MIXED), ("short", "c2", "Too"), ("script", "c2", QUIET + SCRIPT)],
]
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
    """A lake whose documents a recipe has scored, at its second attempt."""

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

    patch.setattr("decantry.jobs.models.facts.scored", refused)


def rows(lake: Lake) -> dict[tuple[str, str], Any]:
    found = lake.read("silver/scores").collect()
    assert len({(row["id"], row["text_hash"]) for row in found}) == len(found)
    return {(row["id"], row["text_hash"]): row for row in found}


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_texts_are_scored_as_they_stand_at_the_step(made: Scored) -> None:
    stood = {"loud": LOUD, "quiet": QUIET, "edited": LOUD, "mixed": MIXED, "script": QUIET}
    found = rows(made.lake)
    assert {key: row["score"] for key, row in found.items()} == {
        (id_, hash_of(text)): HeadScorer(made.head)(text) for id_, text in stood.items()
    }
    told = {(row["model_sha256"], row["label"], row["run_id"]) for row in found.values()}
    assert told == {(made.sha256, "score", "run-1")}
    assert {row["id"]: row["crawl"] for row in found.values()}["mixed"] == "c2"


def test_the_score_decides_and_is_a_column(made: Scored) -> None:
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
    told = explain(made.lake, made.recipe, "script")
    assert told.steps[2].measured == {"score": HeadScorer(made.head)(QUIET)}
    assert [str(step.step) for step in told.steps if step.broken] == ["loud"]
    assert explain(made.lake, made.recipe, "short").steps[2].measured == {"score": None}


@pytest.mark.slow  # a report
def test_a_report_measures_the_score(made: Scored, tmp_path: Path) -> None:
    answer = decantry("report", "shouted", "--lake", made.lake.uri, "--output", str(tmp_path / "shouted.html"))
    assert answer.code == 0, answer.err
    assert "capitals &gt; 1.5" in (tmp_path / "shouted.html").read_text(encoding="utf-8")


def test_the_command_scores_what_lacks_a_score(made: Scored, monkeypatch: pytest.MonkeyPatch) -> None:
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
    with pytest.raises(UserError, match="has published no quiet"):
        score(lake, model, recipe="quiet")


ODD = ["", "\0A\0", "\n\nHERE\r\n", "here\nSIX", "字Å", *(f"{LOUD[:n]}{QUIET[n:]}" for n in range(20))]


def test_a_score_depends_on_its_text_alone(spark: SparkSession, tmp_path: Path) -> None:
    write_head(tmp_path / "head.json")
    head = HeadScorer(tmp_path / "head.json")
    told = in_any_batch(spark, model_of(str(tmp_path / "head.json")), ODD)
    assert told == [head(text) for text in ODD]
    assert len({*told}) > 3


@pytest.mark.slow  # ten megabytes
def test_a_long_text_has_a_score(spark: SparkSession, tmp_path: Path) -> None:
    write_head(tmp_path / "head.json")
    write_model(tmp_path / "model.bin", {"__label__hq": ["here", "words"], "__label__lq": ["SIX"]})
    texts = [*ODD, "AB" * 5_000_000]
    assert in_any_batch(spark, model_of(str(tmp_path / "head.json")), texts)[-1] == pytest.approx(5)
    told = in_any_batch(spark, model_of(str(tmp_path / "model.bin"), label="__label__hq"), texts)
    assert (len({*told}) > 3, all(0 <= each <= 1 for each in told)) == (True, True)


def in_any_batch(spark: SparkSession, model: Model, texts: list[str]) -> list[float]:
    """The scores of the texts, which are the same in one partition and in batches of three in two."""
    rows = [("c", str(n), text) for n, text in enumerate(texts)]
    frame = spark.createDataFrame(rows, "crawl string, id string, text string")
    once = {row["id"]: row for row in scored(frame.coalesce(1), model).collect()}
    assert [once[str(n)]["text_hash"] for n in range(len(texts))] == [hash_of(text) for text in texts]
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "3")
    try:
        assert {row["id"]: row for row in scored(frame.repartition(2), model).collect()} == once
    finally:
        spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "512")
    return [once[str(n)]["score"] for n in range(len(texts))]


def test_the_educational_score_is_rounded_as_published(spark: SparkSession) -> None:
    scores = [-0.4, 0.5, 1.4999999, 1.5, 2.5, 2.5000001, 3.49, 3.5, 4.5, 4.6, 7.0]
    step = EduScore()
    (rule,) = step.rules()
    frame = spark.createDataFrame([(value,) for value in scores], "_score double").withColumn("m", step.measure())
    told = {row["_score"]: (row["m"]["score"], row["m"]["int_score"], row["low"]) for row in
            frame.withColumn("low", rule.breaks(F.col("m"))).collect()}  # fmt: skip
    rounded = [int(round(max(0, min(value, 5)))) for value in scores]  # noqa: RUF046  as in huggingface/cosmopedia
    assert rounded == [0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    expected = zip(scores, rounded, strict=True)
    assert told == {value: (value, whole, whole < 3) for value, whole in expected}
    none = spark.sql("select cast(null as double) as _score, 1 as n union all select double('NaN'), 2")
    odd = none.withColumn("m", step.measure()).withColumn("low", rule.breaks(F.col("m"))).orderBy("n").collect()
    assert [(row["m"]["int_score"], row["low"]) for row in odd] == [(None, False), (0, True)]


@pytest.mark.slow  # every table is looked at
def test_forgotten_pages_lose_their_scores(spark: SparkSession, tmp_path: Path) -> None:
    lake = lake_with(spark, tmp_path / "lake", "run-1", DOCUMENTS[:2])
    write_head(tmp_path / "head.json")
    assert score(lake, model_of(str(tmp_path / "head.json"))).scored == {"c1": 2}
    report = forget(lake, [("id", "loud")])
    assert report.removed["silver/scores"] == 1
    assert [row["id"] for row in lake.read("silver/scores").collect()] == ["quiet"]


def spelt(word: re.Match[str]) -> str:
    """A word of letters alone, because near_duplicates takes all digits for the same; every other one in capitals."""
    number = int(word[1])
    letters = f"{chr(97 + number // 8)}{chr(97 + number % 8)}" * 2
    return letters.upper() if number % 2 else letters


@pytest.mark.slow  # many runs
def test_scored_crawls_one_by_one_equal_all_at_once(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_head(tmp_path / "head.json")
    read: list[Sequence[str] | None] = []

    def spied(lake: Lake, model: Model, crawls: Sequence[str] | None = None) -> DataFrame:
        read.append(crawls)
        return known(lake, model, crawls)

    monkeypatch.setattr("decantry.jobs.models.facts.known", spied)
    text = f"""
recipe: calm
steps:
  - score: {{model: {tmp_path}/head.json, column: capitals}}
  - where: {{name: few, keep: "capitals < 2.5"}}
  - near_duplicates: {{scope: all, ngram: 1, bands: 24, rows: 3, verify: 0.4}}
  - score: {{name: after, model: {tmp_path}/head.json, column: capitals_left}}
"""
    recipe = parse(text, "calm.yaml")
    crawls = [
        [(id_, crawl, re.sub(r"w(\d+)", spelt, text)) for id_, crawl, text in random_crawl(random.Random(name), name)]
        for name in ("m", "b")
    ]
    for number, documents in enumerate(crawls):
        lake = lake_with(spark, tmp_path / "lake", f"run-{number}", documents)
        curate(lake, recipe)
    assert (read[0], ["b"] in read, None in read) == (["m"], True, False), "of a new crawl, only its scores are read"
    at_once = lake_with(spark, tmp_path / "once", "run-1", [document for one in crawls for document in one])
    curate(at_once, recipe)
    assert {str(by).split(".")[0] for by, *_ in fates(at_once).values()} >= {"few", "near_duplicates", "None"}
    for name, found in content(at_once, "calm").items():
        assert content(lake, "calm")[name] == found, name
    corpus = lake.read("gold/calm")
    there = lake.read("silver/scores").select("id", "text_hash", F.col("score").alias("told"))
    both = corpus.withColumn("text_hash", F.sha2("text", 256)).join(there, ["id", "text_hash"])
    assert corpus.count() == both.where("told = capitals_left").count() > 5
