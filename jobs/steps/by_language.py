"""The base of the steps that take thresholds from the configuration of the document's language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar

from pydantic import Field

from decantry.jobs.process.spark import F
from decantry.jobs.steps.configurations import configurations, digest_of
from decantry.jobs.steps.rule import Comparison, Rule
from decantry.jobs.steps.step import Step
from decantry.udfs.page.language_names import VERSION as NAMES
from decantry.udfs.page.language_names import labels_of

if TYPE_CHECKING:
    from pyspark.sql import Column

_Value = TypeVar("_Value")
RESOURCE = "thresholds by language"


class ByLanguage(Step):
    """A step that can take thresholds from the configuration of the document's language (see Configuration).

    `by_language` is a folder or an archive of configurations, or `cache:NAME`. If a language has no configuration, the
    step's own options apply.
    """

    limited: ClassVar[tuple[str, ...]]
    """The options for which a configuration has a threshold."""

    by_language: Annotated[str, Field(min_length=1)] | None = None

    def limits(self) -> Column | None:
        """The thresholds of the document's language."""
        return limits(self.by_language, self.limited) if self.by_language else None

    def limits_by_label(self) -> Mapping[str, Mapping[str, float | None]]:
        """The thresholds of all languages, by the label of a document's language (see `label_of`)."""
        return by_all_labels(_thresholds(self.by_language, self.limited)) if self.by_language else {}

    def rule(self, name: str, measurement: str, removes_when: Comparison, option: str) -> Rule:
        """A rule whose threshold is the option, or the language's threshold for it."""
        own = option if self.by_language and option in self.limited else None
        return Rule(name, measurement, removes_when, getattr(self, option), limit=own)

    def resources(self) -> dict[str, str]:
        """The sha256 of the configurations. Raises UserError if there are none or one is not valid."""
        return {RESOURCE: digest_of(configurations(self.by_language))} if self.by_language else {}

    def options(self) -> dict[str, Any]:
        """The options. `by_language` is the version of the names of languages, because the sha256 in `resources` covers
        its content.
        """
        options = super().options()
        options.pop("by_language")
        return options | ({"by_language": NAMES} if self.by_language else {})


def limits(where: str, options: Sequence[str]) -> Column:
    """A struct with the thresholds of the document's language for these options; null if the language has none.

    A field is null if the language's configuration switches the rule off. The map of all languages is one constant in
    the plan, so no join is needed.
    """
    fields = ", ".join(f"{option}: double" for option in options)
    return by_label(_thresholds(where, options), f"struct<{fields}>")


def stop_words(where: str) -> Column:
    """The stop words of the document's language, as an array of strings; null if it has no configuration."""
    each = {language: list(found.stopwords) for language, found in configurations(where).items()}
    return by_label(each, "array<string>")


def by_all_labels(values: Mapping[str, _Value]) -> dict[str, _Value]:
    """The values by language, such as `deu_Latn`, and also by every other label of the language."""
    return {label: value for language, value in values.items() for label in labels_of(language)} | {**values}


def by_label(values: Mapping[str, object], kind: str) -> Column:
    """The value for the document's language, as Spark's type `kind`; null if `values` does not have the language.

    The document's label is that of GlotLID or OpenLID, or that of lid.176 with the script of the text.
    """
    by = by_all_labels(values)
    constant = F.from_json(F.lit(json.dumps(by, ensure_ascii=False)), f"map<string, {kind}>")
    language = F.col("language")
    label = F.when(language.contains("_"), language).otherwise(F.concat_ws("|", language, "language_script"))
    return F.try_element_at(constant, label)


def label_of(language: str | None, script: str | None) -> str:
    """The label that `by_label` looks up for a document's language and script."""
    if language is not None and "_" in language:
        return language
    return "|".join(part for part in (language, script) if part is not None)


def _thresholds(where: str, options: Sequence[str]) -> dict[str, dict[str, float | None]]:
    """The thresholds for these options, by language. None switches a rule off."""
    return {
        language: {option: found.thresholds()[option] for option in options}
        for language, found in configurations(where).items()
    }
