"""Language identification alone: lid.176.ftz over the texts of a JSONL file, in processes without Spark."""

from __future__ import annotations

import json
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

PROCESSES = 2
TEXTS = 8_000
"""How many texts of the file are identified."""


def rate(path: Path) -> float:
    """Texts a second, measured inside the loop, after the texts are read and the model is loaded."""
    with path.open(encoding="utf-8") as stream:
        texts = [str(json.loads(line)["text"]) for line in islice(stream, TEXTS)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = [texts[number::PROCESSES] for number in range(PROCESSES)]
        return sum(pool.map(_rate, parts))


def _rate(texts: list[str]) -> float:
    from fasttext import load_model

    from decantry.jobs.setup.cache import model_path

    model = load_model(str(model_path("package:lid.176.ftz")))
    begin = time.monotonic()
    for text in texts:
        model.predict(text.replace("\n", " "))
    return len(texts) / (time.monotonic() - begin)
