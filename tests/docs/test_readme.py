"""The README shows the actual output of its commands on the demo's lake, and its links lead to something."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cold import Cold
from tests.docs.block import printed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- run -->\n```bash\n(.*?)```", README, flags=re.DOTALL)
(FUNNEL,) = re.findall(r"```text\n(step .*?)```", README, flags=re.DOTALL)


@pytest.fixture
def lake(spark: SparkSession, cold: Cold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo's lake, as `demo-lake` in the working folder."""
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(cold.lake, tmp_path / "demo-lake")


def cells(line: str) -> list[str]:
    return re.split(r" {2,}", line.strip())


def table(text: str) -> list[list[str]]:
    """The rows of a table as `decantry sql` shows it."""
    lines = [line.strip() for line in text.splitlines()]
    (rule,) = [at for at, line in enumerate(lines) if line and not line.strip("─")]
    return [cells(line) for line in lines[rule + 1 : lines.index("", rule)]]


def removed() -> dict[str, int]:
    """The number of documents that each rule removes, from the README's funnel."""
    found = {}
    for line in FUNNEL.splitlines()[1:-1]:
        step, _, _, _, *rules = cells(line)
        for rule in filter(None, ", ".join(rules).split(", ")):
            name, count = rule.split(" ")
            found[f"{step}.{name}"] = int(count)
    return found


def test_the_funnel_is_what_the_demo_prints(cold: Cold) -> None:
    shown = [cells(line) for line in FUNNEL.splitlines()]
    there = [cells(re.sub(r" in \d+\.\d s$", "", line)) for line in cold.printed.splitlines()]
    assert [line for line in there if line in shown] == shown


def test_all_blocks_are_looked_at_here() -> None:
    assert len(BLOCKS) == 6


def test_who_was_removed_and_by_what(lake: Path) -> None:
    (answer,) = printed(BLOCKS[0])
    assert {by: int(count) for by, count in table(answer)} == {"null": 30, **removed()}


def test_every_document_of_the_corpus_finds_its_bytes(lake: Path) -> None:
    (answer,) = printed(BLOCKS[1])
    rows = json.loads(answer)
    assert rows
    for row in rows:
        record = Path(row["warc_path"]).read_bytes()[row["warc_offset"] :][: row["warc_length"]]
        assert f"WARC-Target-URI: {row['url']}\r\n".encode() in gzip.decompress(record)
        assert row["token_count"] > 50


def test_why_a_page_is_not_in_the_corpus(lake: Path) -> None:
    (answer,) = printed(BLOCKS[2])
    lines = [line.strip() for line in answer.splitlines()]
    assert lines[0] == "https://workshop.example.org/shop/bolts"
    assert "verdict: removed by gopher_repetition.top_3_gram" in lines
    assert "x top_3_gram: 0.2075 (removes when top_3_gram > 0.18)" in lines
    assert "domain: 0 (removes when domain >= 1)" in lines
    assert lines.index("3. gopher_repetition: removed") < lines.index("4. gopher_quality: not reached")


@pytest.mark.slow
def test_a_page_to_look_at_and_samples(lake: Path) -> None:
    reported, sampled = printed(BLOCKS[3])
    assert re.fullmatch(r"fineweb@1: report.html \(\d\.\d MB\)\n", reported)
    assert "<small>of 73 documents, 41.1 %</small>" in Path("report.html").read_text(encoding="utf-8")
    assert sampled.count("removed by near_duplicates.duplicate: cluster_size 2 (removes when cluster_size > 1)") == 3


def test_a_recipe_of_the_user(lake: Path) -> None:
    recipe, curated, fates = printed(BLOCKS[4])
    assert "options: keep size(words(text, 'en')) >= 220" in [line.strip() for line in recipe.splitlines()]
    assert "kept 27 of 73 documents (37.0%)" in curated
    assert table(fates) == [
        ["null", "27"],
        ["gopher_repetition.dup_para_frac", "1"],
        ["gopher_repetition.top_3_gram", "1"],
        ["language.low_score", "4"],
        ["language.other", "17"],
        ["long_enough.where", "14"],
        ["near_duplicates.duplicate", "9"],
    ]


def test_duplicates_are_removed(lake: Path) -> None:
    made, clusters = printed(BLOCKS[5])
    assert "kept 64 of 73 documents (87.7%)" in made
    assert "9 clusters of 18 documents; the largest:" in made.splitlines()
    rows = table(clusters)
    assert len({cluster for cluster, _, _ in rows}) == len(rows) == 9
    assert {size for _, size, _ in rows} == {"2"}


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("infra/*/README.md")]:
        links = re.findall(r"\]\((?!https?://)([^)#]+)\)", page.read_text(encoding="utf-8"))
        assert links or page.parent != ROOT, page.name
        for target in links:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_target_that_the_readme_names_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert {"demo", "test"} <= named <= targets
