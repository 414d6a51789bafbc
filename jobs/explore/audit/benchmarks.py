"""Reads benchmark questions from files of JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from decantry.jobs.ingest.lines import Lines
from decantry.jobs.ingest.plan import Part
from decantry.jobs.process.address import public
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources import find
from decantry.jobs.sources.names import format_by_name
from decantry.jobs.store.errors import SourceError
from decantry.udfs.page.page import clean

if TYPE_CHECKING:
    from decantry.jobs.sources.source import Source

FIELDS = ("question", "query", "problem", "prompt", "goal", "ctx", "context", "sentence", "input", "text")
"""The keys that may have the question. The first key with a text counts; in `question: {stem: ...}`, the stem."""
MOST = 200_000
"""The most questions that are read, and the most characters of one."""
CHARACTERS = 10_000
ALL_CHARACTERS = 100_000_000
"""The most characters of all questions together, because they are held in memory."""
_LABEL = re.compile(r"^\s*(question|passage|problem|goal|q)\s*:\s*", re.IGNORECASE)
"""The word that some files put before a question. A corpus has the question without it."""


@dataclass(frozen=True)
class Question:
    """A question, and the name of its file: its path in the folder that contains all files of questions."""

    benchmark: str
    text: str


def questions(given: str) -> list[Question]:
    """The questions in the files that a path, folder, glob or URI names.

    Raises UserError if a file cannot be read, has no questions, or has too many.
    """
    try:
        sources = [source for source in find([given]) if format_by_name(source.uri) == "jsonl"]
    except UserError as error:
        raise UserError(f"--benchmarks {given[:200]}: {error}") from None
    if not sources:
        raise UserError(f"--benchmarks {given[:200]}: there is no file of JSON lines: name .jsonl files with questions")
    found: list[Question] = []
    characters = 0
    for source, name in zip(sources, _names(sources), strict=True):
        before = len(found)
        for question in _questions(source, name):
            found.append(question)
            characters += len(question.text)
            if len(found) > MOST:
                raise UserError(f"--benchmarks {given[:200]}: there are more than {MOST:,} questions: name fewer files")
            if characters > ALL_CHARACTERS:
                many = f"the questions have more than {ALL_CHARACTERS:,} characters"
                raise UserError(f"--benchmarks {given[:200]}: {many}: name fewer files")
        if len(found) == before:
            raise UserError(f"--benchmarks: {public(source.uri)} has no questions")
    return found


def _names(sources: Sequence[Source]) -> list[str]:
    """The files' paths, relative to the folder that contains all of them. No two are the same."""
    paths = [public(source.uri).split("/") for source in sources]
    folders = zip(*(path[:-1] for path in paths), strict=False)
    common = sum(1 for _ in takewhile(lambda names: len({*names}) == 1, folders))
    return ["/".join(path[common:]) for path in paths]


def _questions(source: Source, name: str) -> Iterator[Question]:
    lines = Lines(Part(source))
    try:
        for number, line in lines:
            yield Question(name, _question(line, f"{public(source.uri)}, line {number + 1}"))
    except SourceError as error:
        raise UserError(f"--benchmarks: cannot read {error}") from None
    if lines.damage is not None:
        raise UserError(f"--benchmarks: {public(source.uri)} is damaged: {lines.damage[1]}")


def _question(line: bytes | None, where: str) -> str:
    """The question in a line, without lone surrogates, which no file can store. Raises UserError if there is none."""
    try:
        row = json.loads(line or b"")
    except (ValueError, RecursionError) as error:
        raise UserError(f"--benchmarks: {where} is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise UserError(f"--benchmarks: {where} is not a JSON object with a question")
    for field in FIELDS:
        value = row.get(field)
        value = value.get("stem") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return clean(_LABEL.sub("", value)[:CHARACTERS])
    keys = ", ".join(map(str, list(row)[:20])) or "none"
    raise UserError(
        f"--benchmarks: {where} has no question: its keys are {keys}; name the question's key {_any(FIELDS)}"
    )


def _any(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
