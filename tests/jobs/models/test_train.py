from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.setup import mlflow_client, registry
from decantry.jobs.setup.registry import resolve
from tests.command import Answer, decantry
from tests.jobs.models.judged import rows, write


@pytest.fixture(autouse=True)
def no_tracking(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    return write(tmp_path / "judged.jsonl", rows())


def train(kind: str, file: Path, *more: str) -> Answer:
    return decantry("train", kind, str(file), "--to", str(file.parent / kind), "--folds", "3", *more)


def test_one_json_object_and_a_folder(judged: Path) -> None:
    answer = train("fasttext", judged, "--output", "json")
    assert answer.code == 0
    assert answer.err.count("tracking is off") == 1
    figures = json.loads(answer.out)
    assert 0.9 < figures["auc_low"] <= figures["auc"] <= figures["auc_high"] <= 1
    assert 0 <= figures["length_auc_low"] <= figures["length_auc"] < 1
    folder = judged.parent / "fasttext"
    assert {file.name for file in folder.iterdir()} == {
        "model.bin", "card.md", "metrics.json", "calibration.svg", "thresholds.svg",
    }  # fmt: skip
    assert figures["sha256"] == hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest()
    card = (folder / "card.md").read_text()
    assert f"sha256 of the model's file: `{figures['sha256']}`" in card
    assert f"| the classifier | {figures['auc']:.3f} |" in card
    assert f"| length in characters alone | {figures['length_auc']:.3f} |" in card
    assert hashlib.sha256(judged.read_bytes()).hexdigest() in card
    assert (folder / "thresholds.svg").read_text().count("<polyline") == 4
    again = train("fasttext", judged, "--output", "json")
    assert again.out == answer.out


def test_labels_that_mean_nothing_are_not_learnt(tmp_path: Path) -> None:
    """The figure is of unseen texts. Otherwise copies with another label would be known by heart."""
    shuffled = [{"text": row["text"], "label": number // 2 % 2} for number, row in enumerate(rows(80))]
    answer = train("fasttext", write(tmp_path / "a.jsonl", [*shuffled, *shuffled]), "--output", "json")
    assert 0.25 < json.loads(answer.out)["auc"] < 0.75
    assert json.loads(answer.out)["families"] == 80


def test_an_embedding_head(judged: Path) -> None:
    pytest.importorskip("tokenizers", reason="the extra wordllama is not installed")
    answer = train("embedding", judged)
    assert answer.code == 0
    assert answer.out.startswith("AUC         ")
    content = json.loads((judged.parent / "embedding" / "head.json").read_text())
    assert [block["name"] for block in content["blocks"]] == ["surface", "wordllama"]
    assert train("embedding", judged, "--no-surface").code == 0
    content = json.loads((judged.parent / "embedding" / "head.json").read_text())
    assert [block["name"] for block in content["blocks"]] == ["wordllama"]


def test_scores_and_probabilities_are_distinguished(tmp_path: Path) -> None:
    pytest.importorskip("tokenizers", reason="the extra wordllama is not installed")
    scored = [{"text": row["text"], "score": 4.0 if row["label"] else 1.5} for row in rows()]
    file = write(tmp_path / "a.jsonl", scored)
    folder = tmp_path / "made"

    words = json.loads(train("fasttext", file, "--above", "3", "--output", "json", "--to", str(folder)).out)
    assert 0 <= words["calibration_error"] <= 1
    assert "- gives: the probability of `score_3`" in (folder / "card.md").read_text()

    head = json.loads(train("embedding", file, "--above", "3", "--output", "json", "--to", str(folder)).out)
    assert head["calibration_error"] is None
    card = (folder / "card.md").read_text()
    assert "- gives: the score that people would give" in card and "Calibration" not in card
    assert {each.name for each in folder.iterdir()} == {
        "model.bin", "head.json", "card.md", "metrics.json", "thresholds.svg",
    }  # fmt: skip


def test_invalid_utf8_does_not_stop_the_card(tmp_path: Path) -> None:
    odd = [row | {"label": "good" if row["label"] else "\ud800"} for row in rows()]
    answer = train("fasttext", write(tmp_path / "a.jsonl", odd), "--positive", "good")
    assert answer.code == 0
    card = (tmp_path / "fasttext" / "card.md").read_text(encoding="utf-8")
    assert "20 of `good`, 20 of `?`" in card


def test_a_folder_that_is_a_file_fails_before_training(judged: Path) -> None:
    for kind in ("fasttext", "extractor"):
        answer = decantry("train", kind, str(judged), "--to", str(judged))
        assert (answer.code, "is not a folder: name another folder" in answer.line) == (2, True)


def test_a_model_in_the_registry_is_found_by_its_alias(
    judged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = f"sqlite:///{tmp_path / 'lake' / 'ops' / 'mlflow.db'}"
    options = ("--lake", str(tmp_path / "lake"), "--register", "edu", "--alias", "champion", "--output", "json")
    first = json.loads(train("fasttext", judged, *options).out)
    assert first["registered"] == "models:/edu/1"
    (described,) = (tmp_path / "lake" / "ops" / "mlflow").rglob("MLmodel")
    assert {file.name for file in described.parent.iterdir()} == {
        *("model.bin", "card.md", "metrics.json", "calibration.svg", "thresholds.svg"),
        *("MLmodel", "input_example.json"),
    }
    model = json.loads(described.read_text())
    assert model["flavors"]["decantry"]["sha256"] == first["sha256"]
    assert {side: json.loads(each)[0]["name"] for side, each in model["signature"].items()} == {
        "inputs": "text", "outputs": "probability",
    }  # fmt: skip
    second = json.loads(train("fasttext", judged, *options, "--seed", "2").out)
    assert second["registered"] == "models:/edu/2"
    assert second["sha256"] != first["sha256"]

    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", raising=False)
    path, sha256 = resolve("models:/edu/1", store=store)
    assert "Downloading" not in capsys.readouterr().err
    assert (sha256, hashlib.sha256(path.read_bytes()).hexdigest()) == (first["sha256"], first["sha256"])
    assert resolve("models:/edu@champion", store=store)[1] == second["sha256"]
    assert resolve("models:/edu/1", first["sha256"], store) == (path, first["sha256"])
    assert resolve("models:/edu@champion", first["sha256"], f"sqlite:///{tmp_path / 'none.db'}") == (
        path, first["sha256"],
    )  # fmt: skip
    assert not (tmp_path / "none.db").exists()
    for model, pinned, told in (
        ("models:/edu@champion", "0" * 64, "is version 2 with sha256"),
        ("models:/edu@nobody", None, "the registry has no models:/edu@nobody"),
        ("models:/other@champion", None, "the registry has no models:/other@champion"),
        ("models:/edu", None, "is not of the form models:/NAME@ALIAS"),
    ):
        with pytest.raises(UserError, match=told):
            resolve(model, pinned, store)

    next((tmp_path / "lake" / "ops" / "mlflow").rglob("model.bin")).write_bytes(b"another")
    for kept in (tmp_path / "home" / "models").rglob("model.bin"):
        kept.unlink()
    changed = 0
    for version in ("1", "2"):
        try:
            resolve(f"models:/edu/{version}", store=store)
        except UserError as error:
            assert "it was changed" in str(error)
            changed += 1
    assert changed == 1


def test_a_registry_must_be_named(judged: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="name it in MLFLOW_TRACKING_URI"):
        resolve("models:/edu@champion")
    with pytest.raises(UserError, match=r"there is no model registry at sqlite:///.*/none/mlflow\.db: name another"):
        resolve("models:/edu@champion", store=f"sqlite:///{tmp_path}/none/mlflow.db")
    assert not (tmp_path / "none").exists()
    (tmp_path / "mlflow.db").touch()
    registry.require_there(f"sqlite:///{tmp_path}/mlflow.db?timeout=60")
    assert resolve(str(judged)) == (judged, hashlib.sha256(judged.read_bytes()).hexdigest())


def test_a_dead_registry_is_given_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "0")
    for name in mlflow_client.SOON:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    seen: list[str | None] = []
    version = registry._version

    def watched(*words: Any, **names: Any) -> Any:
        seen.extend(os.environ.get(name) for name in mlflow_client.SOON)
        return version(*words, **names)

    monkeypatch.setattr(registry, "_version", watched)
    with pytest.raises(InfrastructureError, match=r"^MLflow could not give models:/edu@champion: "):
        resolve("models:/edu@champion", store="http://127.0.0.1:9")
    assert seen == ["10", "2"]
    assert not mlflow_client.SOON.keys() & os.environ.keys()  # the download of a file may take longer


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("bert", "{file}"), "there is no kind bert: use fasttext, embedding or extractor"),
        (("fasttext", "{file}", "--output", "csv"), "--output is csv: use text or json"),
        (("fasttext", "{file}", "--register", "edu"), "--register needs MLflow"),
        (("fasttext", "{file}", "--alias", "champion"), "--alias needs --register NAME"),
        (("fasttext", "{file}", "--register", "a/b"), "--register is a/b: use letters, digits, - and _"),
        (("fasttext", "{file}", "--folds", "21"), "21 folds need 21 unrelated good texts"),
        (("fasttext", "{file}", "--folds", "0"), "--folds is 0: use 2 or more"),
        (("fasttext", "{file}", "--backend", "wordllama"), "--backend is only for `train embedding`"),
        (("embedding", "{file}", "--backend", "bert"), "there is no backend bert"),
        (("embedding", "{file}", "--positive", "2"), "no row has the label 2: the labels are 0, 1"),
        (("fasttext", "nowhere.jsonl"), "nowhere.jsonl does not exist"),
        (("fasttext", "{file}", "--share", "0.5"), "`train fasttext` does not use --share: leave it out"),
        (("extractor", "{file}", "--folds", "1"), "--folds is 1: use 2 or more"),
        (
            ("extractor", "{file}", "--above", "3", "--register", "a"),
            "`train extractor` does not use --above, --register: ",
        ),
        (
            ("extractor", "{file}", "--output", "text", "--backend", "x"),
            "`train extractor` does not use --backend, --output",
        ),
        (
            ("extractor", "{file}", "--positive", "1", "--alias", "a", "--lake", "l"),
            "`train extractor` does not use --pos",
        ),
    ],
)
def test_bad_usage_is_one_line_and_writes_nothing(judged: Path, words: tuple[str, ...], told: str) -> None:
    given = [word.replace("{file}", str(judged)) for word in words]
    answer = decantry("train", *given, "--to", str(judged.parent / "made"))
    assert answer.code == 2
    assert answer.line.startswith(told)
    assert answer.err.count("\n") == 1 or words[0] == "extractor"  # a job says first whether it is tracked
    assert not (judged.parent / "made").exists()


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "least"), [("fasttext", 0.82), ("embedding", 0.85)])
def test_people_judgements_are_learnt(kind: str, least: float, tmp_path: Path, shared_data: Path) -> None:
    file = shared_data / "quality" / "human-judgements-dev.jsonl"
    words = ("train", kind, str(file), "--to", str(tmp_path / kind), "--folds", "5", "--seed", "1", "--output", "json")
    figures = json.loads(decantry(*words).out)
    assert figures["auc"] > least
    assert figures["length_auc"] < figures["auc_low"]
