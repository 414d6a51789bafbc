"""Finds files in an installed package without importing it, and splits texts with Hugging Face tokenizers."""

from __future__ import annotations

import os
from functools import cache
from importlib import util
from pathlib import Path
from typing import Any

from decantry.jobs.models.well_formed import well_formed
from decantry.jobs.process.errors import UserError


def packaged(package: str, extra: str, *inside: str) -> list[Path]:
    """The files of an installed package. Raises UserError if the package or a file is missing, with what to install."""
    found = util.find_spec(package)
    if found is None or found.origin is None:
        raise UserError(f"the backend {extra} needs the package {package}: pip install 'decantry[{extra}]'")
    files = [Path(found.origin).parent / each for each in inside]
    if missing := [file for file in files if not file.is_file()]:
        raise UserError(
            f"the package {package} has no {missing[0].name}: pip install 'decantry[{extra}]' installs one that has it"
        )
    return files


@cache
def tokenizer(file: Path, extra: str) -> Any:
    """A Hugging Face tokenizer without truncation and padding. Raises UserError if the library is not installed."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # Spark already runs a task on each core
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise UserError(f"the backend {extra} needs tokenizers: pip install 'decantry[{extra}]'") from error
    found = Tokenizer.from_file(str(file))
    found.no_padding()
    found.no_truncation()
    return found


def token_ids(tokenizer: Any, text: str) -> list[int]:
    """The numbers of the text's tokens, without those that the tokenizer adds around a text."""
    (found,) = tokenizer.encode_batch_fast([well_formed(text)], add_special_tokens=False)
    return list(found.ids)
