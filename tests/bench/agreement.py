"""`python -m tests.bench.agreement [PATTERN...]` compares verdicts with the peer's on archives that no test compares.

The peer's chain reads the archives. Our rules then judge its texts as rows of JSONL. For each pattern of archives, this
prints how many texts have another step, rule or text after C4 than the peer's.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.curate.job import curate
from decantry.jobs.ingest.job import ingest
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import published_corpus, published_verdicts
from decantry.jobs.lake.session import start
from decantry.jobs.recipe.load import parse, source
from tests.bench import peer
from tests.bench.__main__ import DATA, PEER, WORK

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PATTERNS = ("web-0000[23].warc.gz", "languages-*.warc.gz")
STEPS = {"url": "url_filter", "fineweb": "fineweb_quality"}
"""Our names for the peer's folders, where they differ from those of our steps."""


def main(patterns: tuple[str, ...]) -> None:
    """Compare, and print a table."""
    python = peer.environment(WORK / "peer")
    spark = start(str(WORK), app="decantry-bench-agreement", cores=2)
    print("| archives | texts | other step | other rule | other text after C4 |\n|---|---|---|---|---|")
    for pattern in patterns:
        out = WORK / "agreement"
        peer.chain_seconds(python, PEER, DATA / "warc", pattern, out / "peer")
        ours = _judged(spark, out)
        fates = {i: fate for i, fate in _fates(out / "peer") if i in ours}  # removed by its url, without a text
        steps, rules, texts = _others(ours, fates)
        removed = sum(rule is not None for _, rule, _ in fates.values())
        kept = sum(text is not None for *_, text in fates.values())
        print(f"| `{pattern}` | {len(fates):,} | {steps} | {rules} of {removed} | {texts} of {kept} |", flush=True)


Fate = tuple[str | None, str | None, str | None]
"""The step and the rule that removed a text, and the text after C4 if it was kept."""


def _fates(out: Path) -> Iterator[tuple[str, Fate]]:
    for folder in sorted(out.iterdir()):
        if folder.name in ("text", "log"):
            continue
        for row in _rows(folder):
            if folder.name == "kept":
                yield row["id"], (None, None, row["text"])
            else:
                reason = row["metadata"].get("filter_reason")
                step = STEPS.get(folder.name, folder.name)
                yield row["id"], (step, reason and reason.removeprefix("gopher_"), None)


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            yield from map(json.loads, stream)


def _judged(spark: SparkSession, out: Path) -> dict[str, Fate]:
    shutil.rmtree(out / "lake", ignore_errors=True)
    with (out / "texts.jsonl").open("w", encoding="utf-8") as file:
        for row in _rows(out / "peer" / "text"):
            file.write(json.dumps({"id": row["id"], "url": row["metadata"].get("url"), "text": row["text"]}) + "\n")
    lake = Lake(spark, str(out / "lake"), "agreement")
    ingest(lake, [str(out / "texts.jsonl")])
    rules = source("fineweb").replace("recipe: fineweb", "recipe: rules", 1).split("  - near_duplicates")[0]
    curate(lake, parse(rules, "rules.yaml"))
    corpus = published_corpus(lake, "rules")
    assert corpus is not None
    kept = {row["id"]: row["text"] for row in corpus.select("id", "text").collect()}
    found = {}
    for row in published_verdicts(lake).select("id", "removed_by").collect():
        step, _, rule = (row["removed_by"] or "").partition(".")
        found[row["id"]] = (step or None, rule or None, kept.get(row["id"]))
    return found


def _others(ours: dict[str, Fate], theirs: dict[str, Fate]) -> tuple[int, int, int]:
    """The numbers of texts with another step, with another rule if the peer names one, and with another text if there
    is one."""
    if ours.keys() != theirs.keys():
        sys.exit(f"{len(ours)} texts were judged, {len(theirs)} by the peer")
    return (
        sum(ours[i][0] != fate[0] for i, fate in theirs.items()),
        sum(ours[i][:2] != fate[:2] for i, fate in theirs.items() if fate[1] is not None),
        sum(ours[i][2] != fate[2] for i, fate in theirs.items() if fate[2] is not None),
    )


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or PATTERNS)
