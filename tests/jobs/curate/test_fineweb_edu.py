"""FineWeb-Edu's recipes, with a head that is trained here in the place of the published classifier."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.home import home
from decantry.jobs.recipe.load import load
from tests.command import decantry
from tests.jobs.models.judged import write

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession

    from tests.cold import Cold


@pytest.mark.slow  # two curates
def test_both_recipes_run_and_score_a_text_once(
    spark: SparkSession, cold: Cold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("tokenizers", reason="the extra wordllama is not installed")
    shutil.copytree(cold.lake, tmp_path / "lake")
    (tmp_path / "lists").symlink_to(home() / "lists")
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    lake = Lake(spark, str(tmp_path / "lake"), "edu")
    texts = sorted(row["text"] for row in lake.read("gold/fineweb").collect())
    judged = [{"text": text, "score": 1.0 + len(text) % 4} for text in texts]
    model = tmp_path / "models" / "fineweb-edu-classifier"
    file = write(tmp_path / "scored.jsonl", judged)
    answer = decantry("train", "embedding", str(file), "--above", "3", "--folds", "2", "--to", str(model))
    assert answer.code == 0, answer.err

    curate(lake, load("fineweb-edu"))
    version = lake.version("silver/scores")
    curate(Lake(spark, lake.uri, "edu-2"), load("fineweb-edu-score-2"))
    assert lake.version("silver/scores") == version
    good, wide = ({row["id"]: row for row in lake.read(f"gold/fineweb_edu{end}").collect()} for end in ("", "_score_2"))
    assert 0 < len(good) <= len(wide) <= len(texts)
    assert set(good) <= set(wide)
    for least, rows in ((3, good), (2, wide)):
        assert all(row["int_score"] == round(row["score"]) >= least for row in rows.values())
