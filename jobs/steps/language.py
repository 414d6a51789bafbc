"""The language rule: which languages to keep, and the score that they need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, field_validator, model_validator

from decantry.jobs.process.spark import F
from decantry.jobs.steps.by_language import ByLanguage
from decantry.jobs.steps.rule import Rule

if TYPE_CHECKING:
    from pyspark.sql import Column


_CODE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?")
"""A language as models name it: `en` (lid.176), `eng_Latn` (GlotLID)."""
_NAMES = """
af als am an ar arz as ast av az azb ba bar bcl be bg bh bn bo bpy br bs bxr ca cbk ce ceb ckb co cs cv cy da de diq
dsb dty dv el eml en eo es et eu fa fi fr frr fy ga gd gl gn gom gu gv he hi hif hr hsb ht hu hy ia id ie ilo io is
it ja jbo jv ka kk km kn ko krc ku kv kw ky la lb lez li lmo lo lrc lt lv mai mg mhr min mk ml mn mr mrj ms mt mwl
my myv mzn nah nap nds ne new nl nn no oc or os pa pam pfl pl pms pnb ps pt qu rm ro ru rue sa sah sc scn sco sd sh
si sk sl so sq sr su sv sw ta te tg th tk tl tr tt tyv ug uk ur uz vec vep vi vls vo wa war wuu xal xmf yi yo yue zh
"""
LID_176 = frozenset(_NAMES.split())
"""The labels of lid.176 (https://fasttext.cc/docs/en/language-identification.html)."""


class Language(ByLanguage):
    """Keeps documents in the languages of `keep` whose score is above `above`, as FineWeb does.

    With `by_language`, it keeps documents in languages that have a configuration and whose score is at least the
    configuration's `language_score`, as FineWeb2 does. `keep` can then choose some of these languages.
    """

    kind: ClassVar[str] = "language"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "keeps documents of some languages"
    source: ClassVar[str] = "arXiv:2406.17557; datatrove 0.10.1 pipeline/filters/language_filter.py"

    limited: ClassVar[tuple[str, ...]] = ("language_score",)

    keep: tuple[str, ...] = ()
    above: Annotated[float, Field(ge=0, le=1)] = 0.65

    @field_validator("keep")
    @classmethod
    def _are_codes(cls, keep: tuple[str, ...]) -> tuple[str, ...]:
        for name in keep:
            if not _CODE.fullmatch(name):
                raise ValueError(f"{name} is not a language code of a model, such as en, zh or eng_Latn")
            if "_" not in name and name not in LID_176:
                raise ValueError(f"{name} is not a language code of lid.176, such as en, de or ceb")
        return keep

    @model_validator(mode="after")
    def _keeps_some(self) -> Language:
        if not self.keep and not self.by_language:
            raise ValueError("give `keep` (languages, such as [en]) or `by_language` (configurations)")
        if self.by_language and "above" in self.model_fields_set:
            raise ValueError("`above` does not go with `by_language`: each configuration has its own `language_score`")
        return self

    def options(self) -> dict[str, Any]:
        """The options, without `above` if the configurations have their own scores."""
        options = super().options()
        if self.by_language:
            options.pop("above")
        return options

    def measure(self) -> Column:
        """The language and its score, as ingest found them."""
        found = [
            F.coalesce("language", F.lit("")).alias("language"),
            F.coalesce("language_score", F.lit(0.0)).alias("language_score"),
        ]
        if (limits := self.limits()) is not None:
            found.append(limits.isNotNull().cast("int").alias("configured"))
        return F.struct(*found)

    def rules(self) -> list[Rule]:
        """The rules: another language, a language without a configuration, and a low score."""
        named = Rule("other", "language", "not in", self.keep, shows="language_score")
        if self.by_language:
            low = Rule("low_score", "language_score", "<", 0, limit="language_score")
            return [*([named] if self.keep else []), Rule("unconfigured", "configured", "<", 1), low]
        return [
            named,
            Rule("low_score", "language_score", "<=", self.above),
        ]
