"""`python -m tests.bench.text_choice LAKE`: what FineWeb's rules keep of resiliparse's text and of trafilatura's.

LAKE has the recipe `fineweb` of `web-0000[01].warc.gz` (others may be in it). The peer's fates of the same pages, on
trafilatura's text, lie beside the repo; near-duplicates are kept there, so they count as kept here. Prints the pages
that each keeps, and how many lines of the texts that both keep are words of a page's frame alone.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from decantry.jobs.lake.without_spark import rows_of

FATES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "oracle" / "fineweb-fates.jsonl.gz"
ARCHIVES = ("web-00000.warc.gz", "web-00001.warc.gz")
FRAME = re.compile(
    r"(home|contact( us)?|about( us)?|log ?in|sign (in|up)|register|search|menu|subscribe|share( this)?|tweet|facebook"
    r"|twitter|e-?mail|print|privacy( policy)?|terms( of (use|service))?|cookies?.*|read more|next|previous|repl(y|ies)"
    r"|comments?|advertisement|follow us.*|newsletter.*|skip to .*|all rights reserved.*|©.*|copyright .*)\W*",
    re.I,
)
"""A line that says only this is of the frame of a page, not of its content: a list made by hand."""


def main(lake: str) -> None:
    """Count, and print a table."""
    paths = {row["id"]: row["warc_path"] for row in rows_of(lake, "silver/documents", columns=["id", "warc_path"])}
    verdicts = rows_of(lake, "silver/verdicts", "recipe = 'fineweb'", ["id", "removed_by"])
    passed = {row["id"] for row in verdicts if row["removed_by"] in (None, "near_duplicates.duplicate")}
    ours = {id for id in passed if paths[id].endswith(ARCHIVES)}
    with gzip.open(FATES, "rt", encoding="utf-8") as lines:
        theirs = {row["id"]: row["kept_text"] for row in map(json.loads, lines) if row["removed_by"] is None}
    print("| archive | kept, resiliparse | kept, trafilatura | in both |\n|---|---|---|---|")
    for archive in ARCHIVES:
        here = {id for id, path in paths.items() if path.endswith(archive)}
        print(f"| `{archive}` | {len(ours & here)} | {len(here & set(theirs))} | {len(ours & here & set(theirs))} |")
    texts = {row["id"]: row["text"] for row in rows_of(lake, "gold/fineweb", columns=["id", "text"])}
    both = sorted(texts.keys() & theirs.keys())
    print(f"\n| texts of {len(both)} pages that both keep | lines | of the frame |\n|---|---|---|")
    for name, found in (("resiliparse", texts), ("trafilatura", theirs)):
        count, framed = frame_lines(found[id] for id in both)
        print(f"| {name} | {count:,} | {framed:,} |")


def frame_lines(texts: Iterable[str]) -> tuple[int, int]:
    """The lines of the texts, and those of them that are of a page's frame."""
    lines = [line.strip() for text in texts for line in text.split("\n") if line.strip()]
    return len(lines), sum(FRAME.fullmatch(line) is not None for line in lines)


if __name__ == "__main__":
    main(sys.argv[1])
