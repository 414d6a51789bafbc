"""Loads a tokenizer from a `tokenizer.json` with Hugging Face's `tokenizers`."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from decantry.jobs.explore.export.token_file import type_of
from decantry.jobs.process.errors import UserError

ENDS = ("<|endoftext|>", "<|end_of_text|>", "<|eot_id|>", "</s>", "<eos>", "<|eos|>", "<|im_end|>", "[EOS]", "[SEP]")
"""Usual names of the token that ends a document, if no file beside the tokenizer names it. The first that exists
counts."""
CONFIG = "tokenizer_config.json"
"""The file that may lie beside a tokenizer. Its `eos_token` names the token that ends a document."""
PROBES = ("The tide turned.", "Ünïcödé, 潮汐, прилив, 🌊\u200d", "\x00\x1b\ufffd\U0010fffd")
"""Texts that a tokenizer must be able to encode. A tokenizer without an unknown token and without bytes may fail."""
CHARACTERS = 1 << 20
"""The size of the texts that are encoded at a time, unless a single text is longer."""


@dataclass(frozen=True)
class Tokenizer:
    """A tokenizer's file, and the token that ends a document. `vocabulary` is the largest id plus one."""

    name: str
    content: bytes
    vocabulary: int
    end: str
    end_id: int

    @property
    def sha256(self) -> str:
        """The digest of the file."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def type(self) -> str:
        """The type in which ids are stored."""
        return type_of(self.vocabulary)

    def encode(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """The ids of each text, and the token that ends it. Names of special tokens in a text are plain text."""
        model, size = _model(self.content), 0
        batch: list[str] = []
        for text in texts:
            if batch and size + len(text) > CHARACTERS:
                yield from self._encoded(model, batch)
                batch, size = [], 0
            batch.append(text)
            size += len(text)
        yield from self._encoded(model, batch)

    def _encoded(self, model: Any, batch: list[str]) -> Iterator[list[int]]:
        for encoding in model.encode_batch_fast(batch, add_special_tokens=False):
            yield [*encoding.ids, self.end_id]


def tokenizer_of(file: Path, end: str | None) -> Tokenizer:
    """The tokenizer in the file. If `end` is None, its own token ends a document.

    Raises UserError if `tokenizers` is not installed, if the file is not a tokenizer, or if it has no such token.
    """
    try:
        import tokenizers  # noqa: F401
    except ImportError:
        raise UserError("--tokenizer needs the package tokenizers: pip install 'decantry[tokenizers]'") from None
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UserError(f"--tokenizer is {file}, which cannot be read: {error.strerror}") from None
    try:
        model = _model(content)
        ids = model.get_vocab(with_added_tokens=True)
        encoded = model.encode_batch_fast(list(PROBES), add_special_tokens=False)
    except Exception as error:  # the package raises no more specific class
        why = next(iter(str(error).splitlines()), type(error).__name__)[:200]
        raise UserError(f"--tokenizer is {file}, which is not a usable tokenizer.json: {why}") from None
    if not encoded[0].ids:
        raise UserError(f"--tokenizer is {file}, which gives no tokens for {PROBES[0]!r}: name another tokenizer")
    last = _end_of(file, ids) if end is None else end
    if last not in ids:
        raise UserError(
            f"--end-of-document is {last[:100]}, which the tokenizer {file} does not have: name another one"
        )
    return Tokenizer(file.name, content, max(ids.values()) + 1, last, ids[last])


def _end_of(file: Path, ids: dict[str, int]) -> str:
    """The tokenizer's own token that ends a document. Raises UserError if it cannot be found."""
    try:
        named = json.loads((file.parent / CONFIG).read_text(encoding="utf-8")).get("eos_token")
    except (OSError, ValueError, AttributeError):
        named = None
    named = named.get("content") if isinstance(named, dict) else named
    for token in ([named] if isinstance(named, str) else []) + list(ENDS):
        if token in ids:
            return token
    raise UserError(f"the tokenizer {file} does not say which token ends a document: name it with --end-of-document")


@lru_cache(maxsize=1)
def _model(content: bytes) -> Any:
    """The tokenizer, without truncation and padding. Raises what `tokenizers` raises."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # Spark already runs a task on each core
    from tokenizers import Tokenizer as Model

    model = Model.from_buffer(content)
    model.no_truncation()
    model.no_padding()
    model.encode_special_tokens = True
    return model
