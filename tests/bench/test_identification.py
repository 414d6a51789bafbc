from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.identification import accuracies, joined, main
from tests.fasttext_model import write_model


def test_accuracy_by_language_with_wilsons_interval() -> None:
    found = [("de", "de")] * 9 + [("de", "nl"), ("fr", "fr"), ("fr", "fr")]
    german, french = accuracies(found)
    assert (german.language, german.sentences, german.right, german.taken_for) == ("de", 10, 9, (("nl", 1),))
    assert german.interval == pytest.approx((0.5958, 0.9821), abs=1e-4)  # Wilson 1927, for 9 of 10
    assert french.interval == pytest.approx((0.3424, 1.0), abs=1e-4)


def test_a_model_with_other_labels_is_right_where_the_language_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_model(tmp_path / "m.ftz", {"deu_Latn": ["der", "und"], "fra_Latn": ["les", "et"]})
    rows = [("de", "der und der"), ("fr", "les et les"), ("fr", "der und")]
    (tmp_path / "s.jsonl").write_text("".join(json.dumps({"language": i, "text": t}) + "\n" for i, t in rows))
    main(tmp_path / "s.jsonl", str(tmp_path / "m.ftz"))
    told = capsys.readouterr().out
    assert "| de | 1 | 1 | 1.000 |" in told
    assert "| fr | 2 | 1 | 0.500 (below 0.97) |" in told
    assert "deu_Latn 1 |" in told
    assert "all: 0.6667 of 3" in told


def test_sentences_are_joined_within_their_language() -> None:
    rows = [("de", "a"), ("fr", "x"), ("de", "b"), ("fr", "y"), ("de", "c")]
    assert joined(rows, 2) == [("de", "a b"), ("fr", "x y")]
    assert joined(rows, 4) == []
