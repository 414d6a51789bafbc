"""The commands of all pages have options that exist, and each block is run in the order of its page.

A comment before a block says why it is not run here: it needs something that no test has, or another test runs it.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.cli.on_demand import loaded
from decantry.jobs.explore.sql import query, views
from decantry.jobs.lake.lake import Lake
from infra.site.contents import pages, text
from tests.docs.block import commands, printed
from tests.jobs.explore.export import bpe

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from tests.cold import Cold

_BLOCK = re.compile(r"(?:^<!-- (.*?) -->\n)?^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
FOUND = {page: _BLOCK.findall(text(page)) for page in pages()}
RUN = {page: [block for mark, block in blocks if not mark] for page, blocks in FOUND.items()}
REASONS = r"run|not run: \S.*"
_SQL = re.compile(r"(?:^<!-- (.*?) -->\n)?^```sql\n(.*?)^```", re.MULTILINE | re.DOTALL)
QUERIES = {
    page: [sql for mark, sql in _SQL.findall(text(page)) if not mark] for page in pages() if page != "docs/queries.md"
}


def test_a_block_that_is_not_run_has_its_reason() -> None:
    marks = [mark for blocks in FOUND.values() for mark, _ in blocks if mark]
    assert len(marks) > 10
    assert all(re.fullmatch(REASONS, mark) for mark in marks)
    assert sum(map(len, RUN.values())) > 15


@pytest.mark.parametrize("page", [page for page, blocks in FOUND.items() if blocks])
def test_the_commands_of_the_page_have_options_that_exist(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DECANTRY_LAKE", raising=False)  # readers have not set it
    for _, block in FOUND[page]:
        for words in commands(block.replace("REPOSITORY", "address")):
            if words[0] == "decantry":
                name, *more = words[1:]
                loaded(name).make_context(name, more[: more.index(">")] if ">" in more else more)


def test_an_option_that_is_not_there_is_found() -> None:
    with pytest.raises(Exception, match="No such option: --yamll"):
        loaded("recipes").make_context("recipes", ["--yamll"])


def test_an_option_that_is_missing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DECANTRY_LAKE", raising=False)
    with pytest.raises(Exception, match="Missing parameter: lake"):
        loaded("sample").make_context("sample", ["fineweb"])


@pytest.fixture
def place(cold: Cold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the pages mention: lakes, archives, a corpus, questions, a tokenizer."""
    import pandas

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    shutil.copytree(cold.lake, tmp_path / "demo-lake")
    (tmp_path / "archives").mkdir()
    for archive in cold.archives:
        shutil.copy(archive, tmp_path / "archives")
    bpe.write(tmp_path / "tokenizer.json")
    rows = [{"text": f"A page of the harbour, number {n}.", "content": f"Tide {n}.", "url": f"https://a.example/{n}"}
            for n in range(5)]  # fmt: skip
    frame = pandas.DataFrame(rows).assign(meta=[{"source_url": row["url"]} for row in rows])
    frame.to_parquet(tmp_path / "corpus.parquet")
    frame[["content"]].to_json(tmp_path / "part-0.jsonl.gz", orient="records", lines=True)
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "tides.jsonl").write_text(json.dumps({"question": "When does the tide turn here?"}))
    return tmp_path


_FROM_ARCHIVES = "docs/tutorials/first-corpus.md"
"""The page whose own commands make `my-lake`."""


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page, blocks in RUN.items() if blocks])
def test_the_blocks_of_the_page_are_run(spark: SparkSession, place: Path, page: str) -> None:
    if page != _FROM_ARCHIVES:
        shutil.copytree(place / "demo-lake", place / "my-lake")
    if "--against gopher" in "".join(RUN[page]):
        printed("decantry curate gopher --lake my-lake --quiet")
    # Spark's Python processes stay in the folder in which the session was started
    blocks = [re.sub(r"--input (['\"]?)(?=[a-z.]+\b(?!:))", rf"--input \1{place}/", block) for block in RUN[page]]
    shown = [answer for block in blocks for answer in printed(block)]
    assert any(answer.strip() for answer in shown)


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page, found in QUERIES.items() if found])
def test_the_queries_of_the_page_are_run(spark: SparkSession, place: Path, page: str) -> None:
    lake = Lake(spark, "demo-lake", run_id="pages")
    views(lake)
    for sql in QUERIES[page]:
        query(lake, sql).collect()
