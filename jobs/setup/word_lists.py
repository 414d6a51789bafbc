"""Word lists of users: files with one word or phrase on each line."""

from __future__ import annotations

import re
from pathlib import Path

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.home import home
from decantry.jobs.setup.digest import digest
from decantry.jobs.setup.fetch import fetch

CACHE = re.compile(r"cache:([A-Za-z0-9_][A-Za-z0-9_.-]*)")
"""The prefix of a file that a user puts into the folder `lists` of the cache."""


def word_list(file: str, sha256: str | None = None) -> tuple[Path, str]:
    """The file on this machine, and its sha256.

    `file` is a path, `cache:NAME` (a file that you put into the folder `lists` of the cache), or an `s3://`, `https://`
    or `http://` URI with its sha256, which is fetched once. Raises UserError if it is missing, has another sha256, or
    has no words in UTF-8.
    """
    if "://" in file and not file.startswith("file://"):
        if sha256 is None:
            raise UserError(f"the word list {file} needs its sha256, so that every run uses the same file")
        path = home() / "lists" / sha256 / file.rsplit("/", 1)[-1]
        if not path.is_file():
            fetch(file, path, sha256)
    elif named := CACHE.fullmatch(file):
        path = home() / "lists" / named[1]
    elif file.startswith("cache:"):
        raise UserError(f"the word list {file} is not of the form cache:NAME, with letters, digits, -, _ and dots")
    else:
        path = Path(file.removeprefix("file://")).expanduser()
    if not path.is_file():
        raise UserError(f"the word list {file} is not there: put a file with one word a line at {path}")
    read_words(file, path)
    found = digest(path)
    if sha256 is not None and found != sha256:
        raise UserError(f"the word list {file} has sha256 {found}, not {sha256}: name the right file or digest")
    return path, found


def read_words(name: str, path: Path) -> bytes:
    """The content of a list, which is called `name` in messages. Raises UserError if it has no words in UTF-8."""
    try:
        content = path.read_bytes()
        words = content.decode("utf-8-sig").split()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"the word list {name} cannot be read: {error}") from None
    if b"\0" in content:
        raise UserError(f"the word list {name} has zero bytes: write it in UTF-8")
    if not words:
        raise UserError(f"the word list {name} has no words: write one a line into {path}")
    return content
