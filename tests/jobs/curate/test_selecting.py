"""Documents selected by scores: by buckets, by a predicate on buckets, and by the top."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.explore.explain import explain
from decantry.jobs.explore.report.gather import gather
from decantry.jobs.explore.report.page import page
from decantry.jobs.lake.published import published_corpus
from decantry.jobs.models.fasttext_file import library, save
from decantry.jobs.recipe.load import load, parse
from tests.fasttext_model import write_model
from tests.jobs.curate.corpora import Document, fates, lake_with, outcomes, removed_by

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

GOOD, BAD = "lemma theorem proof induction vertex", "cheap shoes offer click sale"
STEPS = """
recipe: selected
steps:
  - classifier: {{name: one, model: '{model}', label: good, column: one}}
  - ensemble_buckets: {{columns: [one]}}
  - where: {{name: no_low, keep: "quality <> 'low'"}}
  - select_top: {{by: one, share: 0.5}}
"""


def words(good: int, bad: int) -> str:
    """A text of ten words, so all texts have almost the same size."""
    return " ".join(["proof"] * good + ["click"] * bad)


MADE: list[Document] = [
    *((f"a{n}", "c1", words(n, 10 - n)) for n in range(10)),
    *((f"b{n}", "c2", words(9, 1)) for n in range(4)),
]


def with_model(spark: SparkSession, folder: Path) -> tuple[Lake, str]:
    """A lake with the documents, and the recipe's YAML with a model that counts words."""
    model = folder / "model.bin"
    write_model(model, {"good": GOOD.split(), "bad": BAD.split()})
    return lake_with(spark, folder / "lake", "run-1", MADE), STEPS.format(model=model)


def selected(spark: SparkSession, folder: Path) -> tuple[Lake, Recipe]:
    lake, yaml = with_model(spark, folder)
    recipe = parse(yaml, "selected.yaml")
    curate(lake, recipe)
    return lake, recipe


def test_buckets_a_predicate_on_them_and_the_top(spark: SparkSession, tmp_path: Path) -> None:
    _, judged = outcomes(*with_model(spark, tmp_path))
    assert removed_by(judged) == {
        **dict.fromkeys(["a0", "a1", "a2"], "no_low.where"),  # a tenth of the bytes each: buckets 2, 4 and 6
        **dict.fromkeys(["a3", "a4", "a5"], "select_top.below_share"),
        **dict.fromkeys(["a6", "a7", "a8", "a9"]),  # the fourth of seven crosses the half
        **dict.fromkeys(["b0", "b1"]),
        **dict.fromkeys(["b2", "b3"], "select_top.below_share"),
    }
    rows = {row["id"]: row for row in judged.rows.collect()}
    assert rows["b3"]["values"]["share_before"] == 0.75
    assert 0.9 < rows["b3"]["values"]["one"] < 1
    kept = {i: (row["quality_bucket"], row["quality"]) for i, row in rows.items() if row["removed_by"] is None}
    assert kept == {
        **{"a6": (14, "medium"), "a7": (16, "medium"), "a8": (18, "medium-high"), "a9": (19, "high")},
        **dict.fromkeys(["b0", "b1"], (19, "high")),
    }


@pytest.mark.slow  # three more passes over the recipe
def test_selected_documents_are_explained_and_reported(spark: SparkSession, tmp_path: Path) -> None:
    lake, recipe = selected(spark, tmp_path)
    kept, lost, low = (explain(lake, recipe, id_) for id_ in ("a6", "b3", "a0"))
    assert [step.broken for step in kept.steps] == [(), (), (), ()]
    assert lost.steps[-1].measured["share_before"] == 0.75
    assert [rule.name for rule in lost.steps[-1].broken] == ["below_share"]
    assert [len(step.broken) for step in lost.steps] == [0, 0, 0, 1]
    assert [len(step.broken) for step in low.steps] == [0, 0, 1, 0]
    assert "no_low" in page(gather(lake, recipe))


def trained(path: Path, good: str, other: str, seed: int) -> None:
    """A fastText model of word bigrams, as the published one is, with labels of these names."""
    texts = path.with_suffix(".txt")
    texts.parent.mkdir(exist_ok=True)
    lines = [
        f"__label__{label} {' '.join([*word.split()[seed:], f'w{n}'])}\n"
        for n in range(40)
        for label, word in ((good, GOOD), (other, BAD))
    ]
    texts.write_text("".join(lines))
    given = {"dim": 8, "wordNgrams": 2, "bucket": 1000, "lr": 0.5, "epoch": 30, "thread": 1, "seed": seed, "verbose": 0}
    save(library().train_supervised(input=str(texts), **given), path)


@pytest.mark.slow  # models are trained
@pytest.mark.parametrize("name", ["dclm-fasttext", "nemotron-cc-quality", "preselect"])
def test_a_shipped_recipe_runs_with_models_in_the_cache(
    name: str, spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    trained(tmp_path / "models" / "fasttext-oh-eli5", "hq", "lq", 0)
    trained(tmp_path / "models" / "nemotron-4-edu", "1", "0", 1)
    trained(tmp_path / "models" / "mixtral-edu", "1", "0", 2)
    trained(tmp_path / "models" / "PreSelect-classifier.bin", "1", "0", 3)
    made = [*MADE, ("foreign", "c1", words(9, 1))]
    lake = lake_with(spark, tmp_path / "lake", "run-1", made, language={"foreign": "de"})
    spark.conf.set("spark.sql.shuffle.partitions", "5")
    try:
        curate(lake, load(name))
    finally:
        spark.conf.set("spark.sql.shuffle.partitions", "1")
    corpus = published_corpus(lake, name)
    assert corpus is not None
    rows = {row["id"]: row for row in corpus.collect()}
    assert fates(lake)["foreign"][0] == "language.other"
    if name == "dclm-fasttext":
        assert fates(lake)["a0"][0] == "fasttext_oh_eli5.low_score"
        assert rows["a9"]["fasttext_hq_prob"] > 0.9
    elif name == "preselect":
        assert 0 < len(rows) < len(MADE)
        assert {by for by, _, _ in fates(lake).values()} == {None, "language.other", "select_top.below_share"}
    else:
        assert set(rows) == {i for i, _, _ in MADE}
        assert (rows["a9"]["quality_bucket"], rows["a9"]["quality"]) == (19, "high")
        assert rows["a0"]["quality"] == "low"
