from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.explore.report.against import compared
from decantry.jobs.explore.report.contents import Move

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

KEPT = None


def test_documents_that_entered_and_left_by_rule(spark: SparkSession) -> None:
    other = {"same": KEPT, "left": KEPT, "gone": KEPT, "a": "q.short", "b": "q.short", "out": "q.short"}
    own = {"same": KEPT, "left": "c4.bracket", "a": KEPT, "b": KEPT, "out": "q.long", "new": KEPT}
    rows = [spark.createDataFrame(sorted(each.items()), "id string, removed_by string") for each in (other, own)]
    ids = sorted({*other, *own} - {"b"})
    texts = spark.createDataFrame([(name, f"https://{name}.example/") for name in ids], "id string, url string")
    found = compared("one@1", *rows, texts)
    assert (found.other, found.both, found.entered, found.left) == ("one@1", 1, 3, 2)
    assert found.moves == (
        Move("q.short", None, 2, ("b", "https://a.example/")),
        Move(None, "absent", 1, ("https://gone.example/",)),
        Move(None, "c4.bracket", 1, ("https://left.example/",)),
        Move("absent", None, 1, ("https://new.example/",)),
    )
