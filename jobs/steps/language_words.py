"""Words that only one language has, to recognise languages that models often confuse."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.setup.executors import on_executors
from decantry.jobs.setup.word_lists import read_words
from decantry.jobs.steps.by_language import by_label
from decantry.jobs.steps.configurations import local_path
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column

_LIST = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")


class LanguageWords(Step):
    """Keeps a document if its text has a word that only its language has, or if its address names the language.

    `lists` is a folder of word lists such as `gsw_Latn.txt`, with one word on each line, or `cache:NAME`. Documents in
    languages without a list are kept. Punctuation in the text counts as space.

    An address names the language if the language's code is one of its words, if the code in capitals is anywhere in it,
    or if it contains one of the language's `url_words`. `url_words` is a JSON file with lists of words by code. They
    are compared with the address in lower case, without characters other than a-z, 0-9, slashes and dots. Words that
    begin with a dot, such as `.ch`, have no effect. FineWeb2 has the same behaviour: it looks for `.ch/` in the host
    name, which never has a slash.
    """

    kind: ClassVar[str] = "language_words"
    VERSION: ClassVar[int] = 3
    about: ClassVar[str] = "removes texts without a word that is typical of their language"
    source: ClassVar[str] = (
        "arXiv:2506.20920; huggingface/fineweb-2 misc/precision_filtering/run_precision_filtering.py"
    )

    lists: Annotated[str, Field(min_length=1)]
    url_words: Annotated[str, Field(min_length=1)] | None = None

    def measure(self) -> Column:
        """The number of listed words in the text, without and with the address; null if the language has no list."""
        folder = self._folder()
        names = _names(folder)
        digest = _digest(folder)
        where = f"{on_executors(folder, digest)}#sha256={digest}"
        own = by_label({name: name for name in names}, "string")
        words = _url_words(self.url_words)
        inside = by_label({name: _inside(name, words) for name in names}, "array<string>")
        listed = native("listed_words", "text", "language", F.lit(where), own)
        named = own.isNotNull() & names_language(F.coalesce("url", F.lit("")), F.substring_index(own, "_", 1), inside)
        return F.struct(listed.alias("listed"), (listed + F.when(named, 1).otherwise(0)).alias("listed_or_in_url"))

    def rules(self) -> list[Rule]:
        """One rule: no listed word in the text, and no sign of the language in the address."""
        return [Rule("no_word_of_the_language", "listed_or_in_url", "<", 1)]

    def resources(self) -> dict[str, str]:
        """The sha256 of the lists and of `url_words`. Raises UserError if they are missing."""
        found = {"word lists by language": _digest(self._folder())}
        if self.url_words:
            words = json.dumps(_url_words(self.url_words), sort_keys=True)
            found["words in addresses by language"] = hashlib.sha256(words.encode()).hexdigest()
        return found

    def options(self) -> dict[str, Any]:
        """Whether lists and words are given. The sha256 in `resources` covers their content."""
        return {"lists": True, "url_words": self.url_words is not None}

    def _folder(self) -> Path:
        folder = local_path(self.lists)
        if not folder.is_dir() or not _names(folder):
            raise UserError(
                f"the step {self} needs word lists at {folder}: put a folder of files such as gsw_Latn.txt there, with "
                "one word on each line, such as misc/precision_filtering/wordlists-0.85 of "
                "github.com/huggingface/fineweb-2"
            )
        return folder


def names_language(url: Column, code: Column, words: Column) -> Column:
    """Whether an address names the language with this code, such as `gsw`. `words` are its `url_words`.

    The patterns are constants, so that Spark compiles them only once.
    """
    parts = F.regexp_extract_all(url, F.lit("[a-zA-Z0-9]+"), F.lit(0))
    stripped = F.lower(F.regexp_replace(url, "[^a-zA-Z0-9/.]+", ""))
    named = F.array_contains(parts, code) | F.contains(url, F.upper(code))
    return named | F.exists(words, lambda word: F.contains(stripped, word))


def _names(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.glob("*.txt") if _LIST.fullmatch(file.stem) and file.is_file())


def _inside(name: str, words: dict[str, list[str]]) -> list[str]:
    """The language's words for addresses, without those that begin with a dot."""
    return [word for word in words.get(name.partition("_")[0], []) if word and not word.startswith(".")]


def _url_words(where: str | None) -> dict[str, list[str]]:
    if where is None:
        return {}
    path = local_path(where)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"the words for addresses at {path} cannot be read: {error}") from None
    if not isinstance(found, dict) or not all(
        isinstance(words, list) and all(isinstance(word, str) for word in words) for words in found.values()
    ):
        raise UserError(
            f'the words for addresses at {path} are not lists by language code, such as {{"gsw": ["schweiz"]}}'
        )
    return found


def _digest(folder: Path) -> str:
    """The sha256 of the lists. Raises UserError if one is not UTF-8 or has no words."""
    files = [folder / f"{name}.txt" for name in _names(folder)]
    return _digest_of(tuple((str(file), (stat := file.stat()).st_size, stat.st_mtime_ns) for file in files))


@lru_cache(maxsize=8)
def _digest_of(files: tuple[tuple[str, int, int], ...]) -> str:
    """The sha256 of the files. Size and time are part of the cache key, so that changed files are read again."""
    found = hashlib.sha256()
    for path, _, _ in files:
        content = read_words(path, Path(path))
        found.update(f"{Path(path).name} {len(content)}\n".encode() + content)
    return found.hexdigest()
