"""NeMo Curator's heuristic measurements, the plain way.

Source: NVIDIA-NeMo/Curator at 197963ae, nemo_curator/filters/heuristic_filter.py and utils/constants.py.
"""

from __future__ import annotations

import re
from collections import Counter

import regex

COMMON = {"the", "be", "to", "of", "and", "that", "have", "with"}
ELLIPSES = ("...", "[...]", "…", "(...)", "[…]", "-»", "read more..", "read more")
POLICIES = (
    *("terms of use", "privacy policy", "cookie policy", "uses cookies", "privacy overview", "use of cookies"),
    *("use cookies", "privacy & cookies policy", "privacy and cookies policy"),
)


def measure(text: str) -> dict[str, float]:
    """The measurements by name. Shares are 1 for an empty text, and 0 if there are no words, lines or paragraphs."""
    words, lines = text.split(), [line for line in text.split("\n") if line.strip()]
    paragraphs = text.split("\n\n")
    found = _characters(text)
    found["symbol_word_ratio"] = _share(sum(map(_is_symbol, words)), len(words))
    policies = sum(any(policy in p.lower() for policy in POLICIES) for p in paragraphs)
    found["boilerplate_ratio"] = 1 if "lorem ipsum" in text.lower() else policies / len(paragraphs)
    for name, pieces in (("line", lines), ("paragraph", paragraphs)):
        found[f"unique_{name}_ratio"] = len(set(pieces)) / len(pieces) if pieces else 1
        all_of = len("".join(pieces))
        found[f"unique_{name}_char_ratio"] = len("".join(set(pieces))) / all_of if all_of else 1
    found["words"] = len(words)
    found["unpunctuated_line_ratio"] = _share(
        sum(not line.strip().endswith((".", "?", "!", '"', "'")) for line in lines), len(lines)
    )
    found["alpha_word_ratio"] = _share(sum(regex.search("[[:alpha:]]", w) is not None for w in words), len(words))
    found["common_words"] = sum(word in COMMON for word in words)
    found["mean_word_length"] = _share(len("".join(words)), len(words))
    found["longest_word"] = max(map(len, words), default=0)
    found["ellipsis_line_ratio"] = _share(sum(line.strip().lower().endswith(ELLIPSES) for line in lines), len(lines))
    found["bullet_line_ratio"] = _share(sum(line.strip()[0] in "•‣⁃⁌⁍∙○●◘◦⦾⦿" for line in lines), len(lines))
    for n in range(2, 11):
        name = f"top_{n}_gram" if n < 5 else f"duplicated_{n}_n_grams"
        grams = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
        found[name] = (_top(text, grams) if n < 5 else _duplicated(grams, n) / len(text)) if grams else 1
    return found


def _characters(text: str) -> dict[str, float]:
    counts = {
        "non_alphanumeric_ratio": len(text) - len(re.findall("[a-zA-Z0-9\n?!,.]", text)),
        "number_ratio": len(regex.findall("[[:digit:]]", text)),
        "url_ratio": len("".join(re.findall(r"https?://[a-zA-Z0-9$-_@.&+!*\(\),%]+", text))),
        "white_space_ratio": sum(c in "\t\n\r\b " for c in text),
        "parentheses_ratio": sum(c in "{}⟨⟩[]()" for c in text),
    }
    return {name: count / len(text) if text else 1 for name, count in counts.items()}


def _is_symbol(word: str) -> bool:
    return word in ELLIPSES or len(re.findall("#+", word)) / len(word) > 0.5


def _top(text: str, grams: list[tuple[str, ...]]) -> float:
    """The most frequent n-gram. Of several, Python's Counter returns the first."""
    ((gram, _),) = Counter(grams).most_common(1)
    return (len(text) - len(text.replace(" ".join(gram), ""))) / len(text)


def _duplicated(grams: list[tuple[str, ...]], n: int) -> int:
    """The number of characters in repeated n-grams and in their spaces. Characters in two of them count once."""
    seen: set[tuple[str, ...]] = set()
    total = 0
    shared = 0
    for gram in grams:
        if gram in seen:
            total += len("".join(gram[shared:])) + min(n - shared, n - 1)
            shared = n
        seen.add(gram)
        shared = max(shared - 1, 0)
    return total


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0
