"""The Python blocks of a page that follow a comment with this word."""

from __future__ import annotations

import re

from tests.conftest import ROOT


def blocks(page: str, word: str) -> list[str]:
    """The code of the blocks after `<!-- run: word -->`, in their order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"<!-- run: {re.escape(word)} -->\n```python\n(.*?)```", text, flags=re.DOTALL)
