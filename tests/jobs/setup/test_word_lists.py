"""Word lists by path, cache and URI, and messages about unusable ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.load import parse
from decantry.jobs.setup.word_lists import word_list

WORDS = b"darn\nbad luck\n"
SHA256 = hashlib.sha256(WORDS).hexdigest()


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    (tmp_path / "lists").mkdir()
    return tmp_path / "lists"


def test_a_path_and_a_name_of_the_cache(cache: Path) -> None:
    (cache / "english").write_bytes(WORDS)
    assert word_list("cache:english") == (cache / "english", SHA256)
    assert word_list(str(cache / "english"), SHA256) == (cache / "english", SHA256)
    assert word_list(f"file://{cache}/english")[1] == SHA256


def test_a_uri_is_fetched_once(cache: Path) -> None:
    (cache / SHA256).mkdir()
    (cache / SHA256 / "en").write_bytes(WORDS)
    assert word_list("https://words.example/en", SHA256) == (cache / SHA256 / "en", SHA256)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("https://words.example/en", "needs its sha256"),
        ("cache:../en", "is not of the form cache:NAME"),
        ("cache:none", "is not there: put a file with one word a line at "),
        ("empty", "has no words: write one a line"),
        ("mark", "has no words: write one a line"),
        ("latin", "cannot be read"),
        ("wide", "has zero bytes: write it in UTF-8"),
        ("english", f"has sha256 {SHA256}, not 0000"),
    ],
)
def test_a_list_that_cannot_be_used(cache: Path, monkeypatch: pytest.MonkeyPatch, file: str, told: str) -> None:
    monkeypatch.chdir(cache)
    (cache / "english").write_bytes(WORDS)
    (cache / "empty").write_bytes(b"\n \n")
    (cache / "mark").write_bytes(b"\xef\xbb\xbf\n")
    (cache / "wide").write_bytes("darn\n".encode("utf-16-le"))
    (cache / "latin").write_bytes(b"d\xe9j\xe0\n")
    with pytest.raises(UserError, match=told):
        word_list(file, "0" * 64 if file == "english" else None)


def test_a_missing_list_is_an_error_of_the_step_and_the_hash_covers_the_file(cache: Path) -> None:
    recipe = parse("recipe: r\nsteps:\n  - bad_words: {file: 'cache:english'}\n", "r.yaml")
    with pytest.raises(UserError, match="the step bad_words: the word list cache:english is not there"):
        recipe_hash(recipe)
    (cache / "english").write_bytes(WORDS)
    first = recipe_hash(recipe)
    (cache / "english").write_bytes(WORDS + b"drat\n")
    assert recipe_hash(recipe) != first
    with pytest.raises(UserError, match="give the `sha256` of the word list"):
        parse("recipe: r\nsteps:\n  - bad_words: {file: 'https://words.example/en'}\n", "r.yaml")
