"""The examples of docs/export.md run on a made export. tests/jobs/explore/export/test_readers.py runs those of other
libraries, tests/jobs/cli/test_export.py those of Spark and of a lake."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.explore.export.place import Place
from decantry.jobs.explore.export.tokenizer import tokenizer_of
from decantry.jobs.explore.export.write import Writing, write_shard
from tests.conftest import ROOT
from tests.docs.blocks import blocks
from tests.jobs.explore.export import bpe, made

PAGE = "docs/export.md"
TEXTS = ["The tide turned.", "The harbour\nis full.", "潮汐"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    tokenizer = tokenizer_of(bpe.write(tmp_path / "tokenizer.json"), None)
    made.export(tmp_path / "fineweb-hf", TEXTS, "Tides", tokenizer)
    (tmp_path / "fineweb-jsonl").mkdir()
    write_shard(Writing(Place(str(tmp_path / "fineweb-jsonl")), 1, "jsonl.gz", "gz"), 0, [made.rows(TEXTS)])
    return tmp_path


def test_rows_and_ids_are_read_as_the_page_says(folder: Path) -> None:
    tables, ids = blocks(PAGE, "python")
    found: dict[str, Any] = {}
    exec(tables + ids, found)
    assert found["rows"].shape == (3, 3)
    assert found["lines"]["text"].tolist() == TEXTS
    (first,) = tokenizer_of(folder / "tokenizer.json", None).encode(TEXTS[:1])
    assert found["first_document"].tolist() == first[:-1]


def test_the_checksums_are_verified_as_on_the_page(folder: Path) -> None:
    (check,) = re.findall(r"```bash\n(cd fineweb-hf .*?)```", (ROOT / PAGE).read_text(encoding="utf-8"), re.DOTALL)
    answer = subprocess.run(["bash", "-c", check], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert len(answer.stdout.splitlines()) == 6 and all(line.endswith(": OK") for line in answer.stdout.splitlines())
    (folder / "fineweb-hf" / "data" / "train-00000-of-00002.parquet").write_bytes(b"x")
    assert subprocess.run(["bash", "-c", check], capture_output=True, check=False).returncode == 1


def test_no_block_of_the_page_is_left_out() -> None:
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    run = [len(blocks(PAGE, word)) for word in ("python", "python lake", "readers", "spark")]
    assert sum(run) == text.count("```python\n") == 7
