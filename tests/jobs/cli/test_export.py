"""Exports of a small lake, and of rows in many or few partitions."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
import yaml
import zstandard
from pyspark.sql import functions as F

from decantry.jobs.explore.export import job
from decantry.jobs.explore.export.place import Place
from decantry.jobs.explore.export.rows import survey, write_corpus
from decantry.jobs.explore.export.shards import partition_keys, shards
from decantry.jobs.explore.export.tokenizer import tokenizer_of
from decantry.jobs.explore.export.write import File, Writing
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.recipe.load import load
from tests.command import decantry
from tests.docs.blocks import blocks
from tests.jobs.cli.conftest import CATS, Pets
from tests.jobs.explore.export import bpe
from tests.oracles.mmidx import documents

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

KEPT = "\n".join(line for line in CATS.splitlines() if "javascript" not in line)


@pytest.fixture(scope="module")
def folder(pets: Pets, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two exports, with the names of docs/export.md."""
    folder = tmp_path_factory.mktemp("export")
    tokenizer = str(bpe.write(folder / "tokenizer.json"))
    whole = ("--to", "hf", "--output", str(folder / "fineweb-hf"), "--annotations", "--tokenizer", tokenizer)
    lines = ("--to", "jsonl", "--output", str(folder / "fineweb-jsonl"), "--compression", "zst", "--seed", "-5")
    for words in (whole, lines):
        answer = decantry("export", pets.recipe, "--lake", pets.lake, *words)
        assert answer.code == 0, answer.err
        assert answer.out.startswith(f"quiet-pets@1: {words[3]} (1 document, 1 shard, 0.0 MB)")
    return folder


def manifest(folder: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return made


def test_the_rows_are_those_of_the_corpus(folder: Path, pets: Pets) -> None:
    columns = "text, id, dump, url, date, file_path, language, language_score, token_count, copy, minhash_cluster_size"
    (row,) = json.loads(pets.sql(f"select {columns} from quiet_pets", "--output", "json").out)
    assert row["text"] == KEPT
    table = pq.read_table(folder / "fineweb-hf" / "data" / "train-00000-of-00001.parquet")
    assert table.to_pylist() == [row]
    packed = (folder / "fineweb-jsonl" / "data" / "train-00000-of-00001.jsonl.zst").read_bytes()
    assert json.loads(zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)).read()) == row


def test_every_file_is_in_the_manifest(folder: Path) -> None:
    whole = folder / "fineweb-hf"
    told = manifest(whole)
    paths = sorted(str(path.relative_to(whole)) for path in whole.rglob("*") if path.is_file())
    assert paths == sorted([*(file["path"] for file in told["files"]), "manifest.json"]) and len(paths) == 7
    assert [(file["kind"], file["rows"]) for file in told["files"]] == [
        ("index", 1), ("rows", 1), ("tokens", 1), ("annotations", 5), ("about", 0), ("about", 0),
    ]  # fmt: skip
    assert (told["publication"], told["documents"], told["text_bytes"]) == ("quiet-pets@1", 1, len(KEPT))
    assert (told["seed"], manifest(folder / "fineweb-jsonl")["seed"]) == (0, -5)
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_the_ids_are_those_of_the_text(folder: Path) -> None:
    tokens = folder / "fineweb-hf" / "tokens" / "train-00000-of-00001.bin"
    found = documents(tokens.read_bytes(), tokens.with_suffix(".idx").read_bytes())
    assert found == list(tokenizer_of(folder / "tokenizer.json", None).encode([KEPT]))


def test_the_card_counts_what_the_lake_has(folder: Path, pets: Pets) -> None:
    text = (folder / "fineweb-hf" / "README.md").read_text()
    front = yaml.safe_load(text.split("---\n")[1])
    assert (front["pretty_name"], front["language"]) == ("Pages on pets", ["en"])
    assert front["dataset_info"]["splits"] == [{"name": "train", "num_bytes": len(KEPT), "num_examples": 1}]
    for line in (
        f"| zoo | no | 1 | {Path(pets.archive).stat().st_size:,} | 5 | 1 |",
        "| has_pet | keeps the documents that satisfy a SQL predicate (the recipe's author) | 5 | 1 | 20.0 % | "
        "where 1 |",
        "Of 5 documents that were judged, the recipe `quiet-pets` removed these. The first rule that a document",
        "- Duplicates were looked for by near_duplicates. Others may remain.",
        "recipe: quiet-pets",
    ):
        assert line in text.splitlines(), line


def test_annotations_are_the_verdicts_with_the_place_of_the_bytes(folder: Path, pets: Pets) -> None:
    rows = {row["id"]: row for row in pq.read_table(folder / "fineweb-hf" / "annotations").to_pylist()}
    assert {id: (row["kept"], row["removed_by"]) for id, row in rows.items()} == {
        "cats": (True, None),
        "copy": (False, "near_duplicates.duplicate"),
        "code": (False, "c4.curly_bracket"),
        "short": (False, "c4.too_few_sentences"),
        "cows": (False, "has_pet.where"),
    }
    assert {row["warc_filename"] for row in rows.values()} == {pets.archive}
    assert [rows[id]["warc_record_offset"] for id in ("cats", "copy", "code", "short", "cows")] == [0, 1, 2, 3, 4]
    assert dict(rows["short"]["values"]) == {"sentences": 1.0}
    assert (rows["cats"]["minhash_cluster_size"], rows["copy"]["minhash_cluster_size"]) == (2, None)
    assert (rows["copy"]["cluster_id"], rows["copy"]["cluster_size"]) == ("cats", 2)


def test_the_examples_of_the_page_run(
    folder: Path, pets: Pets, spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fineweb-hf").symlink_to(folder / "fineweb-hf")
    (tmp_path / "my-lake").symlink_to(pets.lake)
    assert decantry("export", pets.recipe, "--lake", pets.lake, "--to", "jsonl", "--output", "fineweb-jsonl").code == 0
    found: dict[str, Any] = {"spark": spark}
    export, lake = blocks("docs/export.md", "spark")
    exec(export.replace('"fineweb', f'"{tmp_path}/fineweb'), found)
    (row,), (line,) = found["rows"].collect(), found["lines"].collect()
    assert row["text"] == line["text"] == KEPT
    exec(lake.replace("my-lake/gold/fineweb", f"{pets.lake}/gold/quiet_pets"), found)
    assert [row["text"] for row in found["rows"].collect()] == [KEPT]
    (plain,) = blocks("docs/export.md", "python lake")
    exec(plain.replace("fineweb", "quiet_pets"), found)
    assert found["frame"]["text"].tolist() == [KEPT] and len(found["files"]) == 1


def corpus(spark: SparkSession, documents: int) -> DataFrame:
    """Rows of a corpus with texts of many lengths. Every tenth row occurs twice."""
    copies = F.explode(F.when(F.col("n") % 10 == 0, F.array(F.lit(0), F.lit(1))).otherwise(F.array(F.lit(0))))
    return spark.range(documents).withColumnRenamed("id", "n").select(
        F.expr("repeat(concat('word ', n, ' '), cast(1 + n % 37 as int))").alias("text"),
        F.concat(F.lit("id-"), "n").alias("id"),
        F.lit("zoo").alias("dump"),
        F.lit("en").alias("language"),
        (F.col("n") % 7).alias("token_count"),
        copies.alias("copy"),
    )  # fmt: skip


def written(rows: DataFrame, folder: Path, *, seed: int = 3) -> list[File]:
    folder.mkdir()
    found = survey(rows, seed)
    divided = shards(found.buckets, 40_000)
    return write_corpus(rows, seed, divided, Writing(Place(str(folder)), divided.count, "parquet", "parquet"))


def keys(files: list[File], folder: Path) -> list[tuple[str, int]]:
    """The ids and copy numbers of the rows in the order of the shards."""
    tables = [pq.read_table(folder / file.path, columns=["id", "copy"]) for file in files]
    return [(row["id"], row["copy"]) for table in tables for row in table.to_pylist()]


def test_the_same_rows_are_in_the_same_shards_however_they_lie(spark: SparkSession, tmp_path: Path) -> None:
    rows = corpus(spark, 1000)
    first = written(rows.repartition(1), tmp_path / "one")
    second = written(rows.orderBy(F.desc("id")).repartition(5), tmp_path / "five")
    assert first == second and len(first) == 5
    assert sum(file.rows for file in first) == 1100
    share = sum(file.text_bytes or 0 for file in first) / len(first)
    assert all(abs((file.text_bytes or 0) / share - 1) < 0.05 for file in first)
    placed = rows.select(F.xxhash64("id", "copy", F.lit(3).cast("bigint")), "id", "copy").collect()
    found = keys(first, tmp_path / "one")
    assert found == [(id, copy) for _, id, copy in sorted(map(tuple, placed))] and len(found) == 1100

    others = keys(written(rows, tmp_path / "other", seed=4), tmp_path / "other")
    assert others != found and sorted(others) == sorted(found)


def test_keys_lead_each_shard_to_its_own_partition(spark: SparkSession) -> None:
    rows = spark.range(1).select(F.explode(F.lit(partition_keys(7))).alias("key"))
    found = rows.repartition(7, "key").select(F.spark_partition_id(), F.expr("pmod(hash(key), 7)")).collect()
    assert sorted(map(tuple, found)) == [(n, n) for n in range(7)]


def lake_at(spark: SparkSession, folder: str) -> Lake:
    return Lake(spark, folder, "20261130T020500-0a1b2c", {"code": "test"})


ASKED = job.Request("", "parquet", "parquet", 1000, 0, "other")


def test_a_version_that_is_written_meanwhile_is_not_exported(
    pets: Pets, spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = lake_at(spark, str(shutil.copytree(pets.lake, tmp_path / "lake")))

    def emptied(*words: Any) -> Any:
        found = survey(*words)
        lake.change("gold/quiet_pets", lambda table: table.delete())
        return found

    monkeypatch.setattr(job, "survey", emptied)
    made = job.export(lake, load(pets.recipe), replace(ASKED, target=str(tmp_path / "out")))
    assert pq.read_table(tmp_path / "out" / "data")["text"].to_pylist() == [KEPT]
    assert manifest(tmp_path / "out")["corpus_version"] == made.corpus_version == lake.state("gold/quiet_pets") - 1


def test_pages_that_are_forgotten_meanwhile_end_the_export(
    pets: Pets, spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [set(), {"url:abc"}]
    monkeypatch.setattr(job, "forgotten_keys", lambda lake: answers.pop(0))
    with pytest.raises(InfrastructureError, match="pages were forgotten during the export, so its files were removed"):
        job.export(lake_at(spark, pets.lake), load(pets.recipe), replace(ASKED, target=str(tmp_path / "out")))
    assert list(tmp_path.iterdir()) == []


def test_invalid_arguments_are_one_line_before_spark_starts(
    folder: Path, pets: Pets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def started(*_: object, **__: object) -> None:
        raise AssertionError("Spark is asked for")

    monkeypatch.setattr("decantry.jobs.cli.export.open_lake", started)
    (tmp_path / "odd.json").write_text("{")
    mine = ("export", pets.recipe, "--lake", pets.lake, "--output", str(tmp_path / "new"), "--to")
    there = ("export", pets.recipe, "--lake", pets.lake, "--to", "hf", "--output")
    for words, told in {
        ("export", "cows", "--lake", pets.lake, "--to", "hf", "--output", "x"): "there is no recipe cows: name a YAML",
        ("export", "c4", "--lake", pets.lake, "--to", "hf", "--output", "x"): f"c4 is not published in {pets.lake}",
        ("export", "c4", "--lake", str(tmp_path), "--to", "hf", "--output", "x"): f"there is no lake at {tmp_path}",
        (*mine, "csv"): "--to is csv: use parquet, jsonl or hf",
        (*mine, "hf", "--compression", "gz"): "--compression is only for --to jsonl, and --to is hf: leave it out",
        (*mine, "jsonl", "--compression", "xz"): "--compression is xz: use gz or zst",
        (*mine, "hf", "--shard-size", "many"): "--shard-size is many: write a number and a unit, like 256MB",
        (*mine, "hf", "--seed", str(2**63)): "Invalid value for '--seed'",
        (*mine, "hf", "--license", "my own"): "--license is my own: use a name like odc-by or apache-2.0",
        (*mine, "hf", "--end-of-document", "</s>"): "--end-of-document needs --tokenizer",
        (*mine, "hf", "--tokenizer", str(tmp_path / "none.json")): "none.json, which cannot be read: No such file",
        (*mine, "hf", "--tokenizer", str(tmp_path / "odd.json")): "odd.json, which is not a usable tokenizer.json: ",
        (*there, str(folder / "fineweb-hf")): "fineweb-hf, which is not empty: name a new folder",
        (*there, pets.archive): "pets.jsonl, which is a file: name a folder",
        (*there, "gs://bucket/x"): "--output is gs://bucket/x: name a folder, or s3a://BUCKET/PATH",
    }.items():
        answer = decantry(*words)
        assert (answer.code, answer.out) == (2, ""), words
        assert told in answer.line, words
