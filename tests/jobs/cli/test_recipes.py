"""Each recipe that ships, on the command line: from a file of rows to a published corpus, by each of its rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.lake.light import rows_of
from decantry.jobs.recipe.load import load, shipped
from decantry.jobs.steps.across import Across
from decantry.jobs.steps.language import Language
from decantry.jobs.steps.step import Step
from decantry.jobs.steps.where import Where
from tests.command import decantry
from tests.fasttext_model import write_model
from tests.jobs.recipe.breaking import Document
from tests.jobs.recipe.disguise import disguised
from tests.jobs.recipe.made import GOOD, breaking, home_at, language_of, put_in_cache, rules_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.slow  # eighteen publications
NEAR = {"copy": "near_duplicates.duplicate", "near": "near_duplicates.duplicate"}
BOTH = {"copy": "exact_duplicates.duplicate", "near": "near_duplicates.duplicate"}
COPIES = {
    **dict.fromkeys(("fineweb", "fineweb-trafilatura", "fineweb-decantry", "fineweb-edu", "fineweb-edu-score-2"), NEAR),
    **dict.fromkeys(("fineweb2", "dedup"), NEAR),
    **dict.fromkeys(("massivetext", "nemotron-cc"), BOTH),
    "c4": {"copy": "c4_after_cuts.too_few_sentences"},
    "dclm-baseline": {"copy": "duplicate_paragraphs.too_much_cut"},
    "fineweb-edu-chinese": {"copy": "exact_duplicates.duplicate"},
}
"""What removes a copy of the good text, and one with a sentence more."""
EARLIER: dict[str, dict[str, str]] = {}
"""Documents that an earlier rule removes, by recipe: no document can pass that rule and break their own."""
OTHERS = [f"x{n}" for n in range(8)]
"""Languages of no document: a word of each makes the model unsure."""


def key_of(language: str, step: Step, rule: str) -> str:
    """The id of the document that breaks the rule."""
    return f"{language} {step if isinstance(step, Where) else step.kind}.{rule}"


def documents() -> dict[str, Document]:
    """All made documents by id: good ones, copies of them, and one for each rule of any recipe."""
    found = {f"{language} 0 good": good for language, good in GOOD.items()}
    for language in ("en", "zh"):
        text = GOOD[language]["text"]
        found[f"{language} copy"] = GOOD[language]
        found[f"{language} near"] = GOOD[language] | {"text": f"{text}\nThat is the whole of her day."}
    for name in shipped():
        language = language_of(name)
        for step in load(name).steps:
            for rule in () if isinstance(step, Across) else rules_of(name, step):
                broken = GOOD[language] | breaking(step, rule)
                broken["text"] = disguised(broken["text"], len(found))
                if isinstance(step, Language) and rule == "low_score":
                    broken["text"] += f"\n{' '.join([broken['language'], *OTHERS])}"
                found[key_of(language, step, rule)] = broken
    return found


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The lake with all documents, beside a cache with what the recipes need. The model knows each text's language."""
    folder = tmp_path_factory.mktemp("recipes")
    put_in_cache(folder / "home")
    made = documents()
    rows = [{"id": i, "url": d["url"], "text": d["text"]} for i, d in made.items()]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    words: dict[str, str] = {name: name for name in OTHERS}
    for document in made.values():
        words |= {word: document["language"] for word in document["text"].split() if word not in words}
    labels = {label: [word for word, mine in words.items() if mine == label] for label in {*words.values()}}
    write_model(folder / "languages.bin", {f"__label__{label}": labels[label] for label in sorted(labels)}, pull=10)
    given = ("--input", str(folder / "rows.jsonl"), "--language-model", str(folder / "languages.bin"))
    with home_at(folder / "home"):
        said = decantry("ingest", *given, "--lake", str(folder / "lake"), "--crawl", "made")
        assert said.code == 0, said.err
        yield str(folder / "lake")


@pytest.mark.parametrize("name", shipped())
def test_it_publishes_good_texts_and_removes_by_each_rule(lake: str, name: str) -> None:
    said = decantry("curate", name, "--lake", lake)
    assert said.code == 0, said.err
    fates = {row["id"]: row["removed_by"] for row in rows_of(lake, "silver/verdicts") if row["recipe"] == name}
    language = language_of(name)
    wanted: dict[str, str | None] = {f"{language} 0 good": None}
    wanted |= {f"{language} {which}": removed_by for which, removed_by in COPIES.get(name, {}).items()}
    for step in load(name).steps:
        if not isinstance(step, Across):
            wanted |= {key_of(language, step, rule): f"{step}.{rule}" for rule in rules_of(name, step)}
    others = {i: (removed_by, fates[i]) for i, removed_by in wanted.items() if fates[i] != removed_by}
    print("RESULT", name, fates[f"{language} copy"], fates[f"{language} near"], others)
    assert {i.removeprefix(f"{language} "): fate for i, (_, fate) in others.items()} == EARLIER.get(name, {})
