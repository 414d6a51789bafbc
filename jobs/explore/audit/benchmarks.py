"""Questions of benchmarks, from files of JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.ingest.lines import Lines
from decantry.jobs.ingest.plan import Part
from decantry.jobs.process.address import public
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources import find
from decantry.jobs.sources.names import format_by_name
from decantry.jobs.store.errors import SourceError

if TYPE_CHECKING:
    from decantry.jobs.sources.source import Source

FIELDS = ("question", "query", "problem", "prompt", "goal", "ctx", "context", "sentence", "input", "text")
"""The keys that may have the question. The first one that has a text is taken, of `question: {stem: ...}` the stem."""
MOST = 200_000
"""The most questions that are read, and the most characters of one."""
CHARACTERS = 10_000
_LABEL = re.compile(r"^\s*(question|passage|problem|goal|q)\s*:\s*", re.IGNORECASE)
"""The word before a question in some files. The corpus has the question without it."""


@dataclass(frozen=True)
class Question:
    """A question and the name of its file."""

    benchmark: str
    text: str


def questions(given: str) -> list[Question]:
    """The questions in the files that a path, folder, glob or URI names. Raises UserError."""
    try:
        sources = [source for source in find([given]) if format_by_name(source.uri) == "jsonl"]
    except UserError as error:
        raise UserError(f"--benchmarks {given[:200]}: {error}") from None
    if not sources:
        raise UserError(f"--benchmarks {given[:200]}: it has no file of JSON lines: name .jsonl files with questions")
    found: list[Question] = []
    for source in sources:
        mine = list(_questions(source))
        if not mine:
            raise UserError(f"--benchmarks: {public(source.uri)} has no questions")
        found += mine
        if len(found) > MOST:
            raise UserError(f"--benchmarks {given[:200]}: it has more than {MOST:,} questions: name fewer files")
    return found


def _questions(source: Source) -> Iterator[Question]:
    name = public(source.uri).rsplit("/", 1)[-1]
    lines = Lines(Part(source))
    try:
        for number, line in lines:
            yield Question(name, _question(line, f"{public(source.uri)}, line {number + 1}"))
    except SourceError as error:
        raise UserError(f"--benchmarks: cannot read {error}") from None
    if lines.damage is not None:
        raise UserError(f"--benchmarks: {public(source.uri)} is damaged: {lines.damage[1]}")


def _question(line: bytes | None, where: str) -> str:
    """The question in a line. Raises UserError if it has none."""
    try:
        row = json.loads(line or b"")
    except (ValueError, RecursionError) as error:
        raise UserError(f"--benchmarks: {where} is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise UserError(f"--benchmarks: {where} is not an object with a question")
    for field in FIELDS:
        value = row.get(field)
        value = value.get("stem") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return _LABEL.sub("", value)[:CHARACTERS]
    keys = ", ".join(map(str, list(row)[:20])) or "none"
    raise UserError(f"--benchmarks: {where} has no question: name it {_any(FIELDS)}; the keys are {keys}")


def _any(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
