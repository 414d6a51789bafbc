"""`python -m tests.bench.mixed_lake CONFIGS [DOCUMENTS]`: `fineweb2` beside `fineweb` over a lake of many languages.

CONFIGS is the folder of FineWeb2's published configurations. The documents are the main content of real pages, some
10,000 of them: further copies leave out words, another fifth in each, so that no two documents are near-duplicates.
Both recipes curate copies of one lake in one session; prints the seconds of each turn, and documents a second.
The lake is made anew each time.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.recipe.load import load
from tests.bench.segmenter_texts import pages
from tests.bench.segmenters import DATA, WORK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

DOCUMENTS = 10_000
TURNS = 2
LEFT_OUT = 5
"""A copy lacks every fifth word, which changes every shingle of five words."""


def with_configurations(configs: Path) -> Recipe:
    """`fineweb2` with the configurations of a folder."""
    recipe = load("fineweb2")
    given = {"by_language": str(configs)}
    steps = tuple(s.model_copy(update=given) if getattr(s, "by_language", None) else s for s in recipe.steps)
    return recipe.model_copy(update={"steps": steps})


def copies() -> Iterator[tuple[str, str]]:
    """Language and text of all real pages, and then of copies that lack other words, as long as such copies exist."""
    texts = list(real_pages())
    yield from texts
    for copy in range(LEFT_OUT):
        for language, text in texts:
            yield language, "\n".join(thinned(line, copy) for line in text.split("\n"))


def real_pages() -> Iterator[tuple[str, str]]:
    """Language and text of the real pages that have a text."""
    return ((language, text) for language, text in pages(sorted((DATA / "warc").glob("*.warc.gz"))) if text)


def thinned(line: str, copy: int) -> str:
    """The line without every fifth word, or without every fifth character in languages without spaces."""
    spaced = line.count(" ") * 15 > len(line)
    parts = line.split(" ") if spaced else list(line)
    return (" " if spaced else "").join(part for at, part in enumerate(parts) if at % LEFT_OUT != copy)


def fill(documents: int = DOCUMENTS) -> Path:
    """The lake with this many documents."""
    return lake_of(WORK / f"mixed-{documents}", islice(copies(), documents))


def lake_of(place: Path, texts: Iterator[tuple[str, str]]) -> Path:
    """The lake in the folder, made anew of texts with their languages."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    languages: Counter[str] = Counter()
    with (place / "texts.jsonl").open("w", encoding="utf-8") as out:
        for number, (language, text) in enumerate(texts):
            languages[language] += 1
            row = {"id": f"d{number}", "url": f"https://h{number % 997}.example.org/{number}", "text": text}
            out.write(json.dumps(row) + "\n")
    print(f"{languages.total():,} documents: " + ", ".join(f"{name} {n:,}" for name, n in languages.most_common(12)))

    from decantry.jobs.ingest.job import ingest
    from decantry.jobs.ingest.options import IngestOptions

    ingest(opened(place / "lake"), [str(place / "texts.jsonl")], IngestOptions(crawl="mixed"))
    return place / "lake"


def main(configs: Path, documents: int = DOCUMENTS) -> None:
    """Curate a copy of the lake with both recipes, once a turn."""
    from decantry.jobs.curate.job import curate

    filled = fill(documents)
    recipes = [load("fineweb"), with_configurations(configs)]
    for turn in range(TURNS):
        lake = opened(Path(shutil.copytree(filled, filled.with_name(f"lake-{turn}"))))
        for recipe in recipes:
            report = curate(lake, recipe)
            total = sum(report.counts.values())
            left = ", ".join(f"{step.step} {step.removed:,}" for step in report.funnel if step.removed)
            print(f"turn {turn + 1}: {recipe.recipe} {report.seconds:.1f} s, {total / report.seconds:,.0f}/s ({left})")


def opened(place: Path) -> Lake:
    """The lake in the folder, with a session of two cores."""
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.session import start

    return Lake(start(str(place), app="decantry-bench-mixed", cores=2), str(place), "bench")


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
