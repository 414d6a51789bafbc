"""FineWeb-zhtw's measurements, the plain way.

Source: mtkresearch/fineweb-zhtw src, and pipeline/filters of its copy of datatrove (Splend1d/datatrove-zhtw). `words`
are those that a tokenizer finds in the text, punctuation included.
"""

from __future__ import annotations

from tests.oracles.c4 import POLICIES
from tests.oracles.punctuation import SYMBOLS

_STOP_WORDS = """
的 了 和 是 就 都 而 及 與 這 其 但 並 個 我 你 他 她 它 們 我們 你們 他們 她們 它們 在 有 人 這個 那個 如果 因為 所以
可以 沒有 很 非常 得 著 過 為 再 吧 呢 啊 哪 那 麼 什麼 誰 哪裡 怎麼 怎麼樣 為什麼 將
"""
STOP_WORDS = set(_STOP_WORDS.split())
MARKS = ".'\"!?、，。：；！？」)~～…|"


def quality(text: str, words: list[str]) -> dict[str, float]:
    """Those of 2_gopher.py."""
    lines = text.splitlines()
    ending = [line for line in lines if line.rstrip().endswith(("...", "…")) and len(line.strip()) < 100]
    return {
        "words": sum(bool(set(word) - SYMBOLS) for word in words),
        "hash_ratio": _share(text.count("#"), len(words)),
        "ellipsis_ratio": _share(text.count("...") + text.count("…"), len(words)),
        "ellipsis_line_ratio": _share(len(ending), len(lines)),
        "stop_words": sum(word in STOP_WORDS for word in words),
    }


def lines(text: str, words: list[str]) -> dict[str, float | str]:
    """The edited text of 3_c4.py, and its measurements. White space inside lines is a word there, as jieba cuts it."""
    every = [line.strip() for line in text.splitlines()]
    spaces = sum(character.isspace() for line in every for character in line)
    kept = [line for line in every if not any(p in line.lower() for p in ("{", "javascript", *POLICIES))]
    return {
        "text": "\n".join(kept).strip(),
        "lines_dropped": len(every) - len(kept),
        "curly_bracket_ratio": _share(text.count("{"), len(text)),
        "words_per_line": _share(len(words) + spaces, len(every)),
    }


def layout(text: str, words: list[str]) -> dict[str, float]:
    """Those of 4_fineweb.py."""
    every = text.split("\n")
    seen: set[str] = set()
    repeated = 0
    for line in every:
        if line.strip():
            repeated += len(line) if line in seen else 0
            seen.add(line)
    return {
        "line_punct_ratio": sum(any(c in MARKS for c in line) for line in every) / len(every),
        "short_line_ratio": sum(len(line) <= 10 for line in every) / len(every),
        "char_dup_ratio": _share(repeated, len(text.replace("\n", ""))),
        "list_ratio": _share(text.count("\n"), len(words)),
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0
