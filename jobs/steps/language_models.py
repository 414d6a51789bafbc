"""Several language models for one text: whether they agree, and the labels that they give it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, NonNegativeInt, field_validator, model_validator

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.setup.cache import model_path
from decantry.jobs.setup.cached import CACHE, cached, require_good_name
from decantry.jobs.setup.digest import digest
from decantry.jobs.setup.executors import on_executors
from decantry.jobs.setup.fasttext import fasttext_model
from decantry.jobs.steps.language_labels import code_of, computed_once, highest_above, name_of
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native
from decantry.schemas.table import Column as SchemaColumn

if TYPE_CHECKING:
    from pyspark.sql import Column

LABELS = "language_labels"
"""The corpus column with the labels."""
_ALL = 2**31 - 1
"""All labels of a model, however many may be above `labels_above`: its probabilities need not sum to 1."""


class LanguageModels(Step):
    """Keeps a text if enough fastText models find the language that the document has.

    Each of the `models` is `package:NAME`, `cache:NAME`, a path, or a URI. It may end with `#sha256=...`, as for
    `--language-model`, and a URI must. `agree` is the number of models that must find the document's language: by
    default all. With 0, no text is removed. Different labels of one language, such as `de` and `deu_Latn`, are equal,
    and scripts are not compared. With `labels_above`, the corpus column `language_labels` has all labels to which a
    model gives a higher probability, in the form `deu_Latn`, each with its highest probability.
    """

    kind: ClassVar[str] = "language_models"
    VERSION: ClassVar[int] = 3
    about: ClassVar[str] = "keeps texts if several models agree on their language"
    source: ClassVar[str] = "the recipe's author; arXiv:2506.20920 keeps GlotLID's labels above 0.01"

    models: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]
    agree: NonNegativeInt | None = None
    labels_above: Annotated[float, Field(ge=0.001, lt=1)] | None = None

    @field_validator("models")
    @classmethod
    def _have_good_names(cls, models: tuple[str, ...]) -> tuple[str, ...]:
        for model in models:
            name, _, sha256 = model.partition("#sha256=")
            require_good_name(name)
            if "://" in name and not sha256:
                raise ValueError(f"give the sha256 of {name}, as #sha256=... at its end, so that all runs use one file")
        if len(set(models)) < len(models):
            raise ValueError("a model is named twice: it would agree with itself")
        return models

    @model_validator(mode="after")
    def _has_enough_models(self) -> LanguageModels:
        if self.agree is not None and self.agree > len(self.models):
            raise ValueError(f"`agree` is {self.agree}, but `models` has only {len(self.models)}")
        if self.agree == 0 and self.labels_above is None:
            raise ValueError("with `agree: 0` the step does nothing: give `labels_above`")
        return self

    def measure(self) -> Column:
        """The number of models that find the document's language, and the labels with `labels_above`."""
        own = code_of(name_of(F.col("language")))
        most = 1 if self.labels_above is None else _ALL
        every = F.array(*(native("fasttext", "text", F.lit(model), F.lit(most)) for model in self._on_executors()))
        return computed_once(every, lambda found: F.struct(*self._told(own, found)))

    def _told(self, own: Column, found: Column) -> list[Column]:
        """The measurements, from the labels by each model."""
        same = F.filter(found, lambda labels: code_of(name_of(F.try_element_at(labels, F.lit(1))["label"])) == own)
        floor = self.labels_above
        more = [] if floor is None else [highest_above(F.flatten(found), floor).alias("labels")]
        return [F.size(same).alias("agreeing"), *more]

    def rules(self) -> list[Rule]:
        """One rule: too few models agree."""
        least = len(self.models) if self.agree is None else self.agree
        return [Rule("disagreement", "agreeing", "<", least)] if least else []

    def columns(self, measured: Column | None) -> dict[str, Column]:
        """The labels, with `labels_above`."""
        return {} if self.labels_above is None or measured is None else {LABELS: measured["labels"]}

    def adds(self) -> tuple[SchemaColumn, ...]:
        """The column of the labels."""
        about = f"The languages that {self} sees in the text, each with its highest probability by a model."
        return () if self.labels_above is None else (SchemaColumn(LABELS, "map<string,double>", about),)

    def resources(self) -> dict[str, str]:
        """The sha256 of each model.

        Raises UserError if a file is missing, is not a whole fastText model with labels, or is the file of two models.
        """
        found: dict[str, str] = {}
        for model in self.models:
            try:
                sha256, _ = fasttext_model(*_located(model))
            except (OSError, ValueError, UserError) as error:
                raise UserError(f"the step {self} cannot use the model {model}: {error}") from None
            if (same := next((name for name, own in found.items() if own == sha256), None)) is not None:
                raise UserError(
                    f"the step {self}: the models {same} and {model} are the same file: it would agree with itself"
                )
            found[model] = sha256
        return found

    def _on_executors(self) -> list[str]:
        located = map(_located, self.models)
        return [f"{on_executors(path, sha256)}#sha256={sha256}" for path, sha256 in located]


def _located(model: str) -> tuple[Path, str]:
    """The model's file on this machine, and its sha256."""
    name, _, sha256 = model.partition("#sha256=")
    path = cached(name) if name.startswith(CACHE) else model_path(name, sha256 or None)
    return path, sha256 or digest(path)
