"""Each deduplicate step, and rehydration: what they remove, cut and repeat."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.fingerprints import without_keys
from decantry.jobs.curate.job import curate
from decantry.jobs.curate.outcome import cut_rows
from decantry.jobs.dedup.rehydration import SizeCount, distribution, repetitions, weights
from decantry.jobs.lake.published import published_corpus
from decantry.jobs.recipe.load import parse
from tests.jobs.curate.corpora import Document, fates, lake_with, outcomes, removed_by

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ALL = """
recipe: every-kind
steps:
  - exact_duplicates: {name: same_url, by: url, scope: all}
  - exact_duplicates: {name: same_bytes, by: raw_text, scope: all}
  - exact_duplicates: {name: same_words, scope: language, keep: [longest_text]}
  - duplicate_paragraphs: {scope: all, min_words: 2, max_cut: 0.5}
  - rehydrate: {weights: {1: 1, 2: 3}}
"""
DOCUMENTS: list[Document] = [
    ("first", "c1", "A page that was fetched twice."),
    ("again", "c2", "The same page with other words in it."),
    ("bytes", "c1", "Equal to the last byte."),
    ("equal", "c2", "Equal to the last byte."),
    ("plain", "c1", "the words alone decide"),
    ("loud!", "c2", "THE WORDS, ALONE: DECIDE!!!"),
    ("autre", "c2", "The words alone decide..."),
    ("empty", "c1", ""),
    ("blank", "c2", ""),
    ("lines", "c1", "Share this page\nA line of its own stands here.\nOne\n\nOne"),
    (
        "other",
        "c2",
        "Another line of its own.\nshare THIS page!\n\nAnother line of its own.\nand a long last one to end",
    ),
    ("lost!", "c2", "Share this page\nBrief."),
]
URLS = {"url": {"first": "https://a.example", "again": "https://a.example"}}


def test_every_kind_of_duplicate_is_removed_by_its_own_step(spark: SparkSession, tmp_path: Path) -> None:
    lake = lake_with(spark, tmp_path, "run-1", DOCUMENTS, language={"autre": "fr"}, **URLS)
    curate(lake, parse(ALL, "all.yaml"))
    assert {i: by for i, (by, _, _) in fates(lake).items()} == {
        **dict.fromkeys(["first", "bytes", "loud!", "empty", "lines", "other"]),
        "again": "same_url.duplicate",
        "equal": "same_bytes.duplicate",
        "blank": "same_bytes.duplicate",
        "plain": "same_words.duplicate",
        "autre": "duplicate_paragraphs.too_much_cut",
        "lost!": "duplicate_paragraphs.too_much_cut",
    }
    corpus = published_corpus(lake, "every-kind")
    assert corpus is not None
    texts = [(row["id"], row["text"]) for row in corpus.select("id", "text").collect()]
    assert dict(texts)["lines"] == "Share this page\nA line of its own stands here.\nOne\n\nOne"
    assert dict(texts)["other"] == "Another line of its own.\n\nand a long last one to end"
    assert sorted(i for i, _ in texts) == sorted([*["loud!"] * 3, "first", "bytes", "empty", "lines", "other"])
    cuts = lake.read("silver/cuts").select("step", "id", "paragraph", "text", "first_id", "first_paragraph")
    assert {tuple(row) for row in cuts.collect()} == {
        ("duplicate_paragraphs", "other", 1, "share THIS page!", "lines", 0),
        ("duplicate_paragraphs", "other", 3, "Another line of its own.", "other", 0),
        ("duplicate_paragraphs", "lost!", 0, "Share this page", "lines", 0),
        ("duplicate_paragraphs", "autre", 0, "The words alone decide...", "loud!", 0),
    }
    clusters = lake.read("silver/clusters").select("step", "member", "cluster", "size", "survivor", "similarity")
    assert {tuple(row) for row in clusters.where("member <> survivor").collect()} == {
        ("same_url", "again", "again", 2, "first", None),
        ("same_bytes", "equal", "bytes", 2, "bytes", None),
        ("same_bytes", "blank", "blank", 2, "empty", None),
        ("same_words", "plain", "loud!", 2, "loud!", None),
    }
    kept = lake.read("silver/fingerprints").groupBy("setting").count().collect()
    assert sorted(row["count"] for row in kept) == [8, 9, 11, 12]


def test_near_duplicates_are_found_in_every_script(spark: SparkSession, tmp_path: Path) -> None:
    texts = {
        "zh": "今天的天气非常好，所以我们决定一起去公园散步，然后在湖边吃午饭。",
        "ja": "今日は天気がとても良いので、私たちは公園に散歩に行くことにしました。",
        "th": "วันนี้อากาศดีมากเราจึงตัดสินใจไปเดินเล่นที่สวนสาธารณะด้วยกัน",
        "km": "ថ្ងៃនេះអាកាសធាតុល្អណាស់ដូច្នេះយើងសម្រេចចិត្តទៅដើរលេងនៅសួនច្បារ",
        "lo": "ມື້ນີ້ອາກາດດີຫຼາຍພວກເຮົາຈຶ່ງຕັດສິນໃຈໄປຍ່າງຫຼິ້ນຢູ່ສວນສາທາລະນະ",
        "my": "ဒီနေ့ရာသီဥတုအရမ်းကောင်းတဲ့အတွက်ပန်းခြံကိုလမ်းလျှောက်သွားကြမယ်",
        "en": "two words",
    }
    # the third text is one word longer: without words of its language, it would be another text as a whole
    pairs: list[Document] = [(f"{of}-{n}", "c1", text) for of, text in texts.items() for n in (1, 2)]
    pairs += [(f"{of}-3", "c1", f"{text} 7") for of, text in texts.items()]
    documents = [*pairs, ("other", "c1", "two other words"), ("marks-1", "c1", "?!"), ("marks-2", "c1", "?!")]
    language = {f"{of}-{n}": None if of == "my" else of for of in texts for n in (1, 2, 3)}
    lake = lake_with(spark, tmp_path, "run-1", documents, language=language)
    planned, judged = outcomes(lake, "recipe: near\nsteps:\n  - near_duplicates: {verify: 0.8}")
    assert {i for i, by in removed_by(judged).items() if by} == {
        *(f"{of}-2" for of in texts),
        *(f"{of}-3" for of in texts if of != "en"),
    }
    assert without_keys(lake, planned.recipe, planned.crawls) == {"near_duplicates": 2}


def test_weights_are_computed_from_the_recipes_own_removals(spark: SparkSession, tmp_path: Path) -> None:
    sizes = {1: 6, 2: 4, 3: 2}
    bad = {1: 5, 2: 1, 3: 0}
    made: list[Document] = []
    for size, count in sizes.items():
        for number in range(count):
            text = f"{'bad' if number < bad[size] else 'good'} text {'abcdef'[number]} of {'xyz'[size - 1]}"
            made += [(f"{size}-{number}-{copy}", "c1", text) for copy in range(size)]
    recipe = """
recipe: repeated
steps:
  - exact_duplicates: {scope: all}
  - where: {name: good, keep: "text like 'good%'"}
  - rehydrate: {max_repetitions: 4}
"""
    lake = lake_with(spark, tmp_path, "run-1", made)
    _, judged = outcomes(lake, recipe)
    table = weights(distribution([SizeCount(s, n, bad[s]) for s, n in sizes.items()]), 4)
    assert table == {1: 1, 2: 2}
    copies = judged.rows.where("removed_by IS NULL").select("id", "copies")
    assert {row["id"]: row["copies"] for row in copies.collect()} == {
        f"{size}-{number}-0": repetitions(table, size)
        for size, count in sizes.items()
        for number in range(bad[size], count)
    }


EDGES = """
recipe: edges
steps:
  - near_duplicates: {scope: all}
  - exact_duplicates: {scope: all}
  - duplicate_paragraphs: {scope: all}
"""


@pytest.mark.slow  # two runs
def test_texts_that_have_little_to_compare(spark: SparkSession, tmp_path: Path) -> None:
    made: list[Document] = [
        *((f"same-{n}", "c1", "These are six words, no less.") for n in range(5)),
        ("brief", "c1", "Four words are here."),
        ("curt!", "c1", "FOUR words are HERE"),
        ("empty", "c1", ""),
    ]
    lake = lake_with(spark, tmp_path, "run-1", made)
    curate(lake, parse(EDGES, "edges.yaml"))
    assert {i: by for i, (by, _, _) in fates(lake).items()} == {
        **dict.fromkeys(["same-0", "brief", "empty"]),
        **dict.fromkeys([*(f"same-{n}" for n in range(1, 5)), "curt!"], "near_duplicates.duplicate"),
    }


def test_the_template_of_a_host_is_cut(spark: SparkSession, tmp_path: Path) -> None:
    """A host's menu stands on three of its five pages; another host has the same line once, and keeps it."""
    menu = "Home | Shop | Contact"
    made: list[Document] = [
        ("page-0", "c1", f"{menu}\nPage a is about boats."),
        ("page-1", "c1", f"{menu}\nPage b is about rivers."),
        ("page-2", "c1", f"{menu}\nPage c is about ferries."),
        ("plain", "c1", "A page without a menu."),
        ("menus", "c1", f"{menu}\n  \n|\nHOME, shop: contact!"),
        ("other", "c1", f"{menu}\nThe other host."),
    ]
    recipe = "recipe: hosts\nsteps:\n  - host_boilerplate: {min_pages: 5, share: 0.6}\n"
    host = {id: "b.example" if id == "other" else "a.example" for id, *_ in made}
    lake = lake_with(spark, tmp_path, "run-1", made, host=host)
    _, judged = outcomes(lake, recipe)
    gone = {id: by for id, by in removed_by(judged).items() if by is not None}
    assert gone == {"menus": "host_boilerplate.only_boilerplate"}
    kept = judged.rows.where("removed_by IS NULL").select("id", "text")
    assert {row["id"]: row["text"] for row in kept.collect()} == {
        "page-0": "Page a is about boats.",
        "page-1": "Page b is about rivers.",
        "page-2": "Page c is about ferries.",
        "plain": "A page without a menu.",
        "other": f"{menu}\nThe other host.",
    }
    cut = cut_rows(judged)
    assert cut is not None
    cuts = {tuple(row) for row in cut.select("id", "paragraph", "text", "first_id").collect()}
    assert cuts == {
        *((f"page-{n}", 0, menu, "page-0") for n in range(3)),
        ("menus", 0, menu, "page-0"),
        ("menus", 3, "HOME, shop: contact!", "page-0"),
    }


@pytest.mark.slow
def test_one_document_is_no_duplicate(spark: SparkSession, tmp_path: Path) -> None:
    lake = lake_with(spark, tmp_path, "run-1", [("alone", "c1", "One document is a corpus of its own.")])
    assert curate(lake, parse(EDGES, "edges.yaml")).counts == {None: 1}
    assert fates(lake) == {"alone": (None, None, 1)}
    assert lake.read("silver/clusters").count() == 0
