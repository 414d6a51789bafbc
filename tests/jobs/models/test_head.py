from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from decantry.jobs.models import surface
from decantry.jobs.models.backends.choice import backend
from decantry.jobs.models.backends.wordllama import tensor
from decantry.jobs.models.head import Judged, balanced, fit
from decantry.jobs.models.head_file import load, save
from decantry.jobs.models.model import model_at
from decantry.jobs.process.errors import UserError
from tests.jobs.models.judged import rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEXTS = [row["text"] for row in rows(60)]
GOOD = np.array([row["label"] == 1 for row in rows(60)])


class Letters:
    """A backend that counts letters."""

    name, dimension, sha256 = "letters", 3, "ab" * 32

    def embed(self, texts: Sequence[str]) -> NDArray:
        return np.array([[text.count(letter) for letter in "etx"] for text in texts], float)


def judged(values: NDArray | None = None) -> Judged:
    found = {"surface": surface.surface(TEXTS), "letters": Letters().embed(TEXTS)}
    values = GOOD.astype(float) if values is None else values
    return Judged(found, values, GOOD, np.ones(60), np.arange(60))


def test_a_head_separates_and_is_the_same_after_it_was_written(tmp_path: Path) -> None:
    head = fit(judged(), 1, scored=False)
    scores = head(judged().found)
    assert ((scores > 0.5) == GOOD).mean() > 0.95
    save(head, {"letters": Letters.sha256}, tmp_path / "head.json")
    again, digests = load(tmp_path / "head.json")
    assert np.array_equal(again(judged().found), scores)
    assert digests == {"letters": Letters.sha256}
    save(fit(judged(), 1, scored=False), {"letters": Letters.sha256}, tmp_path / "twice.json")
    assert (tmp_path / "twice.json").read_bytes() == (tmp_path / "head.json").read_bytes()


def test_a_rare_class_weighs_as_much_as_the_other() -> None:
    assert balanced(np.array([True, False, False]), np.array([2.0, 1.0, 3.0])).tolist() == [3.0, 0.75, 2.25]


def test_a_ridge_gives_scores() -> None:
    values = GOOD * 3.0 + 1
    head = fit(judged(values), 1, scored=True)
    assert np.abs(head(judged().found) - values).mean() < 0.7


def test_a_file_that_is_not_a_head_is_an_error(tmp_path: Path) -> None:
    for content in ("", "[]", '{"form": "other"}', '{"form": "decantry-head@1"}'):
        (tmp_path / "head.json").write_text(content)
        with pytest.raises(UserError, match="is not a head of the form decantry-head@1"):
            load(tmp_path / "head.json")


def test_a_head_on_other_surface_features_is_refused(tmp_path: Path) -> None:
    save(fit(judged(), 1, scored=False), {"letters": Letters.sha256}, tmp_path / "head.json")
    content = json.loads((tmp_path / "head.json").read_text())
    content["blocks"][0]["version"] = 0
    (tmp_path / "head.json").write_text(json.dumps(content))
    with pytest.raises(
        UserError, match=rf"^{tmp_path}/head\.json was trained with version 0 of the surface features: "
    ):
        model_at(tmp_path / "head.json", "0" * 64)


def test_surface_features() -> None:
    row = dict(zip(surface.NAMES, surface.features("Buy now!\nBuy now!\nThe cat, it is said, sat."), strict=True))
    assert (row["lines"], row["repeated_lines"]) == (pytest.approx(np.log(4)), pytest.approx(1 / 3))
    assert (row["commas"], row["shouted_marks"]) == (2 / 10, 2 / 10)
    assert (row["ended_lines"], row["short_lines"], row["common_words"]) == (1.0, 2 / 3, 4 / 10)
    assert np.isfinite(surface.surface(["", "\n\0", "x" * 200_000, "\ud800", "!" * 50])).all()


def test_missing_backends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no backend bert: use wordllama, universal, or onnx:FOLDER"):
        backend("bert")
    with pytest.raises(UserError, match=r"has no \.onnx file with a tokenizer\.json"):
        backend(f"onnx:{tmp_path}")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for name, extra in (("wordllama", "wordllama"), ("universal", "universal")):
        with pytest.raises(UserError, match=rf"pip install 'decantry\[{extra}\]'"):
            backend(name)


def test_a_tensor_of_a_safetensors_file(tmp_path: Path) -> None:
    header = json.dumps({"embedding.weight": {"dtype": "F16", "shape": [2, 2], "data_offsets": [0, 8]}}).encode()
    content = struct.pack("<Q", len(header)) + header + np.array([[1, 2], [3, 4]], np.float16).tobytes()
    (tmp_path / "weights").write_bytes(content)
    assert tensor(tmp_path / "weights", "embedding.weight").tolist() == [[1, 2], [3, 4]]


def test_wordllama_reads_its_wheel() -> None:
    pytest.importorskip("tokenizers", reason="the extra wordllama is not installed")
    made = backend("wordllama")
    found = made.embed(["A cat sat on a mat.", "", "A cat sat on a mat."])
    assert found.shape == (3, made.dimension)
    assert np.array_equal(found[0], found[2])
    assert not found[1].any()
