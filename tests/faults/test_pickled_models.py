"""A pickle in place of a model is not opened, because it could run any code."""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path

import pytest

from decantry.jobs.setup import mlflow_client
from decantry.jobs.setup.fasttext import fasttext_model
from decantry.udfs.page import language
from tests.command import runner


class Canary:
    """Creates a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.folder),)


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """The folder that unpickling `model.bin` would create."""
    folder = tmp_path / "canary"
    (tmp_path / "model.bin").write_bytes(pickle.dumps(Canary(folder)))
    pickle.loads((tmp_path / "model.bin").read_bytes())
    folder.rmdir()
    return folder


@pytest.mark.parametrize("digest", ["none", "its own", "another"])
def test_a_pickled_language_model_is_one_line(
    canary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], digest: str
) -> None:
    model = canary.with_name("model.bin")
    sha256 = {"its own": hashlib.sha256(model.read_bytes()).hexdigest(), "another": "0" * 64}.get(digest)
    (tmp_path / "texts.jsonl").write_text('{"id": "1", "url": "", "text": "a few words"}\n')
    named = f"{model}#sha256={sha256}" if sha256 else str(model)
    input, lake = str(tmp_path / "texts.jsonl"), str(tmp_path / "lake")
    answer = runner(monkeypatch, capsys)("ingest", "--input", input, "--lake", lake, "--language-model", named)
    assert answer.code == 2
    assert (
        "has sha256" if digest == "another" else f"the language model {model} is not a fastText model"
    ) in answer.line
    with pytest.raises(language.ModelError):
        language.LanguageModel(str(model))
    assert not canary.exists()


@pytest.mark.parametrize("digest", ["none", "its own", "another"])
def test_a_pickled_classifier_is_one_line(
    canary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], digest: str
) -> None:
    model = canary.with_name("model.bin")
    sha256 = {"its own": hashlib.sha256(model.read_bytes()).hexdigest(), "another": "0" * 64}.get(digest)
    pinned = f"sha256: '{sha256}', " if sha256 else ""
    recipe = tmp_path / "good.yaml"
    recipe.write_text(
        f"recipe: good\nsteps:\n  - classifier: {{model: '{model}', {pinned}label: __label__a, above: 0.5}}\n"
    )
    (tmp_path / "texts.jsonl").write_text('{"id": "1", "url": "", "text": "a few words"}\n')
    input, lake = str(tmp_path / "texts.jsonl"), str(tmp_path / "lake")
    answer = runner(monkeypatch, capsys)("run", str(recipe), "--input", input, "--lake", lake)
    assert answer.code == 2
    assert ("its sha256 is" if digest == "another" else "it is not a fastText model") in answer.line
    with pytest.raises(ValueError, match=r"its sha256 is|it is not a fastText model"):
        fasttext_model(model, sha256)
    assert not canary.exists()


def test_mlflow_loads_no_pickles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_ALLOW_PICKLE_DESERIALIZATION", "true")
    mlflow_client.load()
    assert os.environ["MLFLOW_ALLOW_PICKLE_DESERIALIZATION"] == "false"
