"""`decantry preview`: its output, and arguments that it refuses before Spark starts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.explore.preview.job import preview
from decantry.jobs.explore.preview.quick import quick
from decantry.jobs.explore.preview.thresholds import swept
from decantry.jobs.lake.lake import Lake
from decantry.jobs.recipe.load import load
from tests.command import decantry
from tests.jobs.cli.conftest import Pets

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.recipe.model import Recipe


def test_a_change_with_samples(pets: Pets) -> None:
    said = decantry("preview", pets.recipe, "--lake", pets.lake, "--set", "c4.min_sentences=0", "--quiet")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "quiet-pets@1 with c4.min_sentences=0"
    assert lines[1] == "0 documents were decided by kept measurements, 2 were judged again from their texts"
    (total,) = [line.split() for line in lines if line.startswith("all ")]
    assert total == ["all", "1", "1", "0", "2", "+46"]
    assert "  removed by c4.too_few_sentences: c4.sentences 1" in lines
    assert "https://pets.example.org/short" in lines
    assert any(line.startswith("note: not judged again: near_duplicates;") for line in lines)


def test_kept_measurements_give_the_same_without_spark_and_with_it(
    pets: Pets, tmp_path: Path, spark: SparkSession, untracked: None
) -> None:
    lake = str(shutil.copytree(pets.lake, tmp_path / "lake"))
    said = decantry("curate", pets.recipe, "--lake", lake, "--measure-all")
    assert said.code == 0, said.err

    def changes(published: Recipe) -> list[Change]:
        return swept(published, "c4.min_sentences=0:6:1")[1]

    found = quick(lake, load(pets.recipe), changes)
    moved = [(each.total.enter.documents.value, each.total.leave.documents.value) for each in found.outcomes]
    assert (found.measured, moved) == (2, [(1, 0), (1, 0), (0, 0), (0, 0), (0, 0), (0, 1), (0, 1)])
    assert found == preview(Lake(spark, lake, "look"), load(pets.recipe), changes)


@pytest.mark.slow
def test_a_sweep_and_its_curve(pets: Pets, tmp_path: Path) -> None:
    words = ("preview", pets.recipe, "--lake", pets.lake, "--sweep", "c4.min_sentences=0:6:3", "--quiet")
    file = tmp_path / "curve.html"
    said = decantry(*words, "--output", str(file))
    assert said.code == 0, said.err
    assert [line.split()[0] for line in said.out.splitlines() if "█" in line] == ["0", "3"]
    assert said.out.splitlines()[-1] == f"the curve is in {file}"
    assert "<title>3: 1 documents</title>" in file.read_text(encoding="utf-8")
    image = tmp_path / "curve.svg"
    assert decantry(*words, "--output", str(image)).code == 0
    assert image.read_text(encoding="utf-8").startswith("<svg ")


def test_an_invalid_threshold_is_reported(pets: Pets, tmp_path: Path) -> None:
    lake, set_ = ("--lake", pets.lake), ("--set", "c4.min_sentences=1")
    wrong = {
        ("preview", pets.recipe, *lake): "give either --set or --sweep, like --set gopher_quality.min_words=80",
        ("preview", pets.recipe, *lake, *set_, "--sweep", "c4.min_sentences=1:2:1"): "give either --set or --sweep",
        ("preview", pets.recipe, *lake, *set_, "-o", "x.html"): "--output needs --sweep",
        (
            "preview",
            pets.recipe,
            *lake,
            "--sweep",
            "c4.min_sentences=1:2:1",
            "-o",
            "x.png",
        ): "name a file that ends with .html or .svg",
        ("preview", pets.recipe, *lake, "--set", "c44.min_sentences=1"): "has no step c44; did you mean `c4`?",
        ("preview", pets.recipe, *lake, "--set", "has_pet.keep=true"): "has_pet.keep is not a threshold",
        ("preview", "fineweb", *lake, "--set", "c4.min_sentences=1"): "fineweb is not published in",
        ("preview", "cows", *lake, *set_): "there is no recipe cows",
        ("preview", "c4", "--lake", str(tmp_path / "none"), *set_): "there is no lake at",
    }
    for words, told in wrong.items():
        said = decantry(*words, "--quiet")
        assert (said.code, told in said.line) == (2, True), said.err
