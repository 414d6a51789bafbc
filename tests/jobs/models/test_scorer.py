"""Scorers in Python: a text has the same score beside any other texts, and every text has a score."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import pytest

from decantry.jobs.models.backends.choice import backend
from decantry.jobs.models.export import MOST_TOKENS, Export
from decantry.jobs.models.features import blocks
from decantry.jobs.models.head_file import load, save
from decantry.jobs.models.scored import finite
from decantry.jobs.models.scorer import HeadScorer, scorer
from decantry.jobs.process.errors import UserError
from tests.jobs.models.judged import rows
from tests.jobs.models.made_models import write_export, write_head, write_mixed_head

ODD = ["", "\0a\0B", "\n\n A\r\n\t", "ABCD" * 2_500_000, "half a \ud800 pair", "字" * 300, "One, two. Three!"]


@pytest.fixture(scope="module")
def head(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A head on WordLlama and on surface features."""
    pytest.importorskip("tokenizers", reason="the extra wordllama is not installed")
    path = tmp_path_factory.mktemp("head") / "head.json"
    write_mixed_head(path, backend("wordllama"))
    return path


def test_a_head_has_a_score_for_any_text(head: Path) -> None:
    texts = [row["text"] for row in rows(37, seed=2)] + ODD
    made = HeadScorer(head)
    scores = [made(text) for text in texts]
    assert len({*scores}) > 30
    assert scores == [made(text) for text in texts[::-1]][::-1]
    assert all(0 <= score <= 1 for score in scores)


def test_a_head_gives_the_scores_of_its_training(head: Path) -> None:
    found, _ = load(head)
    texts = [row["text"] for row in rows(20)]
    together = found(blocks(texts, [backend("wordllama")], with_surface=True))
    assert [HeadScorer(head)(text) for text in texts] == pytest.approx(together.tolist(), abs=1e-12)


def test_a_head_scores_as_it_did_in_earlier_versions(head: Path) -> None:
    """If this fails, raise VERSIONS in jobs/models/model.py."""
    made = HeadScorer(head)
    assert [made(text) for text in ("", "One, two. Three!", "Naïve café 字\n", rows(1)[0]["text"])] == pytest.approx(
        [0.8398940607, 0.5184154822, 0.5922588567, 0.8688180504], abs=1e-9
    )


def test_a_head_without_backends(tmp_path: Path) -> None:
    write_head(tmp_path / "head.json")
    made = HeadScorer(tmp_path / "head.json")
    assert [made(text) for text in ("", "abcd", "Abcd", "ABcd", "ABCD")] == pytest.approx([0, 0, 1.25, 2.5, 5])


def test_a_head_on_other_weights_is_refused(head: Path, tmp_path: Path) -> None:
    found, digests = load(head)
    save(found, dict.fromkeys(digests, "0" * 64), tmp_path / "head.json")
    with pytest.raises(
        UserError, match=rf"was trained on wordllama with sha256 {'0' * 64}, but the installed wordllama has sha256"
    ):
        HeadScorer(tmp_path / "head.json")


def test_a_scorer_is_loaded_once(tmp_path: Path) -> None:
    sha256 = write_head(tmp_path / "head.json")
    path = str(tmp_path / "head.json")
    assert scorer(path, sha256) is scorer(path, sha256)


def test_a_model_that_was_changed_while_it_was_in_use_is_refused(tmp_path: Path) -> None:
    write_head(tmp_path / "head.json")
    with pytest.raises(UserError, match=r"was changed while it was in use: its sha256 is [0-9a-f]{64}, not 000"):
        scorer(str(tmp_path / "head.json"), "0" * 64)


def test_an_export_gives_the_number_of_its_network(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the extra onnx is not installed")
    write_export(tmp_path)
    made = Export(tmp_path)
    assert [made(text) for text in ("", "a", "a b", "c")] == pytest.approx([1.5, 2, 2.5, 8 / 3])


def test_an_export_reads_the_first_tokens(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the extra onnx is not installed")
    write_export(tmp_path)
    made = Export(tmp_path)
    room = MOST_TOKENS - 2
    first = made(" ".join(["a"] * room))
    assert first == pytest.approx((3 * room + 3) / MOST_TOKENS)
    assert made(" ".join(["a"] * room + ["c"] * 100_000)) == first
    assert all(isfinite(made(text)) for text in ODD)


def test_an_export_of_several_numbers_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="the extra onnx is not installed")
    write_export(tmp_path, outputs=3)
    with pytest.raises(UserError, match="returns 1 x 3 numbers for a text, and a score is one"):
        Export(tmp_path)


def test_a_score_that_is_not_a_number_names_the_document() -> None:
    assert finite(-1.0, "x") == -1.0
    with pytest.raises(ValueError, match="the document y the score nan"):
        finite(float("nan"), "y")
