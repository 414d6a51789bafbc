"""Languages and scripts by the native functions, compared with the library and with the oracle of scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.ingest.languages import with_languages
from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.udfs.page.language import LanguageModel
from tests.oracles.script import script_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TEXTS = [
    "The weather was fine\nand everyone went outside.",
    "Das Wetter war schön und alle gingen hinaus.",
    "今日は天気がいいので、みんな外に出ました。",
    "Погода была хорошая, и все вышли на улицу.",
    "one line\r\nand </s> the rest",
    "a\ufffdb",
    "😀",
    "\u0301" * 50,
    "word " * 20_000,
    "x" * 100_000,
]
INVISIBLE = ["", " \n\t\u00a0", "\u2028\r\x85"]


def test_documents_have_the_languages_of_the_library_and_other_rows_have_none(spark: SparkSession) -> None:
    options = resolve(IngestOptions())
    model = LanguageModel(options.model_path)
    made = [("document", str(number), text) for number, text in enumerate([*TEXTS, *INVISIBLE])]
    rows = spark.createDataFrame(
        [*made, ("reject", "r", None), ("page", "p", None)], "kind string, id string, text string"
    )
    found = {row["id"]: row for row in with_languages(rows, options).collect()}
    for _, id_, text in made[: len(TEXTS)]:
        label, score = model.identify(text)
        assert (found[id_]["language"], found[id_]["language_script"]) == (label, script_of(text)), text[:60]
        assert found[id_]["language_score"] == pytest.approx(score, abs=1e-6)
    none = [found[id_] for id_ in ("r", "p", *(str(len(TEXTS) + number) for number in range(len(INVISIBLE))))]
    assert {(row["language"], row["language_score"], row["language_script"]) for row in none} == {(None, None, None)}


def test_rows_without_a_kind_are_documents_where_they_have_no_reason(spark: SparkSession) -> None:
    rows = spark.createDataFrame([("a", TEXTS[0], None), ("b", None, "no")], "id string, text string, reason string")
    found = with_languages(rows, resolve(IngestOptions())).orderBy("id").collect()
    assert [row["language"] for row in found] == ["en", None]


def test_most_gold_sentences_have_their_language(spark: SparkSession, shared_data: Path) -> None:
    lines = (shared_data / "langid" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()[::8]
    read = [json.loads(line) for line in lines]
    rows = spark.createDataFrame(
        [("document", row["text"], row["language"]) for row in read], "kind string, text string, gold string"
    )
    right = with_languages(rows, resolve(IngestOptions())).where("language = gold").count()
    assert right / len(lines) > 0.85
