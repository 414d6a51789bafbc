"""`minhash` and `minhash_signature` compared with numpy, and with the peer's results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyspark.sql import functions as F

from tests.oracles.minhash import band_keys, minima, shingle_hash, shingles, signature
from tests.udfs.evaluate import EDGES, TEXTS, evaluate, examples, values
from tests.udfs.real import real_texts

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

FINEWEB = (5, 14, 8, 1)
FOX = "The quick brown fox jumps over"
# datatrove 0.10.1, MinhashDedupSignature.get_signature: the first band of FOX.
FOX_SHA1 = [
    1055377768635476328,
    284080765670708113,
    1962021756552065331,
    226360113463360020,
    260096251360294309,
    297530986768109599,
    316606424307206655,
    439255022718586444,
]
FOX_XXH64 = [85330943174081874, 663359892825767826, 327961897378675822, 532655266271159839]


def normalized_words(spark: SparkSession, texts: list[str]) -> list[list[str]]:
    """The words of the normal form, from which shingles are built. Both functions have oracles of their own."""
    return evaluate(spark, "words", evaluate(spark, "normalize_text", texts), "en")


def check(spark: SparkSession, texts: list[str], setting: tuple[int, int, int, int], hash: str) -> None:
    ngram, bands, rows, seed = setting
    signatures = evaluate(spark, "minhash_signature", texts, *setting, hash)
    keys = evaluate(spark, "minhash", texts, *setting, hash)
    expected = [signature(words, ngram, bands, rows, seed, hash) for words in normalized_words(spark, texts)]
    assert signatures == expected
    assert keys == [band_keys(values, bands, rows) for values in expected]


def test_the_oracle_equals_the_peer() -> None:
    words = FOX.lower().split()
    assert shingle_hash("the quick brown fox jumps", "sha1") == 12313522834835307089
    assert shingle_hash("quick brown fox jumps over", "xxh64") == 4793414983259776074
    assert signature(words, *FINEWEB)[:8] == FOX_SHA1
    assert signature(words, *FINEWEB, "xxh64")[:4] == FOX_XXH64


def test_the_function_equals_the_peer(spark: SparkSession) -> None:
    assert evaluate(spark, "minhash_signature", [FOX], *FINEWEB)[0][:8] == FOX_SHA1
    assert evaluate(spark, "minhash_signature", [FOX], *FINEWEB, "xxh64")[0][:4] == FOX_XXH64


def test_texts_without_words_have_no_bands(spark: SparkSession) -> None:
    texts = ["", "\u0301 \u0301 \u0301 \u0301 \u0301", "... !!! ... --- ..."]
    assert evaluate(spark, "minhash", texts, *FINEWEB) == [[]] * len(texts)


def test_short_texts_are_compared_as_a_whole(spark: SparkSession) -> None:
    texts = ["four words are here", "Four WORDS are, here!", "four words are there", "four words are"]
    one, same, *others = evaluate(spark, "minhash", texts, *FINEWEB)
    assert len(one) == 14
    assert one == same
    assert all(not set(one) & set(other) for other in others)


def test_shingles_follow_the_language(spark: SparkSession) -> None:
    texts = {"zh": "今天的天气非常好所以我们决定去公园散步。", "th": "วันนี้อากาศดีมากเราจึงไปเดินเล่นที่สวนสาธารณะ"}
    for language, text in texts.items():
        hashes = [len(evaluate(spark, "shingles", [text], 5, "sha1", "word", of)[0]) for of in (language, None, "en")]
        assert hashes[0] == hashes[1] > 3
        assert hashes[2] == 1


def test_punctuation_case_and_numbers_make_no_difference(spark: SparkSession) -> None:
    texts = ["In 1999 the Café opened at 9.30, on Monday.", "in 7 THE CAFE opened; at 10 on monday"]
    first, second = evaluate(spark, "minhash", texts, *FINEWEB)
    assert len(first) == 14
    assert first == second


@pytest.mark.parametrize(
    ("setting", "hash"),
    [(FINEWEB, "sha1"), (FINEWEB, "xxh64"), ((1, 3, 5, 42), "sha1"), ((13, 20, 13, 2**32 - 1), "xxh64")],
)
def test_random_and_odd_texts(spark: SparkSession, setting: tuple[int, int, int, int], hash: str) -> None:
    check(spark, [*EDGES, *examples(TEXTS, 150), FOX * 40], setting, hash)


@pytest.mark.parametrize(("ngram", "hash"), [(5, "sha1"), (1, "xxh64"), (25, "xxh64")])
def test_shingles_of_characters(spark: SparkSession, ngram: int, hash: str) -> None:
    texts = [*EDGES, *examples(TEXTS, 150), "\U0001f642\U00020000x" * 9, FOX * 40]
    plain = evaluate(spark, "normalize_text", texts)
    wanted = [shingles(text, ngram, between="") for text in plain]
    expected = [band_keys(minima(one, 9, 3, 7, hash), 9, 3) for one in wanted]
    assert evaluate(spark, "minhash", texts, ngram, 9, 3, 7, hash, "character") == expected
    assert any(expected) and not all(expected)
    hashes = evaluate(spark, "shingles", texts, ngram, hash, "character")
    assert [set(one) for one in hashes] == [{signed(shingle_hash(s, hash)) for s in one} for one in wanted]
    assert [len(one) for one in hashes] == [len(set(one)) for one in wanted]


def test_shingles_of_words(spark: SparkSession) -> None:
    texts = [*EDGES, *examples(TEXTS, 150), FOX * 40]
    wanted = [set(shingles(words, 3)) for words in normalized_words(spark, texts)]
    hashes = evaluate(spark, "shingles", texts, 3, "sha1", "word")
    assert [sorted(one) for one in hashes] == [sorted(signed(shingle_hash(s, "sha1")) for s in one) for one in wanted]


def signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def test_real_texts(spark: SparkSession, shared_data: Path) -> None:
    check(spark, real_texts(shared_data, 150), FINEWEB, "sha1")


def test_a_line_of_ten_million_characters(spark: SparkSession) -> None:
    keys = F.call_function("minhash", F.repeat(F.col("text"), 350_000), *map(F.lit, FINEWEB))
    repeated, none = values(spark, [FOX + ", ", "-" * 30], keys)
    # Its shingles are those of three in a row.
    assert repeated == evaluate(spark, "minhash", [(FOX + ", ") * 3], *FINEWEB)[0]
    assert none == []


def test_bad_settings_are_refused(spark: SparkSession) -> None:
    with pytest.raises(Exception, match="hash has to be one of sha1, xxh64, not md5"):
        evaluate(spark, "minhash", [FOX], *FINEWEB, "md5")
    with pytest.raises(Exception, match="ngram has to be a number above 0, not 0"):
        evaluate(spark, "minhash", [FOX], 0, 14, 8, 1)


def test_null_in_null_out(spark: SparkSession) -> None:
    assert spark.sql("select minhash(cast(null as string), 5, 14, 8, 1)").first() == (None,)
