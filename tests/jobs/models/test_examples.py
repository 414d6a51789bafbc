from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake
from pyarrow import parquet

from decantry.jobs.models.examples import examples
from decantry.jobs.models.read import mapping, read
from decantry.jobs.process.errors import UserError
from tests.jobs.models.judged import write

TWO = [{"text": "a", "label": 1}, {"text": "b", "label": 0}]


def test_labels() -> None:
    found = examples([{"text": "a", "label": 1, "host": "x.org", "weight": 2}, {"text": "b", "label": 0.0}])
    assert (found.good, found.values, found.weights) == ([True, False], [1.0, 0.0], [2.0, 1.0])
    assert (found.groups, found.trained, found.good_label, found.other_label) == (["x.org", ""], [True, True], "1", "0")
    assert examples([{"text": "a", "label": "hq"}, {"text": "b", "label": "cc"}], positive="hq").good == [True, False]
    three = [{"text": "a", "label": word} for word in ("good", "bad", "ugly")]
    assert (examples(three, positive="bad").good, examples(three, positive="bad").other_label) == (
        [False, True, False], "other",
    )  # fmt: skip


def test_a_label_is_well_formed() -> None:
    assert examples([{"text": "a", "label": "\ud800"}, {"text": "b", "label": "x"}], positive="?").good_label == "?"


def test_scores() -> None:
    found = examples([{"text": "a", "score": 3.5}, {"text": "b", "score": 1}], above=3)
    assert (found.good, found.values, found.scored) == ([True, False], [3.5, 1.0], True)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "there are no rows to train on"),
        ([{"body": "a", "label": 1}], "there is no column `text`: the columns are body, label"),
        ([{"text": "a", "good": 1}], "there is no column `label` or `score`: the columns are text, good"),
        ([{"text": "a", "label": 1}, {"text": "b", "label": 1}], "all 2 rows are of one class, 1"),
        ([{"text": "a", "label": 1}, {"text": None, "label": 0}], "row 2 has None instead of a text"),
        ([{"text": "a", "label": 1}, {"text": "b", "label": None}], "row 2 has the label None"),
        (
            [{"text": "a", "label": "x"}, {"text": "b", "label": "y"}],
            "--positive is missing: name the good label, one of x, y",
        ),
        ([{"text": "a", "score": 1.0}, {"text": "b", "score": float("nan")}], "row 2 has the score nan"),
        ([*TWO, {"text": "c", "label": 1, "weight": -1}], "row 3 has the weight -1: it must be above 0"),
        ([*TWO, {"text": "c", "label": 1, "split": "tset"}], "row 3 has the split 'tset'"),
        ([*TWO, {"text": "c", "label": 1, "split": []}], "row 3 has the split []"),
        ([*TWO, {"text": "c", "label": 1, "weight": 1e308}], "row 3 has the weight 1e+308: it must be above 0"),
        ([*TWO, {"text": "c", "label": 1, "weight": 10**400}], "row 3 has the weight 1000"),
        ([{"text": "a", "score": 10**400}], "row 1 has the score 1000"),
    ],
)
def test_one_line_says_what_is_wrong(rows: list[dict[str, object]], told: str) -> None:
    with pytest.raises(UserError) as caught:
        examples(rows, above=0.5)
    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value)


def test_a_score_needs_a_bound() -> None:
    with pytest.raises(UserError, match="--above"):
        examples([{"text": "a", "score": 1.0}, {"text": "b", "score": 2.0}])


def test_every_kind_of_file_gives_the_same_rows(tmp_path: Path) -> None:
    lines = write(tmp_path / "a.jsonl", TWO)
    parquet.write_table(pa.Table.from_pylist(TWO), tmp_path / "a.parquet")
    write_deltalake(str(tmp_path / "table"), pa.Table.from_pylist(TWO))
    for path, version in ((lines, None), (tmp_path / "a.parquet", None), (tmp_path / "table", 0)):
        rows, (origin,) = read([path], {})
        assert rows == TWO
        assert (origin.version, origin.rows, origin.sha256 is None) == (version, 2, version is not None)


def test_a_table_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is that of the rows, even if another writer commits meanwhile."""
    path = str(tmp_path / "table")
    write_deltalake(path, pa.Table.from_pylist(TWO))

    def opened(at: str) -> DeltaTable:
        found = DeltaTable(at)
        write_deltalake(path, pa.Table.from_pylist(TWO), mode="append")
        return found

    monkeypatch.setattr("deltalake.DeltaTable", opened)
    rows, (origin,) = read([tmp_path / "table"], {})
    assert (rows, origin.version, DeltaTable(path).version()) == (TWO, 0, 1)


def test_columns_by_other_names(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"body": "a", "text": "not this", "verdict": 1, "score": 9}) + "\n")
    rows, _ = read([file], mapping(["text=body,label=verdict"]))
    assert rows == [{"text": "a", "label": 1}]
    with pytest.raises(UserError, match=r"has no column missing: the columns are body, text, verdict, score"):
        read([file], {"text": "missing"})
    with pytest.raises(UserError, match=r"--columns is text: write NAME=COLUMN"):
        mapping(["text"])


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.jsonl", b'{"text": "a"', "line 1, is not JSON"),
        ("a.jsonl", b"[1]\n", "line 1, is not a JSON object"),
        ("a.jsonl.gz", b"no gzip", "cannot be read"),
        ("a.parquet", b"no parquet", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=told):
        read([tmp_path / name], {})
    with pytest.raises(UserError, match=r"b\.jsonl does not exist"):
        read([tmp_path / "b.jsonl"], {})


def test_a_json_array_as_sql_prints_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "judged.json"
    file.write_text('[\n{"text": "a", "score": 3},\n{"text": "b", "score": 1}\n]\n')
    rows, (origin,) = read([file], {})
    assert rows == [{"text": "a", "score": 3}, {"text": "b", "score": 1}]
    assert origin.rows == 2
    file.write_text("[\n]\n")
    assert read([file], {})[0] == []
    file.write_text('{"text": "a", "score": 3}\n')
    assert read([file], {})[0] == [{"text": "a", "score": 3}]
    for content, told in (
        ("[\n1\n]", "row 1, is not a JSON object"),
        ("[\n{", "is not JSON: "),
        ("[] []", "is not JSON: "),
    ):
        file.write_text(content)
        with pytest.raises(UserError, match=told):
            read([file], {})
