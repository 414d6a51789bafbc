"""The report and the samples of a small lake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.command import Answer, decantry
from tests.fasttext_model import write_model
from tests.jobs.cli.conftest import Pets
from tests.jobs.explore.report.test_page import Parsed


@pytest.fixture(scope="module")
def made(pets: Pets, tmp_path_factory: pytest.TempPathFactory) -> tuple[Answer, str]:
    file = tmp_path_factory.mktemp("report") / "pets.html"
    answer = decantry("report", pets.recipe, "--lake", pets.lake, "--output", str(file), "--against", "1")
    return answer, file.read_text(encoding="utf-8") if file.exists() else ""


@pytest.fixture
def text(made: tuple[Answer, str]) -> str:
    return re.sub(r"\s+", " ", Parsed(made[1]).text)


def test_the_command_writes_one_file_and_says_which(made: tuple[Answer, str]) -> None:
    answer, page = made
    assert answer.code == 0, answer.err
    assert re.fullmatch(r"quiet-pets@1: \S+/pets.html \(0\.\d MB\)\n", answer.out)
    assert page.startswith("<!doctype html>")


def test_it_counts_what_the_lake_has(text: str) -> None:
    for words in (
        "1 of 5 documents, 20.0 %",
        "6 records",
        "where not (text rlike 'cat|dog') 1 20.0 % 20.0 %",
        "curly_bracket curly_bracket >= 1 1 25.0 % 20.0 %",
        "too_few_sentences sentences < 3 1 25.0 % 20.0 %",
        "duplicate cluster_size > 1 1 50.0 % 20.0 %",
        "2 to 3 1 2",
        "example.org 5 1 20.0 %",
        "zoo 5 1 20.0 %",
        "Of all 5 documents",
        "lorem_ipsum 0 (>= 1), curly_bracket 0 (>= 1), sentences 4 (< 3)",
    ):
        assert words in text, words


def test_samples_are_of_each_fate_with_what_was_measured(text: str) -> None:
    samples = text[text.index("A few documents of each fate") :]
    assert samples.index("kept") < samples.index("has_pet.where") < samples.index("c4.curly_bracket")
    assert "The \\u001b[31mcows stand in the grass and wait for rain." in samples
    assert "c4.too_few_sentences 1 sentences < 3" in samples
    assert "In its place https://pets.example.org/cats is kept." in samples
    kept = samples[: samples.index("has_pet.where 1 document")]
    assert "https://pets.example.org/cats" in kept and "enable javascript" not in kept


def test_it_has_runs_checks_and_a_comparison_with_itself(text: str) -> None:
    assert "quiet-pets@1" in text
    assert re.search(r"all \d+ held", text)
    assert "in both 1 entered 0 left 0" in text
    assert "No document has entered or left." in text


def test_the_page_is_logged_with_the_run_that_published(made: tuple[Answer, str], pets: Pets) -> None:
    logged = [file.name for file in Path(pets.lake, "ops", "mlflow").rglob("pets.html")]
    assert logged == ["pets.html"], made[0].err


def test_invalid_arguments_are_one_line(pets: Pets, tmp_path: Path) -> None:
    lake = ("--lake", pets.lake)
    for words, told in {
        ("report", "cows", *lake): "there is no recipe cows: name a YAML file or one of c4,",
        ("report", "c4", *lake): f"c4 is not published in {pets.lake}: run `decantry curate c4` first",
        ("report", "c4", "--lake", str(tmp_path)): f"there is no lake at {tmp_path}",
        ("report", pets.recipe, *lake, "--output", str(tmp_path)): f"--output is {tmp_path}, which is a folder",
        (
            "report",
            pets.recipe,
            *lake,
            "--output",
            f"{tmp_path}/x/y",
        ): f"the folder {tmp_path}/x does not exist",
        ("report", pets.recipe, *lake, "--against", "gopher"): "gopher is not published in",
        ("report", pets.recipe, *lake, "--against", "quiet-pets@9"): "quiet-pets has no publication 9; there are:",
        ("sample", pets.recipe, *lake, "--removed-by", "duplicat"): "has no step or rule duplicat: did you mean",
        ("sample", "c4", *lake): "c4 is not published in",
    }.items():
        answer = decantry(*words)
        assert (answer.code, answer.out) == (2, ""), words
        assert told in answer.line


def test_samples_of_a_rule_of_a_step_and_of_what_is_kept(pets: Pets) -> None:
    removed = decantry("sample", pets.recipe, "--removed-by", "c4.too_few_sentences", "--lake", pets.lake)
    assert removed.code == 0, removed.err
    assert removed.out.splitlines()[:4] == [
        "https://pets.example.org/short",
        "  id         short",
        "  removed by c4.too_few_sentences: sentences 1 (removes when sentences < 3)",
        "    There is only one sentence about the cat here.",
    ]
    assert "1 document; " in removed.out
    assert "2 documents; " in decantry("sample", pets.recipe, "--removed-by", "c4", "--lake", pets.lake).out
    kept = decantry("sample", pets.recipe, "-n", "1", "--lake", pets.lake).out
    assert "https://pets.example.org/cats" in kept and "enable javascript" not in kept


def test_a_recipe_may_name_its_columns_as_it_likes(lake: str, tmp_path: Path, untracked: None) -> None:
    sha256 = write_model(tmp_path / "m.bin", {"__label__a": ["text"], "__label__b": ["page"]})
    model = f"model: {tmp_path}/m.bin, sha256: {sha256}, label: __label__a"
    steps = "".join(
        f"  - classifier: {{{model}, name: of_{name}, column: {name}}}\n" for name in ("step", "by", "shown")
    )
    recipe = tmp_path / "named.yaml"
    recipe.write_text(f"recipe: named\ntitle: Columns of many names\nsteps:\n{steps}")
    assert decantry("curate", str(recipe), "--lake", lake).code == 0
    answer = decantry("report", str(recipe), "--lake", lake, "--output", str(tmp_path / "r.html"))
    assert answer.code == 0, answer.err
