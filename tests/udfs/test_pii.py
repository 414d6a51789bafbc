"""`redact_pii` compared with backtracking patterns on random near misses, and its time on hostile ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from pyspark.sql import functions as F

from tests.oracles.pii import ADDRESSES, EMAILS, redact
from tests.udfs.evaluate import EDGES, TEXTS, evaluate, examples, values
from tests.udfs.real import real_texts

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# What addresses are made of, and what breaks them.
PARTS = [
    *("a", "Z9", "_", "-", ".", "..", "@", "[", "]", ":", " ", "é", "한", "\u0301", "!", "x.y", "co.uk"),
    *(
        "0",
        "00",
        "1",
        "10",
        "99",
        "127",
        "192.168",
        "249",
        "250",
        "255",
        "256",
        "300",
        "1.2.3.4",
        "8.8.8.8",
        "192.0.0.9",
    ),
]


def test_literals(spark: SparkSession) -> None:
    texts = ["Write to jane.doe@mail.example.net, or ping 8.8.4.4.", "10.0.0.1 and 127.0.0.1 stay", "8.8.8.08", "a@b"]
    found = evaluate(spark, "redact_pii", texts)
    mail, _, address = found[0].removeprefix("Write to ").removesuffix(".").partition(", or ping ")
    assert mail in EMAILS
    assert address in ADDRESSES
    assert found[1:] == texts[1:]


def test_an_address_without_a_boundary_before_it(spark: SparkSession) -> None:
    (found,) = evaluate(spark, "redact_pii", [".3.3.3.3.0"])
    assert found in {f".{address}.0" for address in ADDRESSES}


def test_the_replacement_is_the_same_beside_other_matches(spark: SparkSession) -> None:
    alone, beside = evaluate(spark, "redact_pii", ["z@example.net", "a@example.net b@example.net z@example.net"])
    assert beside.endswith(" " + alone)


def test_random_and_odd_texts(spark: SparkSession) -> None:
    near = st.lists(st.sampled_from(PARTS), max_size=25).map("".join)
    texts = [*EDGES, *examples(TEXTS, 200), *examples(near, 1500)]
    assert evaluate(spark, "redact_pii", texts) == [redact(text) for text in texts]


def test_real_texts(spark: SparkSession, shared_data: Path) -> None:
    texts = real_texts(shared_data, 300)
    found = evaluate(spark, "redact_pii", texts)
    assert found == [redact(text) for text in texts]
    assert found != texts


def test_megabytes_of_near_misses_are_unchanged(spark: SparkSession) -> None:
    """The Scala tests measure that the time is linear. A quadratic scan would not end here."""
    near_misses = ["a", "a.", "a@a.", "1.1.1.", "-", "@a-", "a@[1.1.1."]
    length = F.length(F.call_function("redact_pii", F.expr("repeat(text, int(2000000 / length(text)))")))
    assert min(values(spark, near_misses, length)) > 1_900_000


def test_null_in_null_out(spark: SparkSession) -> None:
    assert spark.sql("select redact_pii(cast(null as string))").first() == (None,)
