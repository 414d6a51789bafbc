from __future__ import annotations

import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from decantry.jobs.cli import run
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.without_spark import rows_of, tables_of
from decantry.jobs.process.errors import DecantryError, UserError
from decantry.jobs.process.progress import Progress
from decantry.jobs.recipe.load import load
from tests.command import decantry
from tests.jobs.cli.conftest import Pets


def test_a_run_prints_the_funnel_and_what_to_do_next(pets: Pets) -> None:
    lines = [re.sub(r" {2,}", "  ", line.strip()) for line in pets.made.out.splitlines()]
    assert "read 1 file: 6 records, 5 documents, 1 reject in" in pets.made.out
    assert "has_pet  5  1  20.0%  where 1" in lines
    assert "c4  4  2  50.0%  curly_bracket 1, too_few_sentences 1" in lines
    assert "near_duplicates  2  1  50.0%  duplicate 1" in lines
    assert "kept 1 of 5 documents (20.0%)" in pets.made.out
    assert f'decantry sql "select url, text from quiet_pets limit 5" --lake {pets.lake}' in pets.made.out


def test_a_run_writes_the_report_too(pets: Pets) -> None:
    assert re.search(r"^quiet-pets@1: \S+/report.html \(0\.\d MB\)$", pets.made.out, re.MULTILINE)
    assert "Pages on pets" in (pets.folder / "report.html").read_text(encoding="utf-8")


def test_a_run_that_finds_everything_done_writes_the_report(pets: Pets, tmp_path: Path) -> None:
    said = decantry(*pets.run, "--report", str(tmp_path / "again.html"))
    assert said.code == 0, said.err
    assert "already done: 1 of 1 file" in said.out
    assert re.search(r"^quiet-pets@1: \S+/again.html ", said.out, re.MULTILINE)
    assert "Pages on pets" in (tmp_path / "again.html").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_stops_the_run_before_it_starts(pets: Pets, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    said = decantry("run", pets.recipe, "--input", pets.archive, "--lake", str(lake), "--report", str(lake / "r.html"))
    assert said.code == 2
    assert f"--report is {lake / 'r.html'}, but the folder {lake} does not exist: create it first" in said.err
    assert not lake.exists()


def test_a_second_run_says_done_and_writes_nothing(pets: Pets) -> None:
    names = ("bronze", "silver", "gold")
    before = [line for line in tables_of(pets.lake) if line[0].startswith(names)]
    said = decantry("run", pets.recipe, "--input", pets.archive, "--lake", pets.lake, "--crawl", "zoo")
    assert said.code == 0
    assert "already done: 1 of 1 file\nalready done: quiet-pets of zoo" in said.out
    assert [line for line in tables_of(pets.lake) if line[0].startswith(names)] == before


def test_checks_are_rows_and_pages(pets: Pets) -> None:
    rows = rows_of(pets.lake, "ops/checks")
    assert {(row["table"], row["expectation"]) for row in rows} >= {
        ("ops/inputs", "ExpectColumnPairValuesToBeEqual(documents, documents_there)"),
        ("silver/verdicts", "ExpectColumnPairValuesToBeEqual(documents, verdicts)"),
        ("silver/verdicts", "ExpectColumnValuesToBeBetween(kept_share)"),
        ("silver/verdicts", "ExpectColumnValuesToBeBetween(repeated_ids)"),
        ("gold/quiet_pets", "ExpectColumnValuesToNotBeNull(id)"),
    }
    assert all(row["success"] for row in rows)
    assert (Path(pets.lake) / "ops" / "data_docs" / "index.html").is_file()


def test_tables_and_inputs_are_shown_without_spark(pets: Pets) -> None:
    tables = decantry("tables", "--lake", pets.lake).out.splitlines()
    assert any(re.match(r"silver/documents +v1, 5 rows", line) for line in tables)
    assert any(re.match(r"gold/quiet_pets +v1, 1 rows", line) for line in tables)
    assert any(re.match(r"bronze/pages +not there", line) for line in tables)
    inputs = decantry("inputs", "--lake", pets.lake).out
    assert re.search(r"6 records +5 documents +1 rejects +zoo +.*pets.jsonl", inputs)
    assert "pets.jsonl\n1 file" in decantry("inputs", "--input", pets.archive).out


def test_a_lake_that_holds_together_passes_its_check(pets: Pets) -> None:
    said = decantry("check", "--lake", pets.lake)
    assert said.code == 0, said.err
    assert "checks of the lake passed" in said.out
    names = {(row["table"], row["expectation"]) for row in rows_of(pets.lake, "ops/checks")}
    assert ("silver/verdicts", "ExpectColumnValuesToBeInSet(constraint.kept_or_removed_by)") in names


def test_a_document_that_no_input_accounts_for_fails_the_check(pets: Pets, tmp_path: Path) -> None:
    from decantry.jobs.lake.session import start

    lake = shutil.copytree(pets.lake, tmp_path / "lake")
    opened = Lake(start(str(lake)), str(lake), "stray")
    opened.append("silver/documents", opened.read("silver/documents").limit(1))
    said = decantry("check", "--lake", str(lake))
    assert said.code == 1
    assert "a check of the lake failed" in said.err
    assert "documents, documents_there" in said.err


def test_a_second_run_starts_no_spark(pets: Pets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decantry.jobs.cli.run.open_lake", lambda *_, **__: pytest.fail("Spark was started"))
    said = decantry("run", pets.recipe, "--input", pets.archive, "--lake", pets.lake, "--crawl", "zoo")
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("kind", [UserError, OSError])
def test_a_report_that_fails_says_that_the_corpus_is_published(
    monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def fails(uri: str) -> None:
        raise kind("the disk is full")

    monkeypatch.setattr("decantry.jobs.cli.run.tracking_store", fails)
    lake = cast("Lake", SimpleNamespace(uri="my lake"))
    with pytest.raises(DecantryError) as caught:
        run._report(lake, load("c4"), Path("r.html"), Progress(True), ("c4", "my lake"))
    assert caught.value.exit_code == (2 if kind is UserError else 3)
    message = str(caught.value)
    assert message.startswith("the corpus is published, but its report failed: the disk is full")
    assert message.endswith("; `decantry report c4 --lake 'my lake'` writes the page")
