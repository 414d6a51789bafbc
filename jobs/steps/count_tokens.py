"""Counts the tokens of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class CountTokens(Step):
    """Sets `token_count` to the number of GPT-2 tokens. An end token does not count."""

    kind: ClassVar[str] = "count_tokens"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "counts GPT-2 tokens"
    source: ClassVar[str] = "datatrove 0.10.1 pipeline/tokens/counter.py"

    tokenizer: Literal["gpt2"] = "gpt2"

    def columns(self, measured: Column | None) -> dict[str, Column]:
        """`token_count`."""
        return {"token_count": native("gpt2_tokens", "text").cast("bigint")}
