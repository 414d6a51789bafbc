"""Named models: found and tried, or refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.models.fasttext_training import GOOD, OTHER
from decantry.jobs.models.named import model_of
from decantry.jobs.models.words import words
from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.cache import digest
from decantry.jobs.setup.registry import located
from tests.fasttext_model import write_model
from tests.jobs.models.made_models import write_export, write_head


def test_a_model_of_fasttext(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    sha256 = write_model(path, {"__label__hq": ["good"], "__label__lq": ["bad"]})
    found = model_of(str(path), sha256, "__label__hq")
    assert (found.kind, found.path, found.sha256, found.label, found.words) == (
        *("fasttext", path, sha256, "__label__hq"),
        False,
    )
    for label, told in ((None, "needs a label"), ("__label__x", "has no label __label__x")):
        with pytest.raises(UserError, match=f"{told}: name one of __label__hq, __label__lq$"):
            model_of(str(path), label=label)


def test_a_model_of_train_fasttext_is_known_by_its_words(tmp_path: Path) -> None:
    assert words("A text.") == "a text . ¶.s"
    path = tmp_path / "model.bin"
    write_model(path, {GOOD: ["a", "¶.s"], OTHER: ["b"]})
    found = model_of(str(path))
    assert (found.label, found.words) == (GOOD, True)
    assert model_of(str(path), label=OTHER).label == OTHER
    write_model(path, {GOOD: ["a", "¶", "x¶.s"], OTHER: ["¶.sx"]})
    assert model_of(str(path), label=GOOD).words is False
    with pytest.raises(UserError, match="needs a label"):
        model_of(str(path))


def test_a_head_has_one_label(tmp_path: Path) -> None:
    write_head(tmp_path / "score.json")
    write_head(tmp_path / "probability.json", scored=False)
    for label in ("score", "probability"):
        assert model_of(str(tmp_path / f"{label}.json")).label == label
    with pytest.raises(UserError, match="has no label hq: its only label is score"):
        model_of(str(tmp_path / "score.json"), label="hq")


def test_a_file_that_is_not_a_model_fails_with_one_line(tmp_path: Path) -> None:
    whole = tmp_path / "whole.bin"
    write_model(whole, {"a": ["x"], "b": ["y"]})
    head = tmp_path / "head.json"
    write_head(head)
    damaged = {
        "cut.bin": whole.read_bytes()[:-7],
        "short.bin": whole.read_bytes()[:4],
        "empty": b"",
        "cut.json": head.read_bytes()[:200],
        "fewer.json": head.read_bytes().replace(b'"weights": [', b'"weights": [\n  0.5,', 1),
        "text": b"a text\0\xff",
    }
    for name, content in damaged.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UserError) as told:
            model_of(str(tmp_path / name), label=None if "json" in name else "a")
        assert name in str(told.value), name
        assert "\n" not in str(told.value), name
    with pytest.raises(UserError, match=f"has sha256 {digest(head)}, not {'0' * 64}"):
        model_of(str(head), "0" * 64)
    with pytest.raises(UserError, match=r"no\.json is not there"):
        model_of(str(tmp_path / "no.json"))
    with pytest.raises(UserError, match="needs its sha256"):
        model_of("https://models.example.org/head.json")


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tokenizers", reason="the extra onnx is not installed")
    write_export(tmp_path / "export")
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    with pytest.raises(UserError, match=r"pip install 'decantry\[onnx\]'"):
        model_of(str(tmp_path / "export"))


def test_folders_and_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "home"))
    with pytest.raises(UserError, match=f"cache:edu is not in the cache: put it at {tmp_path}/home/models/edu"):
        located("cache:edu")
    for odd in ("cache:", "cache:../edu", "cache:a/b", "cache:.."):
        with pytest.raises(UserError, match="is not of the form cache:NAME"):
            located(odd)
    folder = tmp_path / "home" / "models" / "edu"
    write_export(folder)
    path, sha256 = located("cache:edu")
    assert (path, located(str(folder), sha256)) == (folder, (folder, sha256))
    tokenizer = folder / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text() + "\n")
    assert located("cache:edu")[1] != sha256
    with pytest.raises(UserError, match=f"not {sha256}"):
        located("cache:edu", sha256)
    own = write_head(folder / "head.json")
    assert located("cache:edu") == (folder / "head.json", own)
    (tmp_path / "none").mkdir()
    with pytest.raises(UserError, match=r"has no model: no head\.json or model\.bin, no \.onnx"):
        located(str(tmp_path / "none"))
