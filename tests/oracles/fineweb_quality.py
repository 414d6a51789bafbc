"""Line endings, short lines, repeated lines and lists, counted the plain way.

Source: arXiv:2406.17557, 3.6; datatrove 0.10.1 pipeline/filters/fineweb_quality_filter.py.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.oracles.punctuation import TERMINAL


def measure(text: str, words: Callable[[str], list[str]], short_line_length: int = 30) -> dict[str, float]:
    """The measurements by name; all zeros for a text of white space. `words` are the tokenizer's."""
    lines = [line for line in text.split("\n") if not (line.isspace() or line == "")]
    if not lines:
        return dict.fromkeys(("lines", "line_punct_ratio", "short_line_ratio", "char_dup_ratio", "list_ratio"), 0)
    new_lines = text.count("\n")
    repeated = len("".join(lines)) - len("".join(set(lines)))
    return {
        "lines": len(lines),
        "line_punct_ratio": len([line for line in lines if line[-1] in TERMINAL]) / len(lines),
        "short_line_ratio": len([line for line in lines if len(line) <= short_line_length]) / len(lines),
        "char_dup_ratio": repeated / (len(text) - new_lines),
        "list_ratio": new_lines / len(words(text)),
    }
