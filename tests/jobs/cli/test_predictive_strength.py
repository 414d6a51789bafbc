"""`decantry predictive-strength`: its output, training a classifier on it, and bad input."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.command import decantry
from tests.oracles import strength

RANKING = {"small": 60.0, "middle": 70.0, "large": 80.0}
GOOD = ["lemma", "follows", "from", "theorem", "which", "prove", "by", "induction", "number", "vertices"]
BAD = ["buy", "cheap", "shoes", "now", "click", "here", "best", "offer", "week", "save"]


def table(count: int = 60) -> list[dict[str, Any]]:
    """Texts of two kinds: on the first, the models agree with the benchmark. Some texts lack a number."""
    chance = random.Random(7)
    rows: list[dict[str, Any]] = []
    for at in range(count):
        bits = [0.9, 0.8, 0.7] if at % 3 == 0 else chance.sample([0.7, 0.8, 0.9], 3)
        words = GOOD if bits == [0.9, 0.8, 0.7] else BAD
        text = " ".join(chance.choices(words, k=30))
        lost = {"large": None} if at % 10 == 9 else {}
        rows.append({"id": f"d{at}", "text": text, **dict(zip(RANKING, bits, strict=True)), **lost, "more": at})
    return rows


def files(folder: Path, rows: list[Any], ranking: Any = RANKING, name: str = "bits.jsonl") -> list[str]:
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    file = folder / name
    file.write_bytes(gzip.compress(lines.encode()) if name.endswith(".gz") else lines.encode())
    (folder / "ranking.json").write_text(json.dumps(ranking))
    return ["predictive-strength", str(file), "--ranking", str(folder / "ranking.json"), "--to", str(folder / "out")]


def written(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "out" / name).read_text().splitlines()]


def test_good_and_bad_texts_are_written_and_trained_on(tmp_path: Path) -> None:
    rows = table()
    said = decantry(*files(tmp_path, rows), "--output", "json")
    assert said.code == 0
    wanted = [
        strength.score({m: row[m] if row[m] is not None else float("nan") for m in RANKING}, RANKING) for row in rows
    ]
    good, bad = strength.chosen(wanted, 3)
    assert json.loads(said.out) == {
        "documents": 60,
        "unknown": 6,
        "pairs": 3,
        "good": len(good),
        "bad": len(bad),
        "bad_agree_in": max(wanted[at] or 0 for at in bad),
        "judged": str(tmp_path / "out" / "judged.jsonl"),
        "scores": str(tmp_path / "out" / "scores.jsonl"),
    }
    assert len(good) == len(bad) > 10
    scores = written(tmp_path, "scores.jsonl")
    assert [row.get("concordant") for row in scores] == wanted
    assert scores[0] == {"row": 1, "id": "d0", "concordant": 3, "strength": 1.0, "label": 1}
    assert scores[9] == {"row": 10, "id": "d9", "label": None}
    judged = written(tmp_path, "judged.jsonl")
    assert judged == [
        {"text": rows[at]["text"], "label": int(at in good), "id": rows[at]["id"]} for at in sorted([*good, *bad])
    ]
    trained = decantry(
        *("train", "fasttext", str(tmp_path / "out" / "judged.jsonl"), "--to", str(tmp_path / "model")),
        *("--folds", "2", "--output", "json"),
    )
    assert trained.code == 0
    assert json.loads(trained.out)["auc"] > 0.9


def test_parquet_and_packed_lines_say_the_same(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    rows = table()
    words = files(tmp_path, rows)
    assert decantry(*words).code == 0
    first = {name: (tmp_path / "out" / name).read_bytes() for name in ("scores.jsonl", "judged.jsonl")}
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "bits.parquet", row_group_size=7)
    for other in ("bits.parquet", "bits.jsonl.gz"):
        if other.endswith(".gz"):
            files(tmp_path, rows, name=other)
        told = decantry(words[0], str(tmp_path / other), *words[2:])
        assert told.code == 0
        assert told.out.splitlines()[0] == "texts     60, 6 of them lack the number of a model"
        assert {name: (tmp_path / "out" / name).read_bytes() for name in first} == first


ROW = {"text": "a", "small": 1.0, "middle": 0.9, "large": 0.8}
OTHER = {"text": "b", "small": 0.8, "middle": 0.9, "large": 1.0}


@pytest.mark.parametrize(
    ("rows", "ranking", "told"),
    [
        ([ROW, {**ROW, "text": None}], RANKING, "row 2, has None instead of a text"),
        ([{**ROW, "small": "1.0"}], RANKING, "row 1, has '1.0' for small: bits per character must be a number"),
        ([{**ROW, "small": True}], RANKING, "row 1, has True for small"),
        (
            [{"text": "a", "small": 1, "middle": 2, "larch": 3}],
            RANKING,
            "has no column large, which the ranking names: its first row has text, small, middle, larch",
        ),
        ([], RANKING, "has no row"),
        ([[1]], RANKING, "line 1, is not a JSON object"),
        ([OTHER], RANKING, "ranks the models as the benchmark does: the best agrees in 0 of 3 pairs"),
        ([ROW], RANKING, "every text of"),
        ([{**ROW, "large": 10**400}], RANKING, "for large: bits per character must be a number"),
        ([ROW, OTHER], {"small": 1.0}, "does not name two models"),
        ([ROW, OTHER], [1, 2, 3], "does not name two models"),
        ([ROW, OTHER], {"small": 1, "large": "2"}, "where large has the score '2'"),
        ([ROW, OTHER], {"small": 1, "large": float("nan")}, "where large has the score nan"),
        ([ROW, OTHER], {"small": 1, "large": 1.0}, "all models have the same score"),
    ],
)
def test_bad_input_fails_with_one_line_and_writes_nothing(
    rows: list[Any], ranking: Any, told: str, tmp_path: Path
) -> None:
    said = decantry(*files(tmp_path, rows, ranking))
    assert said.code == 2
    assert told in said.line
    assert not (tmp_path / "out").exists()


def test_missing_files_and_files_that_are_not_tables_are_errors(tmp_path: Path) -> None:
    words = files(tmp_path, [ROW, OTHER])
    assert (
        "does not exist: give a JSONL or Parquet file"
        in decantry(words[0], str(tmp_path / "no.jsonl"), *words[2:]).line
    )
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 no more")
    assert "torn.parquet cannot be read" in decantry(words[0], str(tmp_path / "torn.parquet"), *words[2:]).line
    (tmp_path / "torn.jsonl").write_text('{"text": ')
    assert "line 1, is not JSON" in decantry(words[0], str(tmp_path / "torn.jsonl"), *words[2:]).line
    (tmp_path / "ranking.json").write_text("{")
    assert "which is not JSON" in decantry(*words).line
    assert "--output is yaml: use text or json" in decantry(*words, "--output", "yaml").line
