"""RefinedWeb's edits as DCLM makes them, by regular expressions.

Source: arXiv:2306.01116, G.2; mlfoundations/dclm baselines/mappers/modifiers.py and
baselines/baselines_configs/dclm_baseline_refinedweb.yaml.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from tests.oracles.massiveweb import numbered_words

NAMES = Path(__file__).parents[2] / "udfs/src/main/resources/org/decantry/text/top-level-domains.txt"
TAIL = r"[-a-zA-Z0-9()@:%_+.~#?&/=]*"
COUNTED = "likes|shares|comments|retweets|reposts|quotes|bookmarks|upvotes|downvotes|downloads|views|followers"
COUNTER = re.compile(rf"\W*\d[\d,.]*[kmb]?\s+({COUNTED})\W*")
PHRASES = (r"\s?items in cart", r"\s?read more...$", r"^sign-in\s?")
ADDRESS = re.compile(r"\s{0,10}\b((https?|ftp)://)?([0-2]?[0-9]{1,2}\.){3}[0-2]?[0-9]{1,2}" + TAIL)


@cache
def _domains() -> tuple[re.Pattern[str], re.Pattern[str]]:
    any_of = "|".join(map(re.escape, NAMES.read_text(encoding="utf-8").split()))
    name = rf"\s{{0,10}}((https?|ftp)://)?[-a-zA-Z0-9@:%._+~#=]{{1,256}}\.({any_of})\b{TAIL}"
    return re.compile(any_of, re.I), re.compile(name)


def without_urls(text: str) -> str:
    """The text without addresses, with one empty line at a time."""
    begins, names = _domains()
    if begins.match(text):
        text = names.sub("", text)
    return re.sub("\n{3,}", "\n\n", ADDRESS.sub("", text))


def lines(text: str) -> dict[str, str | int | float]:
    """The corrected text, the number of words before, and the share of removed words."""
    before = len(numbered_words(text))
    left = _kept(text, lambda line: sum(c.isupper() for c in line) / len(line) <= 0.5).strip()
    left = _kept(left, lambda line: sum(c.isdigit() for c in line) / len(line) <= 0.999999).strip()
    left = _kept(left, lambda line: not COUNTER.fullmatch(line.lower())).strip()
    left = _kept(left, lambda line: len(line.split()) >= 2)
    for phrase in PHRASES:
        cut = [(line, re.sub(phrase, "", line, flags=re.I)) for line in left.split("\n")]
        cut = [(line, new if len(line.split()) <= 10 else line) for line, new in cut]
        left = "\n".join(new for line, new in cut if new.strip() or not line).strip()
    removed = (before - len(numbered_words(left))) / before if before and left else 1
    return {"text": left, "words_before": before, "removed_word_ratio": removed}


def _kept(text: str, keeps: object) -> str:
    """The empty lines and those that `keeps` holds for."""
    assert callable(keeps)
    return "\n".join(line for line in text.split("\n") if not line or keeps(line))
