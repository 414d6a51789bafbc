"""C4's lines, chosen the plain way.

Source: arXiv:1910.10683, 2.2; datatrove 0.10.1 pipeline/filters/c4_filters.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable

POLICIES = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")


def edit(text: str, sentences: Callable[[str], int], terminal_punctuation: bool = False) -> dict[str, str | int]:
    """The remaining text, and the counts by name. `sentences` returns the number of sentences of a line."""
    found: dict[str, int] = dict.fromkeys(("lines", "lorem_ipsum", "curly_bracket", "sentences", "lines_dropped"), 0)
    kept: list[str] = []
    for whole in text.splitlines():
        line = re.sub(r"\[\d*\]|\[edit\]|\[citation needed\]", "", whole.strip())
        fate = _fate(line, whole.split(), terminal_punctuation)
        if fate == "keep":
            kept.append(line)
            found["lines"] += 1
            found["sentences"] += sentences(line)
        elif fate == "drop":
            found["lines_dropped"] += 1
        else:
            found[fate] = 1
            break
    return {"text": "\n".join(kept).strip(), **found}


def _fate(line: str, words: list[str], terminal_punctuation: bool) -> str:
    """`keep` or `drop` for the line, or the name of the rule that drops the page."""
    lower = line.lower()
    if len(words) < 3 or max(map(len, words)) > 1000:
        return "drop"
    if terminal_punctuation and (line[-1:] not in tuple(".?!\"'") or line.endswith("...")):
        return "drop"
    if "lorem ipsum" in lower:
        return "lorem_ipsum"
    if "javascript" in lower:
        return "drop"
    if "{" in line:
        return "curly_bracket"
    return "drop" if any(policy in lower for policy in POLICIES) else "keep"


def sentences_of_line(line: str) -> int:
    """The number of sentences that spaCy finds, including those of white space; 1 for a line without words."""
    from tests.oracles.words import pipeline

    nlp = pipeline()
    nlp.max_length = len(line) + 10
    return max(1, len(list(nlp(line).sents)))
