"""The tutorial's commands are run in order on the demo's lake. A server of the test stands for the language model."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.cli.on_demand import loaded
from decantry.jobs.label.rubric import load
from tests.docs.block import commands, printed
from tests.jobs.label.server import Answer, Server, scored, serving

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from tests.cold import Cold

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "tutorials" / "quality-classifier.md").read_text(encoding="utf-8")
RUN = re.findall(r"<!-- run -->\n```bash\n(.*?)```", PAGE, flags=re.DOTALL)
ADDRESS = "http://localhost:8000/v1"
SHA256 = "$(sha256sum < models/fasttext/model.bin | cut -c1-64)"
TEACHES = re.compile(r"\b(because|why|how|so that|for example|water|each|first)\b", re.I)


def by_reasons(prompt: str) -> Answer:
    """One point for each explaining word in the text, up to five."""
    text = re.split(r"----- (?:BEGIN|END) PAGE \w+ -----", prompt)[1]
    return scored(min(5, len({word.lower() for word in TEACHES.findall(text)})))


def test_all_blocks_are_run_here_and_have_options_that_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(RUN) == 6
    monkeypatch.chdir(tmp_path)
    words = [each for block in RUN for each in commands(block)]
    assert len(words) == 12
    for _, name, *more in words:
        if ">" in more:
            del more[more.index(">") :]
        loaded(name).make_context(name, more)


def test_the_rubric_of_ones_own_is_one(tmp_path: Path) -> None:
    (rubric,) = re.findall(r"```yaml\n(rubric: .*?)```", PAGE, flags=re.DOTALL)
    (tmp_path / "recipes.yaml").write_text(rubric)
    assert load(str(tmp_path / "recipes.yaml")).most_answer_tokens == 200


@pytest.mark.slow
def test_from_a_lake_to_a_better_corpus(
    spark: SparkSession, cold: Cold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(cold.lake, tmp_path / "demo-lake")
    with serving(by_reasons) as server:
        labelled, scores = printed(at(RUN[0], server))
        count = len(server.asked)
        assert labelled.startswith(f"labelled    {count} texts; 0 more")
        assert count > 40 and "qwen3" in {each["model"] for each in server.asked}
        compared = printed(at(RUN[1], server))[1]
        assert "gemma3 and qwen3\n  texts       30\n  exact       100.0%" in compared
        assert len(server.asked) == count + 30
    assert " 3 " in scores
    rows, trained = printed(RUN[2])
    assert len(json.loads(rows)) == count
    assert "registered  models:/edu/1, models:/edu@champion" in trained
    model = Path("models/fasttext/model.bin")
    scored_texts, kept = printed(RUN[3])
    assert "73 of 73 texts scored" in scored_texts
    assert re.search(r"\b0\.0\W+73\b", kept), kept
    curated = printed(RUN[4].replace(SHA256, hashlib.sha256(model.read_bytes()).hexdigest()))[-1]
    assert re.search(r"kept \d+ of 73 documents", curated)
    fates, corpora, sampled = printed(RUN[5])
    assert "classifier.low_score" in fates
    assert "fineweb" in corpora and "taught" in corpora
    assert "removed by classifier.low_score: score 0." in sampled


def at(block: str, server: Server) -> str:
    assert ADDRESS in block
    return block.replace(ADDRESS, server.address)
