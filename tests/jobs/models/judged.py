"""Made texts with labels: good ones are prose, and others are lists of goods. Both share most words."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

PROSE = ["the", "river", "rises", "slowly", "in", "spring", "because", "snow", "melts", "and", "farmers", "wait"]
WARES = ["buy", "cheap", "shoes", "now", "sale", "price", "free", "order", "click", "shop", "best", "offers"]


def rows(count: int = 40, seed: int = 1) -> list[dict[str, Any]]:
    """Rows, half of them good. No two are near-duplicates."""
    dice = random.Random(seed)
    return [{"text": _prose(dice), "label": 1} if number % 2 else {"text": _wares(dice), "label": 0}
            for number in range(count)]  # fmt: skip


def write(path: Path, content: list[dict[str, Any]]) -> Path:
    """The rows as JSONL."""
    path.write_text("".join(json.dumps(row) + "\n" for row in content))
    return path


def _prose(dice: random.Random) -> str:
    return "\n".join(" ".join(dice.choices(PROSE, k=12)).capitalize() + "." for _ in range(dice.randint(1, 4)))


def _wares(dice: random.Random) -> str:
    return "\n".join(" ".join(dice.choices([*WARES, *PROSE], k=4)) for _ in range(dice.randint(2, 8)))
