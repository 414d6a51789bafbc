"""`python -m tests.bench.start [ROUNDS]` measures commands from a cold start and prints a Markdown table.

Each figure is the median of the rounds, in wall time. The bare loop and bare language identification run in each round
as well, and show how fast the machine is at that time.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from statistics import median

from tests.bench import archives, bare_loop, languages, made_texts
from tests.bench.cold import timed

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
WORK = ROOT / "build" / "bench"
PAGES = 450
"""How many pages each of the four archives has."""
TEXTS = 40_000
RECIPE = "recipe: near\ntitle: Near-duplicates alone\nsteps:\n  - near_duplicates: {}\n"


def main(rounds: int) -> None:
    """Measure, and print a row for each figure with the value of each round and the median."""
    sources = sorted((DATA / "warc").glob("web-*.warc.gz"))
    if not sources:
        sys.exit(f"the bench reads real pages from {DATA / 'warc'}, which is not here")
    pages = archives.reissue(sources, WORK / "cut", 1, pages=PAGES)[0]
    texts = made_texts.written(WORK / "texts.jsonl", TEXTS)
    recipe = WORK / "near.yaml"
    recipe.write_text(RECIPE)
    found: dict[str, list[float]] = {}

    def note(name: str, value: float) -> None:
        found.setdefault(name, []).append(value)
        print(f"bench: {name}: {value:.2f}", file=sys.stderr, flush=True)

    def command(name: str, *words: str | Path) -> None:
        seconds, memory = timed([str(word) for word in words])
        note(f"{name}, seconds", seconds)
        note(f"{name}, peak GiB", memory)

    lake = WORK / "lake-start"
    url = _a_url(texts)
    for _ in range(rounds):
        note("the bare loop in two processes, pages a second", bare_loop.rate(pages))
        note("lid.176.ftz in two processes, texts a second", languages.rate(texts))
        shutil.rmtree(lake, ignore_errors=True)
        archive_words = [word for path in pages for word in ("--input", path)]
        command("`run fineweb`, four archives, 1,800 pages", "run", "fineweb", "--lake", lake, *archive_words)
        command("the same again, all done", "run", "fineweb", "--lake", lake, *archive_words)
        command("`sql`", "sql", "select count(*) from verdicts", "--lake", lake)
        command("`sql` over publications", "sql", "select * from publications", "--lake", lake)
        command("`tables`", "tables", "--lake", lake)
        shutil.rmtree(lake)
        command("`run` of near-duplicates, 40,000 texts of JSONL", "run", recipe, "--lake", lake, "--input", texts)
        command("`explain` a removed text", "explain", url, "--recipe", recipe, "--lake", lake)
    print("| what | rounds | median |\n|---|---|---|")
    for name, values in found.items():
        shown = ", ".join(f"{value:,.1f}" for value in values)
        print(f"| {name} | {shown} | {median(values):,.1f} |")


def _a_url(texts: Path) -> str:
    """The address of the first text of the file."""
    with texts.open(encoding="utf-8") as stream:
        return str(json.loads(stream.readline())["url"])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
