"""`python -m tests.bench.published_weights FOLDER` compares rehydration weights with all published ones of FineWeb2.

The folder is `misc/rehydration` of huggingface/fineweb-2, with its `distributions` and `weights`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from decantry.jobs.dedup.rehydration import read_distribution, weights


def differences(folder: Path) -> tuple[int, list[str]]:
    """The number of compared tables of weights, and the tables that differ from the published ones."""
    compared, others = 0, []
    for file in sorted((folder / "weights").glob("up_to_*_reps.json")):
        most = int(file.stem.split("_")[2])
        for language, published in json.loads(file.read_text()).items():
            found = weights(read_distribution(folder / "distributions" / f"{language}.json"), most)
            compared += 1
            if {str(size): repeated for size, repeated in found.items()} != published:
                others.append(f"{language} up to {most}")
    return compared, others


if __name__ == "__main__":
    count, different = differences(Path(sys.argv[1]))
    print(f"{count} tables, {len(different)} other than the published ones: {', '.join(different) or 'none'}")
