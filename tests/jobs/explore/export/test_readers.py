"""Other libraries read an export, also with hostile texts: Hugging Face's, Croissant's validator, Megatron's layout."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.explore.export.tokenizer import Tokenizer, tokenizer_of
from tests.conftest import ROOT
from tests.docs.blocks import blocks
from tests.jobs.explore.export import bpe, made, readers
from tests.jobs.explore.report.hostile import HOSTILE

pytestmark = pytest.mark.slow
TEXTS = ["A page.\nIts second line.", "", "潮汐 🌊", *HOSTILE]
TITLES = ("Tides", HOSTILE[33], HOSTILE[39], "a\n---\nlicense: mit", "'\"\\: {[ - & * ! | > %")


@pytest.fixture(scope="module")
def python() -> Path:
    return readers.environment(ROOT / "build" / "readers")


@pytest.fixture
def tokenizer(tmp_path: Path) -> Tokenizer:
    return tokenizer_of(bpe.write(tmp_path / "tokenizer.json"), None)


def asked(python: Path, *words: str, cwd: Path) -> str:
    """The output of the script without a network."""
    offline = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(cwd / "home"), "HTTPS_PROXY": "http://127.0.0.1:9"}
    answer = subprocess.run(
        [str(python), *words], capture_output=True, text=True, cwd=cwd, env=os.environ | offline, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.mark.parametrize("title", TITLES)
def test_three_libraries_find_the_rows_again(python: Path, tokenizer: Tokenizer, tmp_path: Path, title: str) -> None:
    folder = tmp_path / "corpus"
    told = made.export(folder, TEXTS, title, tokenizer)
    found: dict[str, Any] = json.loads(asked(python, readers.__file__, str(folder), cwd=tmp_path).splitlines()[-1])
    rows = made.rows(TEXTS).to_pylist()
    assert found["datasets"]["rows"] == rows
    assert found["datasets"]["types"]["language_score"] == "float64"
    assert (found["croissant"]["errors"], found["croissant"]["warnings"]) == ([], [])
    assert found["croissant"]["texts"] == TEXTS
    assert found["croissant"]["sha256"] == {file.path: file.sha256 for file in told.files if file.kind == "rows"}
    assert found["megatron"] == list(tokenizer.encode(TEXTS))


def test_the_examples_of_the_page_run(python: Path, tokenizer: Tokenizer, tmp_path: Path) -> None:
    made.export(tmp_path / "fineweb-hf", TEXTS, "Tides", tokenizer)
    shown = [asked(python, "-c", block, cwd=tmp_path) for block in blocks("docs/export.md", "readers")]
    assert len(shown) == 2
    assert f"{len(TEXTS)} https://pages.example.org/A page." in shown[0]
    assert f"en │ {len(TEXTS)}" in " ".join(shown[1].split())


def test_the_example_of_the_tutorial_runs(python: Path, tokenizer: Tokenizer, tmp_path: Path) -> None:
    made.export(tmp_path / "mine-hf", TEXTS, "Tides", tokenizer)
    (block,) = blocks("docs/tutorials/first-corpus.md", "readers")
    assert f"{len(TEXTS)} A page." in asked(python, "-c", block, cwd=tmp_path)
