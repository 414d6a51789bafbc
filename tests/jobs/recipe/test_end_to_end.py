"""Every shipped recipe through the command line, on pages in its language, with models that the test trains."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from decantry.jobs.recipe.load import load, shipped
from decantry.jobs.sample import build
from tests.command import Answer, decantry
from tests.golden.cases import url_list
from tests.jobs.curate.test_selecting import trained
from tests.jobs.models.judged import rows, write
from tests.jobs.models.made_models import write_head
from tests.jobs.recipe.breaking import CHINESE, FRUIT, PROSE
from tests.warc_files import http, response, warcinfo

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.slow  # every recipe curates a lake

CRAWL = "CC-MAIN-2026-01"
SIMPLIFIED = """清晨的市场还没有开门，卖豆腐的老先生已经把木桶搬到街边，等着第一位客人。
他说这门手艺是父亲教给他的，泡豆、磨浆、点卤，每一步都不能着急。
附近的学校放学以后，孩子们会围着摊子，看白色的热气慢慢升起来。"""
NEAR = PROSE.replace("bicycle lamp", "bicycle bell")
SHOP = "\n".join(f"Bolt M{n} by {n}0, zinc, box of 100" for n in range(4, 24))
PAGES = {
    "bread": PROSE,
    "bread-again": PROSE,
    "bread-nearly": NEAR,
    "bolts": SHOP,
    "tofu": CHINESE,
    "tofu-again": CHINESE,
    "tofu-simplified": SIMPLIFIED,
    "fruit": FRUIT * 5,
}
"""By the first part of the host's name. Chinese pages are for the Chinese recipes."""
CONFIGURATION = """
language_score: 0.5
dup_line_frac: 0.3
top_n_grams: [[2, 0.2], [3, 0.18], [4, 0.16]]
dup_n_grams: [[5, 0.15], [6, 0.14], [7, 0.13], [8, 0.12], [9, 0.11], [10, 0.1]]
line_punct_thr: 0.12
new_line_ratio: 0.3
min_avg_word_length: 1
max_avg_word_length: 12
max_non_alpha_words_ratio: 0.7
"""
STOP_WORDS = {
    "eng_Latn": ["the", "and"],
    "deu_Latn": ["der", "und"],
    "rus_Cyrl": ["и", "на"],
    "cmn_Hani": ["的", "把"],
    "jpn_Jpan": ["の", "は"],
    "ell_Grek": ["και", "το"],
}


def page(name: str, text: str) -> bytes:
    """A page whose article has a paragraph for each line."""
    body = "".join(f"<p>{line}</p>" for line in text.split("\n") if line)
    html = f"<html><head><title>{name}</title></head><body><article><h1>{name}</h1>{body}</article></body></html>"
    return response(name, http(html))


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample and PAGES, as all extractors see them; all models and lists are in the cache."""
    folder = tmp_path_factory.mktemp("recipes")
    listed = url_list(tmp_path_factory.mktemp("lists"))
    with (
        pytest.MonkeyPatch.context() as patched,
        mock.patch("decantry.jobs.steps.url_filter.list_dir", lambda _: listed),
    ):
        patched.setenv("DECANTRY_HOME", str(folder / "home"))
        _fill_cache(folder / "home" / "models", folder)
        build(folder / "web")
        records = [warcinfo(CRAWL), *(page(name, text) for name, text in PAGES.items())]
        (folder / "web" / "pages.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
        made = str(folder / "lake")
        _well(decantry("ingest", "--input", f"{folder}/web/*.warc.gz", "--lake", made, "--keep-html", "--crawl", CRAWL))
        for extractor in sorted({load(name).text.extractor for name in shipped()} - {"resiliparse"}):
            _well(decantry("extract", "--extractor", extractor, "--lake", made))
        yield made


def _fill_cache(models: Path, folder: Path) -> None:
    models.mkdir(parents=True)
    trained(models / "fasttext-oh-eli5", "hq", "lq", 0)
    trained(models / "PreSelect-classifier.bin", "1", "0", 3)
    judged = write(folder / "judged.jsonl", rows())
    for name in ("nemotron-4-edu", "mixtral-edu"):
        _well(decantry("train", "fasttext", str(judged), "--to", str(models / name), "--folds", "3"))
    for name in ("fineweb-edu-classifier", "fineweb-edu-chinese"):
        (models / name).mkdir()
        write_head(models / name / "head.json", "ended_lines")
    (models / "fineweb2").mkdir()
    for language, words in STOP_WORDS.items():
        content = f"{CONFIGURATION}stopwords: {json.dumps(words, ensure_ascii=False)}\n"
        (models / "fineweb2" / f"{language}.yml").write_text(content, encoding="utf-8")


def _well(answer: Answer) -> Answer:
    assert answer.code == 0, answer.err
    return answer


def fates(name: str, lake: str) -> dict[str, str | None]:
    """What removed each of PAGES; None for one that is in the corpus."""
    query = (
        "select split(d.host, '[.]')[0] page, v.removed_by from verdicts v join documents d on d.id = v.id "
        f"where v.recipe = '{name}' and d.extractor like '{load(name).text.extractor} %'"
    )
    found = json.loads(_well(decantry("sql", query, "--lake", lake, "--output", "json")).out)
    return {row["page"]: row["removed_by"] for row in found if row["page"] in PAGES}


FOREIGN = dict.fromkeys(["tofu", "tofu-again", "tofu-simplified", "fruit"], "language.other")
EXPECTED: dict[str, dict[str, Any]] = {}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_it_publishes_what_it_should(lake: str, name: str) -> None:
    told = _well(decantry("curate", name, "--lake", lake)).out
    print(told)
    found = fates(name, lake)
    print("FATES", name, found)
    corpus = Path(lake, "gold", name.replace("-", "_"))
    languages = {path.name for path in corpus.glob("dump=*/language=*")}
    assert ("removed by, and kept, by language" in told) == (name == "fineweb2")
    assert languages == ({"language=de", "language=el", "language=en"} if name == "fineweb2" else set())
    assert found == EXPECTED[name]
