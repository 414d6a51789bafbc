"""A small lake made by commands: six rows of JSONL, one of which is rejected, and a recipe with one step of each
kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.ingest.job import ingest
from decantry.jobs.lake.lake import Lake
from tests.command import Answer, runner

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.command import decantry
from tests.jobs.cli.mistakes import ROW, Run

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CATS = "\n".join(
    [
        "The cat of the harbour master sleeps on the warm stones by the sea.",
        "Every morning she walks along the quay and waits for the fishing boats.",
        "Please enable javascript to see the pictures of the cat in this gallery.",
        "When the boats are late she climbs the old tower and looks out for them.",
        "The fishermen know her well and always keep a small fish for the cat.",
    ]
)
ROWS: list[dict[str, str]] = [
    {"id": "cats", "url": "https://pets.example.org/cats", "text": CATS},
    {"id": "copy", "url": "https://pets.example.org/copy", "text": CATS},
    {"id": "code", "url": "https://pets.example.org/code", "text": CATS + "\nfunction cat() { return a cat for you; }"},
    {"id": "short", "url": "https://pets.example.org/short", "text": "There is only one sentence about the cat here."},
    {
        "id": "cows",
        "url": "https://pets.example.org/cows",
        "text": "The \x1b[31mcows stand in the grass and wait for rain.",
    },
    {"id": "empty", "url": "https://pets.example.org/empty"},
]
RECIPE = """
recipe: quiet-pets
title: Pages on pets
steps:
  - where: {name: has_pet, keep: "text rlike 'cat|dog'"}
  - c4: {terminal_punctuation: false, min_sentences: 3}
  - near_duplicates: {}
checks:
  - kept_share: {between: [0.1, 0.9]}
"""


Said = Answer  # as the tests of faults call it


@dataclass(frozen=True)
class Pets:
    """The lake, its inputs, and the output of the command that made it."""

    folder: Path
    lake: str
    recipe: str
    archive: str
    made: Answer

    @property
    def run(self) -> list[str]:
        """The words of the command that made it."""
        return ["run", self.recipe, "--input", self.archive, "--lake", self.lake, "--crawl", "zoo"]

    def sql(self, query: str, *options: str) -> Answer:
        return decantry("sql", query, "--lake", self.lake, *options)

    def explain(self, which: str) -> Answer:
        return decantry("explain", which, "--recipe", self.recipe, "--lake", self.lake)


@pytest.fixture(scope="session")
def pets(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Pets:
    folder = tmp_path_factory.mktemp("pets")
    archive, recipe, lake = folder / "pets.jsonl", folder / "pets.yaml", str(folder / "lake")
    archive.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    recipe.write_text(RECIPE)
    report = str(folder / "report.html")
    made = decantry("run", str(recipe), "--input", str(archive), "--lake", lake, "--crawl", "zoo", "--report", report)
    assert made.code == 0, made.err
    return Pets(folder, lake, str(recipe), str(archive), made)


@pytest.fixture(name="decantry")
def runner_of_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(monkeypatch, capsys)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(ROW) + "\n")
    return file


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A lake of two documents, one of them without an address; nothing is published in it."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "rows.jsonl").write_text(
        json.dumps(ROW) + "\n" + json.dumps({"id": "nourl", "text": "A text with no address."}) + "\n"
    )
    ingest(Lake(spark, str(folder / "lake"), "run-1"), [str(folder / "rows.jsonl")])
    return str(folder / "lake")


@pytest.fixture
def untracked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn tracking off, because these tests are not about it."""
    monkeypatch.setattr("decantry.jobs.cli.context.tracking_store", lambda lake: None)
