"""Steps whose thresholds are those of the document's language, read from configurations."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar

from pydantic import Field

from decantry.jobs.steps.configurations import configurations, digest_of
from decantry.jobs.steps.rule import Comparison, Rule
from decantry.jobs.steps.step import Step
from decantry.udfs.page.language_names import labels_of

if TYPE_CHECKING:
    from pyspark.sql import Column

_Value = TypeVar("_Value")
RESOURCE = "thresholds by language"


class ByLanguage(Step):
    """A step that may take thresholds from the configuration of the document's language (see Configuration).

    `by_language` is a folder or an archive of configurations, or `cache:NAME`. A document whose language has none is
    judged by the step's own options.
    """

    limited: ClassVar[tuple[str, ...]]
    """The options that a configuration has a threshold for."""

    by_language: Annotated[str, Field(min_length=1)] | None = None

    def limits(self) -> Column | None:
        """The thresholds of the document's language."""
        return limits(self.by_language, self.limited) if self.by_language else None

    def limits_by_label(self) -> Mapping[str, Mapping[str, float | None]]:
        """The same by the label of a document's language (see `label_of`)."""
        return by_all_labels(_thresholds(self.by_language, self.limited)) if self.by_language else {}

    def rule(self, name: str, measurement: str, removes_when: Comparison, option: str) -> Rule:
        """A rule whose threshold is the option, or that of the document's language."""
        own = option if self.by_language and option in self.limited else None
        return Rule(name, measurement, removes_when, getattr(self, option), limit=own)

    def resources(self) -> dict[str, str]:
        """The sha256 of the configurations. Raises UserError if there are none, or if one cannot be used."""
        return {RESOURCE: digest_of(configurations(self.by_language))} if self.by_language else {}

    def options(self) -> dict[str, Any]:
        """The options; of `by_language` only whether it is given, because its sha256 says which it is."""
        options = super().options()
        options.pop("by_language")
        return options | ({"by_language": True} if self.by_language else {})


def limits(where: str, options: Sequence[str]) -> Column:
    """A struct with the thresholds of the document's language for these options; null for a language that has none.

    A field is null where the language's configuration switches the rule off. The map of all languages is one constant
    of the plan: it is made once, and not joined.
    """
    fields = ", ".join(f"{option}: double" for option in options)
    return by_label(_thresholds(where, options), f"struct<{fields}>")


def stop_words(where: str) -> Column:
    """The stop words of the document's language, an array of strings; null for a language without a configuration."""
    each = {language: list(found.stopwords) for language, found in configurations(where).items()}
    return by_label(each, "array<string>")


def by_all_labels(each: Mapping[str, _Value]) -> dict[str, _Value]:
    """What `each` has by `deu_Latn`, by all labels of the language too."""
    return {label: value for language, value in each.items() for label in labels_of(language)} | {**each}


def by_label(each: Mapping[str, object], kind: str) -> Column:
    """What `each` has for the document's language, of that type of Spark's; null for another language.

    The document's label is GlotLID's, OpenLID's, or lid.176's with the script of the text.
    """
    from pyspark.sql import functions as F

    by = by_all_labels(each)
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
    return {
        language: {option: found.thresholds()[option] for option in options}
        for language, found in configurations(where).items()
    }
