"""The configuration of a language: its thresholds and stop words, in FineWeb2's format."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

Share = Annotated[float, Field(ge=0)]
NGrams = tuple[tuple[int, Share], ...]


class Configuration(BaseModel):
    """One language's file (huggingface/fineweb-2 configs/*.yml). The fields are named after its keys.

    As in datatrove, 0 switches off `dup_line_frac`, `max_avg_word_length` and `max_non_alpha_words_ratio`. Despite its
    name, `max_non_alpha_words_ratio` is the smallest share of words with a letter.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    language_score: Annotated[float, Field(ge=0, le=1)]
    dup_line_frac: Share
    top_n_grams: NGrams
    dup_n_grams: NGrams
    line_punct_thr: float
    new_line_ratio: Share
    min_avg_word_length: Share
    max_avg_word_length: Share
    max_non_alpha_words_ratio: Share
    stopwords: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]

    @field_validator("top_n_grams")
    @classmethod
    def _has_2_to_4(cls, pairs: NGrams) -> NGrams:
        return _of_lengths(pairs, range(2, 5))

    @field_validator("dup_n_grams")
    @classmethod
    def _has_5_to_10(cls, pairs: NGrams) -> NGrams:
        return _of_lengths(pairs, range(5, 11))

    def thresholds(self) -> dict[str, float | None]:
        """The thresholds by the name of the step option that they replace. None switches the rule off."""
        return {
            "language_score": self.language_score,
            "dup_line_frac": self.dup_line_frac or None,
            **{f"top_{n}_gram": share for n, share in self.top_n_grams},
            **{f"duplicated_{n}_n_grams": share for n, share in self.dup_n_grams},
            "min_line_punct_ratio": self.line_punct_thr,
            "max_list_ratio": self.new_line_ratio,
            "min_mean_word_length": self.min_avg_word_length,
            "max_mean_word_length": self.max_avg_word_length or None,
            "min_alpha_word_ratio": self.max_non_alpha_words_ratio or None,
        }


def configuration(content: Any) -> Configuration:
    """The configuration from the content of a file. Raises ValueError with the wrong key if it is not valid."""
    if not isinstance(content, dict):
        raise ValueError("it is not a mapping of keys such as `language_score`")
    try:
        return Configuration.model_validate_json(json.dumps(content, default=str), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"]))
        if first["type"] == "missing":
            raise ValueError(f"the key `{key}` is missing") from None
        if first["type"] == "extra_forbidden":
            known = ", ".join(sorted(Configuration.model_fields))
            raise ValueError(f"there is no key `{key[:80]}`; choose from {known}") from None
        hint = "; write the word in quotes" if key.startswith("stopwords.") else ""
        message = first["msg"].removeprefix("Value error, ")
        raise ValueError(f"`{key}` is {first['input']!r:.80}: {message}{hint}") from None


def _of_lengths(pairs: NGrams, lengths: range) -> NGrams:
    if sorted(n for n, _ in pairs) != list(lengths):
        raise ValueError(f"it needs one pair for each of {', '.join(map(str, lengths))} words")
    return pairs
