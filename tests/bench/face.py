"""`python -m tests.bench.face [DOCUMENTS [ROUNDS]]`: commands that show a corpus, cold, over a lake with measurements.

The documents (100,000) are real texts beside the repo: copies of each leave out other words, so that most of them are
no near-duplicates. The lake is kept for the next time. Prints a Markdown table of seconds and of peak memory.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from pathlib import Path
from statistics import median

from tests.bench.cold import timed

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT.parent / "shared" / "data" / "oracle" / "fineweb-texts.jsonl.gz"
WORK = ROOT / "build" / "bench-face"
LEFT_OUT = 0.2
"""The share of words that a copy lacks."""
THRESHOLD = "gopher_quality.min_words"


def written(path: Path, documents: int) -> Path:
    """Write the file of `documents` rows with `id, url, text`, unless it exists."""
    if path.is_file():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(TEXTS, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    chance = random.Random(1)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as out:
        for n in range(documents):
            lines_of = texts[n % len(texts)].split("\n")
            if n >= len(texts):
                lines_of = [" ".join(w for w in line.split(" ") if chance.random() > LEFT_OUT) for line in lines_of]
            row = {"id": f"text-{n}", "url": f"https://host-{n % 997}.example/{n}", "text": "\n".join(lines_of)}
            out.write(json.dumps(row) + "\n")
    part.replace(path)
    return path


def main(documents: int, rounds: int) -> None:
    """Make the lake if it is missing, and print the table."""
    lake = WORK / f"lake-{documents}"
    if not (lake / "gold" / "fineweb").is_dir():
        texts = written(WORK / f"texts-{documents}.jsonl", documents)
        timed(["run", "fineweb", "--input", str(texts), "--lake", str(lake), "--measure-all"])
    commands = {
        "`report`": ["report", "fineweb", "--output", str(WORK / "report.html")],
        "`preview --set`": ["preview", "fineweb", "--set", f"{THRESHOLD}=80"],
        "`preview --sweep`": ["preview", "fineweb", "--sweep", f"{THRESHOLD}=20:200:20"],
        "`sql`, verdicts by rule": ["sql", "select removed_by, count(*) n from verdicts group by 1 order by n desc"],
        "`explain`": ["explain", "text-7", "--recipe", "fineweb"],
        "`sample`": ["sample", "fineweb", "--removed-by", "gopher_quality", "-n", "10"],
    }
    print("| what | seconds | median | peak GiB |\n|---|---|---|---|")
    for name, words in commands.items():
        found = [timed([*words, "--lake", str(lake)]) for _ in range(rounds)]
        seconds = [f"{each:.1f}" for each, _ in found]
        peak = max(memory for _, memory in found)
        print(f"| {name} | {', '.join(seconds)} | {median(s for s, _ in found):.1f} | {peak:.1f} |", flush=True)
    print(f"\nThe report has {(WORK / 'report.html').stat().st_size / 1e6:.1f} MB.")


if __name__ == "__main__":
    main(*map(int, [*sys.argv[1:], *("100000", "3")[len(sys.argv) - 1 :]]))
