"""Lines of a host's template: equal to an oracle on random hosts."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.dedup.boilerplate import of_hosts
from decantry.jobs.dedup.order import RANK
from tests.oracles import boilerplate as oracle

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

COLUMNS = (
    f"rank {RANK}, crawl string, warc_path string, warc_offset bigint, id string, scope string, bands array<bigint>"
)


def hosts() -> dict[str, dict[str, list[int]]]:
    """Pages of a few lines from a small set, so shares at the bound, equal pages and blank lines all occur."""
    dice = random.Random(27)
    made = {}
    for host in range(200):
        pages = dice.choice([1, 2, 4, 5, 6, 10])
        made[f"c\n{host}"] = {
            f"{host}-{page:02}": [dice.choice([0, 1, 2, 3, 10 + page, 50 + page]) for _ in range(dice.randint(0, 5))]
            for page in range(pages)
        }
    return made


@pytest.mark.parametrize(("min_pages", "percent"), [(5, 40), (2, 100)])
def test_it_equals_the_oracle(spark: SparkSession, min_pages: int, percent: int) -> None:
    made = hosts()
    rows = [
        ([], "c", "a", int(id.rpartition("-")[2]), id, host, lines)
        for host, pages in made.items()
        for id, lines in pages.items()
    ]
    random.Random(1).shuffle(rows)
    found = of_hosts(spark.createDataFrame(rows, COLUMNS), min_pages, percent / 100)
    expected = {}
    for pages in made.values():
        expected |= oracle.cuts(pages, min_pages, percent)
    assert {row["id"]: [tuple(cut) for cut in row["cuts"]] for row in found.collect()} == expected
    assert 40 < len(expected) < sum(map(len, made.values())), "some pages have a template, and some have none"
