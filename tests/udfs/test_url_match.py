"""`url_match` with lists that the test writes, compared with plain sets of strings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st
from pyspark.sql import functions as F

from decantry.jobs.setup.lists import compile_lists
from tests.oracles.url_lists import Match, match
from tests.udfs.evaluate import examples

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SOURCES = {
    "domains": "# adult\nbad.example\nhost.mixed.example\n10.0.0.1\nbücher.example\n",
    "urls": "https://fine.example/one/page\nfine.example/no-scheme\n",
    "banned_words.txt": "hard\nharder\n# comment\n#tag\nTwo Words\n9\n",
    "soft_banned_words.txt": "soft\nsofter\nhard\n",
    "banned_subwords.txt": "casino\nsinner\nin xx\nxx1\n",
}
PIECES = [
    "hard",
    "Hard",
    "soft",
    "softer",
    "two",
    "words",
    "twowords",
    "9",
    "cas",
    "ino",
    "INO",
    "sinn",
    "er",
    "inx",
    "x1",
]
HOSTS = [
    ("fine.example", "www.fine.example"),
    ("bad.example", "a.bad.example"),
    ("mixed.example", "host.mixed.example"),
    ("bücher.example", "bücher.example"),
    (None, "10.0.0.1"),
    ("", "10.0.0.1"),
    (None, None),
]
Row = tuple[str, "str | None", "str | None"]


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The lists as written, and compiled."""
    folder = tmp_path_factory.mktemp("lists")
    sources = folder / "sources"
    sources.mkdir()
    for name, content in SOURCES.items():
        (sources / name).write_text(content, encoding="utf-8")
    compile_lists(sources, folder / "compiled")
    return sources, folder / "compiled"


def found(spark: SparkSession, rows: list[Row], folder: Path) -> list[Match]:
    frame = spark.createDataFrame(
        [(i, *row) for i, row in enumerate(rows)], "i int, url string, domain string, host string"
    )
    value = F.call_function("url_match", F.col("url"), F.col("domain"), F.col("host"), F.lit(str(folder)))
    return [Match(*row.value) for row in sorted(frame.select("i", value.alias("value")).collect())]


def test_literals(spark: SparkSession, lists: tuple[Path, Path]) -> None:
    expected: dict[Row, Match] = {
        ("https://www.fine.example/", "fine.example", "www.fine.example"): Match(False, False, False, 0, 0, False),
        ("https://a.bad.example/", "bad.example", "a.bad.example"): Match(True, False, False, 0, 0, False),
        ("https://host.mixed.example/", "mixed.example", "host.mixed.example"): Match(False, True, False, 0, 0, False),
        ("https://fine.example/one/page", "fine.example", "fine.example"): Match(False, False, True, 0, 0, False),
        ("http://10.0.0.1/", None, "10.0.0.1"): Match(False, False, False, 0, 0, False),
        ("http://a.example/hard-soft_soft/Harder", "a.example", "a.example"): Match(False, False, False, 1, 2, False),
        ("http://a.example/Ca.s-INO", "a.example", "a.example"): Match(False, False, False, 0, 0, True),
    }
    assert found(spark, list(expected), lists[1]) == list(expected.values())


def test_random_addresses(spark: SparkSession, lists: tuple[Path, Path]) -> None:
    sources, folder = lists
    path = st.lists(st.sampled_from([*PIECES, "-", "/", "%", "é", "."]), max_size=10).map("".join)
    rows: list[Row] = [
        (f"https://{host}/{tail}", domain, host)
        for (domain, host), tail in examples(
            st.tuples(st.sampled_from(HOSTS), st.one_of(path, st.text(max_size=20))), 400
        )
    ]
    assert found(spark, rows, folder) == [match(*row, sources) for row in rows]


def test_a_folder_without_lists_is_named(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="holds no compiled URL lists"):
        found(spark, [("http://a.example/", None, None)], tmp_path)


def test_null_in_null_out(spark: SparkSession, lists: tuple[Path, Path]) -> None:
    assert spark.sql(f"select url_match(null, 'a', 'b', '{lists[1]}')").first() == (None,)
