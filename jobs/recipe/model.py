"""The model of a recipe that has been read and validated."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from decantry.jobs.recipe.alarms import Alarms
from decantry.jobs.steps.bad_words import BadWords
from decantry.jobs.steps.c4 import C4
from decantry.jobs.steps.chinese_characters import ChineseCharacters
from decantry.jobs.steps.classifier import Classifier
from decantry.jobs.steps.count_tokens import CountTokens
from decantry.jobs.steps.curator_heuristics import CuratorHeuristics
from decantry.jobs.steps.duplicate_paragraphs import DuplicateParagraphs
from decantry.jobs.steps.ensemble_buckets import EnsembleBuckets
from decantry.jobs.steps.exact_duplicates import ExactDuplicates
from decantry.jobs.steps.fineweb_quality import FineWebQuality
from decantry.jobs.steps.gopher_quality import GopherQuality
from decantry.jobs.steps.gopher_repetition import GopherRepetition
from decantry.jobs.steps.host_boilerplate import HostBoilerplate
from decantry.jobs.steps.language import Language
from decantry.jobs.steps.language_models import LanguageModels
from decantry.jobs.steps.language_words import LanguageWords
from decantry.jobs.steps.massiveweb_quality import MassiveWebQuality
from decantry.jobs.steps.massiveweb_repetition import MassiveWebRepetition
from decantry.jobs.steps.near_duplicates import NearDuplicates
from decantry.jobs.steps.redact_pii import RedactPii
from decantry.jobs.steps.refinedweb_lines import RefinedWebLines
from decantry.jobs.steps.rehydrate import Rehydrate
from decantry.jobs.steps.remove_urls import RemoveUrls
from decantry.jobs.steps.repair_text import RepairText
from decantry.jobs.steps.sample import Sample
from decantry.jobs.steps.score import EduScore, Score, ScoredByModel
from decantry.jobs.steps.select_top import SelectTop
from decantry.jobs.steps.step import Step
from decantry.jobs.steps.stop_words import StopWords
from decantry.jobs.steps.symbol_lines import SymbolLines
from decantry.jobs.steps.url_filter import UrlFilter
from decantry.jobs.steps.where import Where
from decantry.jobs.steps.zhtw_layout import ZhtwLayout
from decantry.jobs.steps.zhtw_lines import ZhtwLines
from decantry.jobs.steps.zhtw_quality import ZhtwQuality
from decantry.schemas import corpus
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Column, Table
from decantry.udfs.page.html import EXTRACTORS, NATIVE

KINDS: dict[str, type[Step]] = {
    kind.kind: kind
    for kind in (
        UrlFilter,
        Language,
        LanguageModels,
        GopherRepetition,
        GopherQuality,
        MassiveWebRepetition,
        MassiveWebQuality,
        StopWords,
        LanguageWords,
        C4,
        BadWords,
        FineWebQuality,
        RemoveUrls,
        RefinedWebLines,
        CuratorHeuristics,
        ChineseCharacters,
        ZhtwQuality,
        ZhtwLines,
        ZhtwLayout,
        ExactDuplicates,
        NearDuplicates,
        DuplicateParagraphs,
        HostBoilerplate,
        Rehydrate,
        Classifier,
        Score,
        EduScore,
        SelectTop,
        EnsembleBuckets,
        CountTokens,
        RepairText,
        RedactPii,
        SymbolLines,
        Sample,
        Where,
    )
}

_CLOSED = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


_WORKING = (
    *("removed_by", "values", "signals", "copies", "copy", "cluster_id", "cluster_size", "minhash_cluster_size"),
    *("scope", "rank", "bands", "edited", "run_id", "recipe", "recipe_hash", "kept", "text_hash"),
)
"""Columns of the working frame in addition to those of documents."""


_OF_EXPLAIN = re.compile("[mblt][0-9]+")
"""Names of columns that `explain` adds to the working frame."""


class TextSource(BaseModel):
    """The extractor whose text the recipe reads, and the form of the text. Not all extractors give Markdown."""

    model_config = _CLOSED
    extractor: str = "resiliparse"
    form: Literal["text", "markdown"] = "text"

    @model_validator(mode="after")
    def _has_the_form(self) -> TextSource:
        if self.form == "markdown" and self.extractor not in NATIVE:
            raise ValueError(f"{self.extractor} gives no Markdown: use `form: markdown` with {' or '.join(NATIVE)}")
        return self

    @field_validator("extractor")
    @classmethod
    def _is_known(cls, extractor: str) -> str:
        if extractor not in EXTRACTORS:
            raise ValueError(f"there is no extractor {extractor}: use {' or '.join(EXTRACTORS)}")
        return extractor


RECIPE_NAME = r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$"
_STEP_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Check(BaseModel):
    """Bounds on a figure of the publication. If a check of severity `error` fails, nothing is published."""

    model_config = _CLOSED
    metric: Literal["kept_share", "kept", "documents", "removed_share"]
    between: tuple[float | None, float | None]
    step: str | None = None
    severity: Literal["error", "warning"] = "error"

    @model_validator(mode="after")
    def _is_a_range(self) -> Check:
        low, high = self.between
        if low is None and high is None:
            raise ValueError("`between` needs a lower or an upper bound")
        if low is not None and high is not None and low > high:
            raise ValueError(f"`between` has its bounds in the wrong order: {low:g} is more than {high:g}")
        if (self.step is None) == (self.metric == "removed_share"):
            raise ValueError("`step` is needed for removed_share and not allowed for other metrics")
        most = 1 if self.metric.endswith("_share") else None
        for bound in self.between:
            if bound is not None and (bound < 0 or (most is not None and bound > most)):
                raise ValueError(f"{self.metric} cannot be {bound:g}: it is {'from 0 to 1' if most else '0 or more'}")
        return self


def _numbers(step: Step) -> list[str]:
    """The numeric columns that the step adds to the working frame for later steps."""
    if isinstance(step, CountTokens):
        return ["token_count"]
    numbers = ("double", "int", "bigint")
    return [] if step.finds_clusters else [column.name for column in step.adds() if column.type in numbers]


class Recipe(BaseModel):
    """A recipe: how to make a corpus. `steps` are the resolved steps, in order, with unique names.

    In YAML, `alarms` is one of the `checks`.
    """

    model_config = _CLOSED
    recipe: Annotated[str, Field(pattern=RECIPE_NAME, max_length=64)]
    title: str = ""
    reference: tuple[str, ...] = ()
    text: TextSource = TextSource()
    steps: Annotated[tuple[Any, ...], Field(min_length=1)]
    checks: tuple[Check, ...] = ()
    alarms: Alarms = Alarms()

    @field_validator("recipe")
    @classmethod
    def _is_no_table_of_the_lake(cls, recipe: str) -> str:
        names = {name.split("/")[1] for name in TABLES}
        if recipe.replace("-", "_").removesuffix("_all") in names:
            raise ValueError(f"{recipe} is the name of a table that every lake has: give the recipe another name")
        return recipe

    @field_validator("steps")
    @classmethod
    def _names_are_unique(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        names = [str(step) for step in steps]
        if odd := next((name for name in names if not _STEP_NAME.fullmatch(name)), None):
            raise ValueError(f"the step name {odd!r} may have only letters, digits, - and _, and at most 64 of them")
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two steps are called {twice[0]}: give one of them a `name`")
        return steps

    @field_validator("steps")
    @classmethod
    def _columns_are_new(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        if sum(bool(step.adds()) for step in steps if isinstance(step, LanguageModels)) > 1:
            raise ValueError("only one language_models step may have `labels_above`")
        taken = {*TABLES["silver/documents"].column_names, *(column.name for column in corpus.BASE), *_WORKING}
        for step in steps:
            if not isinstance(step, Classifier | ScoredByModel | EnsembleBuckets | LanguageModels):
                continue
            for column in step.adds():
                if column.name in taken or _OF_EXPLAIN.fullmatch(column.name):
                    raise ValueError(
                        f"{step} adds the column `{column.name}`, which exists already: choose another name"
                    )
                taken.add(column.name)
        return steps

    @field_validator("steps")
    @classmethod
    def _columns_exist(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        added: list[str] = []
        for step in steps:
            for name in step.needs:
                if name not in added:
                    known = f"they add {', '.join(added)}" if added else "they add none"
                    raise ValueError(f"{step} reads the column `{name}`, which no earlier step adds: {known}")
            added += _numbers(step)
        return steps

    @field_validator("steps")
    @classmethod
    def _sizes_are_known(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        clustered = False
        for step in steps:
            clustered |= step.finds_clusters
            if isinstance(step, Rehydrate) and not clustered:
                raise ValueError(
                    f"{step} needs a step before it that finds clusters, because it repeats documents by cluster size"
                )
        return steps

    def corpus(self) -> Table:
        """The table that the recipe publishes."""
        added: dict[str, Column] = {column.name: column for step in self.steps for column in step.adds()}
        by_language = any(isinstance(step, Language) and step.by_language for step in self.steps)
        return corpus.corpus(self.recipe, tuple(added.values()), by_language=by_language)
