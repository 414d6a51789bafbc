"""The entry point with a closed output, in a separate process; recipes printed as files and compared."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from decantry.jobs.recipe.load import parse
from tests.command import decantry


@pytest.mark.parametrize("words", [["recipes", "fineweb"], ["tables", "--help"]])
def test_output_that_nobody_reads_is_not_a_failure(words: list[str]) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    ended = subprocess.run(
        [sys.executable, "-m", "decantry.jobs.main", *words],
        stdout=writes,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writes)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_recipe_is_printed_as_its_file() -> None:
    printed = decantry("recipes", "fineweb", "--yaml")
    assert printed.code == 0
    assert "# FineWeb, as the code of datatrove 0.10.1 makes it." in printed.out
    assert parse(printed.out, "what was printed").recipe == "fineweb"


def test_two_recipes_side_by_side() -> None:
    said = decantry("recipes", "fineweb", "--diff", "fineweb-trafilatura")
    assert said.out == "fineweb and fineweb-trafilatura: differences\n  text: resiliparse -> trafilatura\n"


@pytest.mark.parametrize("words", [("--yaml",), ("--diff", "c4")])
def test_an_option_that_needs_a_recipe_says_so(words: tuple[str, ...]) -> None:
    said = decantry("recipes", *words)
    assert (said.code, said.line) == (2, f"{words[0]} needs a recipe: name it, like fineweb")
