"""Real texts outside the repository."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path


def real_texts(shared_data: Path, most: int) -> list[str]:
    """At most `most` texts that the peer extracted from real pages."""
    with gzip.open(shared_data / "oracle" / "fineweb-texts.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, most)]
