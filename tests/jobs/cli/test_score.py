"""`decantry score`, and recipes that need a score: an unusable model is one line before anything is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import Answer, runner
from tests.fasttext_model import write_model
from tests.jobs.models.made_models import write_head

Run = Callable[..., Answer]


@pytest.fixture
def decantry(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    for name in ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI"):
        monkeypatch.delenv(name, raising=False)
    return runner(monkeypatch, capsys)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("{}/head.json", "--sha256", "0" * 64), "head.json has sha256"),
        (("{}/head.json", "--label", "hq"), "has no label hq: its only label is score"),
        (("{}/model.bin",), "needs a label: name one of __label__hq, __label__lq"),
        (("{}/model.bin", "--label", "__label__x"), "has no label __label__x: name one of __label__hq, __label__lq"),
        (("{}/cut.bin", "--label", "__label__hq"), "cut.bin cannot be used: it is cut short or damaged"),
        (("{}/cut.json",), "cut.json is neither a fastText file nor a head"),
        (("{}/none.json",), "none.json is not there"),
        (("models:/edu@champion",), "models:/edu@champion is in a registry: name it in MLFLOW_TRACKING_URI"),
        (("cache:none",), "cache:none is not in the cache: put it at"),
        (("s3://bucket/head.json",), "needs its sha256"),
    ],
)
def test_a_model_that_will_not_do(decantry: Run, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    write_head(tmp_path / "head.json")
    write_model(tmp_path / "model.bin", {"__label__hq": ["good"], "__label__lq": ["bad"]})
    for name, content in (("cut.bin", "model.bin"), ("cut.json", "head.json")):
        (tmp_path / name).write_bytes((tmp_path / content).read_bytes()[:-7])
    lake = tmp_path / "lake"
    answer = decantry("score", *(word.format(tmp_path) for word in words), "--lake", str(lake))
    assert answer.code == 2
    assert told in answer.line
    assert not lake.exists()


def test_a_recipe_whose_model_will_not_do(decantry: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({"id": "1", "url": "https://example.org/", "text": "A text."}))
    write_head(tmp_path / "head.json", scored=False)
    for step, told in (
        (f"edu_score: {{model: {tmp_path}/head.json}}", "has no label score: its only label is probability"),
        (f"score: {{model: {tmp_path}/none.json, column: quality}}", "none.json is not there"),
        (f"score: {{model: {tmp_path}/head.json, sha256: {'a' * 64}, column: quality}}", "has sha256"),
        (f"score: {{model: {tmp_path}/rows.jsonl, column: quality}}", "is neither a fastText file nor a head"),
    ):
        (tmp_path / "mine.yaml").write_text(f"recipe: mine\nsteps:\n  - {step}\n")
        lake = tmp_path / "lake"
        answer = decantry("run", f"{tmp_path}/mine.yaml", "--input", f"{tmp_path}/rows.jsonl", "--lake", str(lake))
        assert (answer.code, answer.line.startswith(f"the step {step.partition(':')[0]}: ")) == (2, True)
        assert told in answer.line
        assert not lake.exists()


def test_the_registry_beside_a_lake_is_asked(decantry: Run, tmp_path: Path) -> None:
    (tmp_path / "lake" / "ops").mkdir(parents=True)
    (tmp_path / "lake" / "ops" / "mlflow.db").touch()
    answer = decantry("score", "models:/edu@nobody", "--lake", str(tmp_path / "lake"))
    assert (answer.code, "the registry has no models:/edu@nobody" in answer.line) == (2, True)


def test_the_recipes_are_listed_without_their_model(
    decantry: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    listed = decantry("recipes").out
    assert "fineweb-edu           FineWeb-Edu's score of 3 or more" in listed
    shown = decantry("recipes", "fineweb-edu-score-2").out
    assert "removes edu_score.low_score when int_score < 2" in shown
    assert "model cache:fineweb-edu-classifier" in shown
