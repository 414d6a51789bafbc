"""Words that only one language has, for languages that others are often taken for."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.executors import on_executors
from decantry.jobs.setup.word_lists import read_words
from decantry.jobs.steps.by_language import by_label
from decantry.jobs.steps.configurations import place_of
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column

_LIST = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")


class LanguageWords(Step):
    """Keeps a document of a language with a word list if it has one of the words, or if its address speaks for it.

    `lists` is a folder of lists such as `gsw_Latn.txt`, one word a line, or `cache:NAME`. Words are those of the text
    with spaces for punctuation. An address speaks for a language if it has the language's code as a word, or anywhere
    in capitals, or if it has one of `url_words`, a JSON file of lists by code. Those are looked for in the address in
    lower case, of which only a-z, 0-9, slashes and dots are left. Words with a dot in front, such as `.ch`, do nothing,
    as in FineWeb2: it looks for `.ch/` in the name of the host, which has no slash. Documents of languages without a
    list stay.
    """

    kind: ClassVar[str] = "language_words"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "removes texts without a word that only their language has"
    source: ClassVar[str] = (
        "arXiv:2506.20920; huggingface/fineweb-2 misc/precision_filtering/run_precision_filtering.py"
    )

    lists: Annotated[str, Field(min_length=1)]
    url_words: Annotated[str, Field(min_length=1)] | None = None

    def measure(self) -> Column:
        """How many of the words the text has, and whether its address speaks for the language; null without a list."""
        from pyspark.sql import functions as F

        folder = self._folder()
        names = _names(folder)
        digest = _digest(folder)
        where = f"{on_executors(folder, digest)}#sha256={digest}"
        own = by_label({name: name for name in names}, "string")
        words = _url_words(self.url_words)
        inside = by_label({name: _inside(name, words) for name in names}, "array<string>")
        listed = native("listed_words", "text", "language", F.lit(where), own)
        spoken = own.isNotNull() & spoken_for(F.coalesce("url", F.lit("")), F.substring_index(own, "_", 1), inside)
        return F.struct(listed.alias("listed"), (listed + F.when(spoken, 1).otherwise(0)).alias("listed_or_in_url"))

    def rules(self) -> list[Rule]:
        """One rule: neither a word nor the address."""
        return [Rule("no_word_of_the_language", "listed_or_in_url", "<", 1)]

    def resources(self) -> dict[str, str]:
        """The sha256 of the lists and of the words for addresses. Raises UserError if they are missing."""
        found = {"word lists by language": _digest(self._folder())}
        if self.url_words:
            told = json.dumps(_url_words(self.url_words), sort_keys=True)
            found["words in addresses by language"] = hashlib.sha256(told.encode()).hexdigest()
        return found

    def options(self) -> dict[str, Any]:
        """Of the lists, only that they are given: their sha256 says which they are."""
        return {"lists": True, "url_words": self.url_words is not None}

    def _folder(self) -> Path:
        folder = place_of(self.lists)
        if not folder.is_dir() or not _names(folder):
            raise UserError(
                f"the step {self} needs word lists at {folder}: put a folder of files such as gsw_Latn.txt there, one "
                "word a line, like misc/precision_filtering/wordlists-0.85 of github.com/huggingface/fineweb-2"
            )
        return folder


def spoken_for(url: Column, code: Column, words: Column) -> Column:
    """Whether an address speaks for the language with the code, such as `gsw`, whose words for addresses are `words`.

    The patterns are constants, which Spark compiles once.
    """
    from pyspark.sql import functions as F

    parts = F.regexp_extract_all(url, F.lit("[a-zA-Z0-9]+"), F.lit(0))
    stripped = F.lower(F.regexp_replace(url, "[^a-zA-Z0-9/.]+", ""))
    named = F.array_contains(parts, code) | F.contains(url, F.upper(code))
    return named | F.exists(words, lambda word: F.contains(stripped, word))


def _names(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.glob("*.txt") if _LIST.fullmatch(file.stem) and file.is_file())


def _inside(name: str, words: dict[str, list[str]]) -> list[str]:
    """The words for addresses of the list's language, without those of hosts."""
    return [word for word in words.get(name.partition("_")[0], []) if word and not word.startswith(".")]


def _url_words(where: str | None) -> dict[str, list[str]]:
    if where is None:
        return {}
    path = place_of(where)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"the words for addresses at {path} cannot be read: {error}") from None
    if not isinstance(found, dict) or not all(
        isinstance(words, list) and all(isinstance(word, str) for word in words) for words in found.values()
    ):
        raise UserError(f'the words for addresses at {path} are not lists by code, like {{"gsw": ["schweiz"]}}')
    return found


def _digest(folder: Path) -> str:
    """The sha256 of the lists; read again where one has changed. Raises UserError if one has no words in UTF-8."""
    files = [folder / f"{name}.txt" for name in _names(folder)]
    return _known(tuple((str(file), (told := file.stat()).st_size, told.st_mtime_ns) for file in files))


@lru_cache(maxsize=8)
def _known(files: tuple[tuple[str, int, int], ...]) -> str:
    found = hashlib.sha256()
    for path, _, _ in files:
        content = read_words(path, Path(path))
        found.update(f"{Path(path).name} {len(content)}\n".encode() + content)
    return found.hexdigest()
