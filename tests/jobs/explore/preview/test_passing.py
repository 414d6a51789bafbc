"""Change thresholds on kept measurements give the same as judging all documents again, in Spark and in arrays."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from decantry.jobs.explore.preview.arrays import Arrays
from decantry.jobs.explore.preview.measured import decided
from decantry.jobs.explore.preview.passing import (
    enough_for_passed,
    enough_for_removed,
    passes,
    passes_later_changes,
    passes_later_steps,
)
from decantry.jobs.explore.preview.thresholds import swept, with_settings
from decantry.jobs.recipe.load import parse
from decantry.jobs.steps.across import AFTER_ALL
from decantry.jobs.steps.by_language import ByLanguage, label_of
from decantry.schemas.signals import CHARACTERS

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession

    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.step import Step

RECIPE = """
recipe: some
steps:
  - gopher_quality: {{{limits}min_words: 30, max_words: 60, max_hash_ratio: 0.4, max_bullet_line_ratio: 0.5}}
  - c4: {{min_sentences: 3}}
  - near_duplicates: {{}}
  - fineweb_quality: {{{limits}min_line_punct_ratio: 0.3, max_short_line_ratio: 0.5, max_list_ratio: 0.6}}
"""
GERMAN = """
language_score: 0.8
dup_line_frac: 0
top_n_grams: [[2, 0.2], [3, 0.18], [4, 0.16]]
dup_n_grams: [[5, 0.15], [6, 0.14], [7, 0.13], [8, 0.12], [9, 0.11], [10, 0.1]]
line_punct_thr: 0.5
new_line_ratio: 0.3
min_avg_word_length: 5
max_avg_word_length: 0
max_non_alpha_words_ratio: 0.5
stopwords: [der]
"""
MEASURED = ("gopher_quality", "c4", "fineweb_quality")
SETTINGS = [
    ["gopher_quality.min_words=40"],
    ["gopher_quality.min_words=20", "gopher_quality.max_hash_ratio=0.2"],
    ["gopher_quality.max_words=80", "c4.min_sentences=2"],
    ["c4.min_sentences=4", "fineweb_quality.max_short_line_ratio=0.7"],
    ["gopher_quality.min_mean_word_length=5", "fineweb_quality.min_line_punct_ratio=0.1"],
]
ODD = [None, math.nan, math.inf, -math.inf]


@dataclass(frozen=True)
class Document:
    """A document with all measurements that the steps would take if no step had removed it."""

    id: str
    language: str | None
    script: str | None
    signals: dict[str, float | None]
    duplicate: bool


def documents(recipe: Recipe, count: int = 600) -> list[Document]:
    """Most measurements pass. A few lie around the old and new thresholds, or are not finite."""
    draw = random.Random(3)
    rules = {f"{step}.{rule.shown}": rule for step in recipe.steps for rule in step.rules() if step.kind in MEASURED}
    good = {name: float(rule.threshold) * (1.3 if "<" in rule.removes_when else 0.6) for name, rule in rules.items()}
    good |= {"gopher_quality.words": 45.0, "gopher_quality.mean_word_length": 6.0, "c4.lorem_ipsum": 0.0}
    good |= {"c4.curly_bracket": 0.0, "fineweb_quality.lines": 9.0, "fineweb_quality.line_punct_ratio": 0.55}

    def measured() -> dict[str, float | None]:
        odd: dict[str, float | None] = {
            name: draw.choice([float(rules[name].threshold) * draw.uniform(0.4, 1.8), float(rules[name].threshold)])
            for name in draw.sample(sorted(rules), draw.randint(0, 2))
        }
        odd["gopher_quality.words"] = float(draw.randint(15, 90))
        if draw.random() < 0.1:
            odd[draw.choice(sorted(rules))] = draw.choice(ODD)
        return good | odd

    return [
        Document(
            f"d{n}",
            *draw.choice([("de", "Latn"), ("deu_Latn", None), ("en", "Latn"), (None, "Latn"), ("de", None)]),
            measured(),
            draw.random() < 0.1,
        )
        for n in range(count)
    ]


@cache
def limits_of(step: Step) -> Mapping[str, Mapping[str, float | None]]:
    return step.limits_by_label() if isinstance(step, ByLanguage) else {}


def removed_by(steps: list[Step], document: Document, *, duplicates: bool) -> str | None:
    """The first rule that the document breaks, found by trying one rule after another."""
    for step in steps:
        if step.kind == "near_duplicates":
            if duplicates and document.duplicate:
                return "near_duplicates.duplicate"
            continue
        language, script = document.language or "", document.script
        own = limits_of(step).get(language if "_" in language else f"{language}|{script}")
        for rule in step.rules():
            value = document.signals[f"{step}.{rule.shown}"]
            threshold = own[rule.limit] if own and rule.limit else rule.threshold
            if value is None or threshold is None:
                continue
            value = math.inf if math.isnan(value) else value
            held = {"<": value < threshold, ">": value > threshold, "=": value == threshold, ">=": value >= threshold}
            if held[rule.removes_when]:
                return f"{step}.{rule.name}"
    return None


def recipe_with(by_language: Path | None) -> Recipe:
    limits = "" if by_language is None else f"by_language: {by_language}, "
    return parse(RECIPE.format(limits=limits), "some")


@pytest.fixture(params=[False, True], ids=["one threshold", "by language"])
def recipe(request: pytest.FixtureRequest, tmp_path: Path) -> Recipe:
    (tmp_path / "deu_Latn.yml").write_text(GERMAN)
    return recipe_with(tmp_path if request.param else None)


def changes_of(recipe: Recipe) -> list[Change]:
    _, sweep = swept(recipe, "gopher_quality.min_words=20:50:10")
    return [*(with_settings(recipe, settings) for settings in SETTINGS), *sweep]


def arrays_of(recipe: Recipe, rows: list[Document], by: list[str | None]) -> Arrays:
    places = {str(step): place for place, step in enumerate(recipe.steps)}
    return Arrays(
        at=np.array([places[rule.split(".")[0]] if rule else AFTER_ALL for rule in by]),
        rule=np.arange(len(rows)),
        rules=[rule or "" for rule in by],
        label=np.arange(len(rows)),
        labels=[label_of(row.language, row.script) for row in rows],
        signals={name: pa.array([row.signals[name] for row in rows], pa.float64()) for name in rows[0].signals},
    )


def outcome(recipe: Recipe, change: Change, known: Arrays) -> Any:
    later = passes_later_steps(recipe, [change], known) & passes_later_changes(change, known)
    return passes(recipe, change, known) & later


def test_it_equals_judging_again(recipe: Recipe) -> None:
    rows = documents(recipe)
    by = [removed_by(list(recipe.steps), row, duplicates=True) for row in rows]
    moved = 0
    for change in changes_of(recipe):
        moving = {f"{recipe.steps[place]}" for place in change.steps}
        known = arrays_of(recipe, rows, by)
        assert enough_for_passed(recipe, [change])
        now = outcome(recipe, change, known)
        steps = [change.steps.get(place, step) for place, step in enumerate(recipe.steps)]
        for row, rule, stays in zip(rows, by, now, strict=True):
            if rule is None or rule.split(".")[0] in moving:
                # a document that was not compared is counted as if it had no duplicates
                assert stays == (removed_by(steps, row, duplicates=False) is None), (row, rule, change.label)
                moved += bool(stays) != (rule is None)
    assert moved > 100


def test_spark_says_the_same(spark: SparkSession, recipe: Recipe) -> None:
    rows = documents(recipe, 300)
    by = [removed_by(list(recipe.steps), row, duplicates=True) for row in rows]
    known = arrays_of(recipe, rows, by)
    changes = changes_of(recipe)
    given: list[Any] = [
        (row.id, rule is None, rule, int(at), row.language, row.script, {**row.signals, CHARACTERS: 1.0})
        for row, rule, at in zip(rows, by, known.at, strict=True)
    ]
    names = "id string, kept boolean, removed_by string, at int, language string, language_script string, "
    frame = spark.createDataFrame(given, names + "signals map<string,double>")
    for together in ([changes[0]], [changes[1]], [changes[2]], [changes[3]], [changes[4]], changes[5:]):
        found = {row["id"]: row for row in decided(frame, recipe, together).collect()}
        for n, change in enumerate(together):
            assert [found[row.id]["now"][n] for row in rows] == list(outcome(recipe, change, known)), change.label
        assert {row["again"] for row in found.values()} == {False}


def test_a_step_that_needs_a_score_or_a_language_is_unknown() -> None:
    scored = parse("recipe: some\nsteps: [{gopher_quality: {}}, {score: {model: m.onnx, column: c}}]", "some")
    languages = parse("recipe: some\nsteps: [{gopher_quality: {}}, {language: {keep: [en]}}]", "some")
    plain = parse("recipe: some\nsteps: [{gopher_quality: {}}, {near_duplicates: {}}, {c4: {}}]", "some")
    enough = [
        enough_for_removed(recipe, [with_settings(recipe, ["gopher_quality.min_words=40"])])
        for recipe in (scored, languages, plain)
    ]
    assert enough == [False, False, True]
