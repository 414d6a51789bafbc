from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from decantry.jobs.label.agreement import agreement
from tests.command import decantry
from tests.oracles import agreement as oracle


@pytest.mark.parametrize("seed", range(30))
def test_it_equals_the_oracle(seed: int) -> None:
    dice = random.Random(seed)
    count, most = dice.choice([1, 2, 7, 60]), dice.choice([1, 2, 5])
    one = [dice.randint(0, most) for _ in range(count)]
    other = [min(5, max(0, score + dice.choice([-1, 0, 0, 2]))) for score in one]
    found = agreement(one, other)
    assert found.kappa == pytest.approx(oracle.kappa(one, other))
    assert found.spearman == pytest.approx(oracle.spearman(one, other))
    assert found.exact == sum(a == b for a, b in zip(one, other, strict=True)) / count
    assert found.within_one == sum(abs(a - b) <= 1 for a, b in zip(one, other, strict=True)) / count
    pairs = list(zip(one, other, strict=True))
    assert found.confusion == [[pairs.count((a, b)) for b in range(6)] for a in range(6)]


def test_full_agreement_its_opposite_and_one_score_only() -> None:
    assert (agreement([0, 3, 5], [0, 3, 5]).kappa, agreement([0, 3, 5], [0, 3, 5]).spearman) == (1.0, 1.0)
    assert (agreement([0, 5], [5, 0]).kappa, agreement([0, 5], [5, 0]).spearman) == (-1.0, -1.0)
    same = agreement([2, 2], [2, 2])
    assert (same.kappa, same.spearman, same.exact) == (None, None, 1.0)


def file(folder: Path, name: str, *rows: object) -> str:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_files_are_matched_by_id_else_by_text(tmp_path: Path) -> None:
    people = file(tmp_path, "people.jsonl", {"id": "a", "text": "A", "score": 1}, {"id": "b", "text": "B", "score": 4})
    model = file(
        tmp_path, "model.jsonl", {"id": "b", "score": 5.0}, {"id": "c", "score": 0}, {"id": "a", "score": None}
    )
    texts = file(tmp_path, "texts.jsonl", {"text": "A", "label": 1}, {"text": "B", "label": 2})
    answer = decantry("agreement", people, model, texts, "--output", "json")
    assert answer.code == 0, answer.err
    found = {(Path(each["one"]).stem, Path(each["other"]).stem): each for each in json.loads(answer.out)}
    assert {pair: each["count"] for pair, each in found.items()} == {
        ("people", "model"): 1, ("people", "texts"): 2, ("model", "texts"): 0,
    }  # fmt: skip
    assert found["people", "model"]["within_one"] == 1.0
    assert found["people", "texts"]["exact"] == 0.5
    assert found["people", "texts"]["confusion"][4] == [0, 0, 1, 0, 0, 0]
    array = tmp_path / "people.json"
    array.write_text('[\n{"id": "a", "score": 1},\n{"id": "b", "score": 4}\n]\n')
    assert json.loads(decantry("agreement", people, str(array), "-o", "json").out)[0]["exact"] == 1.0
    shown = decantry("agreement", people, texts).out
    assert "texts       2" in shown
    assert "kappa       0.429 (quadratic weights)" in shown


def test_an_id_with_another_text_is_another_text(tmp_path: Path) -> None:
    one = file(tmp_path, "one.jsonl", {"id": "1", "text": "A", "score": 1}, {"id": "2", "text": "B", "score": 4})
    other = file(tmp_path, "other.jsonl", {"id": "1", "text": "B", "score": 4}, {"id": "2", "text": "A", "score": 1})
    (found,) = json.loads(decantry("agreement", one, other, "-o", "json").out)
    assert (found["count"], found["exact"]) == (2, 1.0)


def test_a_number_that_is_none_is_a_missing_id(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    rows = {"id": [float("nan")] * 2, "text": ["A", "B"], "score": [1.0, 4.0]}
    parquet.write_table(pyarrow.table(rows), tmp_path / "one.parquet")
    other = file(tmp_path, "other.jsonl", {"text": "A", "score": 1}, {"text": "B", "score": 3})
    (found,) = json.loads(decantry("agreement", str(tmp_path / "one.parquet"), other, "-o", "json").out)
    assert (found["count"], found["exact"]) == (2, 0.5)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"id": "a", "score": 6}, "row 1 has the score 6: use a whole number from 0 to 5"),
        ({"id": "a", "score": 2.5}, "row 1 has the score 2.5"),
        ({"id": "a", "score": True}, "row 1 has the score True"),
        ({"id": "a", "grade": 2}, "row 1 has the score None"),
        ({"score": 2}, "row 1 has neither `id` nor `text`"),
        ({"id": "a", "score": None}, "has no scores"),
    ],
)
def test_bad_rows(tmp_path: Path, row: object, told: str) -> None:
    answer = decantry("agreement", file(tmp_path, "bad.jsonl", row))
    assert answer.code == 2
    assert told in answer.line


def test_two_scores_for_one_text_and_nobody_to_compare_with(tmp_path: Path) -> None:
    twice = file(tmp_path, "twice.jsonl", {"id": "a", "score": 1}, {"id": "a", "score": 2})
    once = file(tmp_path, "once.jsonl", {"id": "b", "score": 1})
    other = file(tmp_path, "other.jsonl", {"id": "c", "score": 1})
    assert "row 2: a has another score in an earlier row" in decantry("agreement", twice).line
    assert "two raters are needed" in decantry("agreement", once).line
    assert "have no text in common" in decantry("agreement", once, other).line
    assert "does not exist" in decantry("agreement", once, str(tmp_path / "nothing.jsonl")).line
    assert "--output is xml" in decantry("agreement", once, other, "--output", "xml").line
