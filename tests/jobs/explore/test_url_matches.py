from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.explore import url_matches
from decantry.jobs.setup.lists import compile_lists
from decantry.jobs.steps.c4 import C4
from decantry.jobs.steps.url_filter import UrlFilter
from tests.oracles.url_lists import match

URLS = [
    "https://casino.example/poker/free-chips",
    "https://news.example/Casino/slots-and-slots",
    "https://a-b-c.example/sha-re",
    "https://plain.example/",
    "",
]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The lists before and after compilation."""
    sources = tmp_path_factory.mktemp("lists") / "sources"
    sources.mkdir()
    for name, words in {
        "domains": ["casino.example"],
        "urls": [],
        "banned_words.txt": ["casino", "poker"],
        "soft_banned_words.txt": ["chips", "free", "slots"],
        "banned_subwords.txt": ["share", "kerf"],
    }.items():
        (sources / name).write_text("".join(f"{word}\n" for word in words))
    compile_lists(sources, sources.parent / "compiled")
    return sources, sources.parent / "compiled"


def test_words_are_named_by_rule(folders: tuple[Path, Path]) -> None:
    assert url_matches.words_in(URLS[0], folders[1]) == {
        "hard_blacklisted": "casino, poker",
        "soft_blacklisted": "chips, free",
        "blacklisted_subword": "kerf",
    }


@pytest.mark.parametrize("url", URLS)
def test_as_many_words_are_named_as_the_rule_counts(folders: tuple[Path, Path], url: str) -> None:
    counted = match(url, None, None, folders[0])
    named = url_matches.words_in(url, folders[1])
    counts = {rule: len(words.split(", ")) for rule, words in named.items()}
    assert counts.get("hard_blacklisted", 0) == counted.hard_words
    assert counts.get("soft_blacklisted", 0) == counted.soft_words
    assert ("blacklisted_subword" in counts) == counted.subword


def test_only_broken_rules_of_a_url_step_have_matches(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(url_matches, "list_dir", lambda name: folders[1])
    document = {"url": URLS[0], "domain": "casino.example", "host": "www.casino.example"}
    assert url_matches.url_matches(UrlFilter(), document, {"domain", "hard_blacklisted"}) == {
        "domain": "casino.example",
        "hard_blacklisted": "casino, poker",
    }
    assert url_matches.url_matches(UrlFilter(), document, set()) == {}
    assert url_matches.url_matches(C4(), document, {"lorem_ipsum"}) == {}
