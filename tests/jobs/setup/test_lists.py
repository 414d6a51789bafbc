"""Compiled URL lists: sorted keys, clean words, and a digest that follows the sources."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from decantry.jobs.setup.lists import compile_lists


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha1(name.encode()).digest()[:8], "little")


def test_names_become_sorted_distinct_keys(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    names = ["bad.example.org", "worse.example.net", "bad.example.org", "пример.example"]
    (sources / "domains").write_text("# a comment\n" + "\n".join(names) + "\n\n", encoding="utf-8")
    compile_lists(sources, tmp_path / "compiled")
    keys = np.fromfile(tmp_path / "compiled" / "domains.u64", dtype="<u8").tolist()
    assert keys == sorted({_key(name) for name in names})
    assert (tmp_path / "compiled" / "urls.u64").stat().st_size == 0


def test_words_are_lower_case_letters_and_digits(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "banned_words.txt").write_text("Two Words\nplain\n#no\nplain\n--\n")
    compile_lists(sources, tmp_path / "compiled")
    assert (tmp_path / "compiled" / "banned_words.txt").read_text() == "plain\ntwowords\n"


def test_the_digest_follows_the_sources(tmp_path: Path) -> None:
    digests = []
    for number, content in enumerate(("a.example\n", "a.example\n", "b.example\n")):
        sources = tmp_path / f"sources-{number}"
        sources.mkdir()
        (sources / "domains").write_text(content)
        digests.append(compile_lists(sources, tmp_path / f"compiled-{number}"))
        assert (tmp_path / f"compiled-{number}" / "SHA256").read_text().strip() == digests[-1]
    assert digests[0] == digests[1] != digests[2]
