"""The peer's Python runs this: its four quality filters over the texts of a JSONL file, on one core. Prints the rate.

Each text goes to each filter, because every native measurement sees every text.
"""

from __future__ import annotations

import gzip
import json
import sys
import time

from datatrove.data import Document
from datatrove.pipeline.filters import (
    C4QualityFilter,
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
)

if __name__ == "__main__":
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as stream:
        texts = [json.loads(line)["text"] for line in stream]
    filters = [
        GopherRepetitionFilter(),
        GopherQualityFilter(),
        C4QualityFilter(filter_no_terminal_punct=False),
        FineWebQualityFilter(),
    ]
    for step in filters:
        step.filter(Document(text="A warm-up, once, for the tokenizer.", id="warm-up"))
    began = time.perf_counter()
    for number, text in enumerate(texts):
        for step in filters:
            step.filter(Document(text=text, id=str(number), metadata={"language": "en"}))
    print("rate", round(len(texts) / (time.perf_counter() - began), 2))
