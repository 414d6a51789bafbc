"""`fasttext` and `fasttext_probability` compared with the C++ library: lid.176.ftz, and models of every form.

The models have random weights, so that the labels' probabilities are close and any difference is visible.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from pyspark.sql import functions as F

from decantry.jobs.setup.cache import model_path
from tests.fasttext_model import write_model
from tests.random_fasttext import Form, write_random
from tests.udfs.evaluate import EDGES, TEXTS, evaluate, examples, values
from tests.udfs.sentences import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import SparkSession

FORMS = {
    "softmax": Form(),
    "softmax, runs of words": Form(word_ngrams=3, buckets=50),
    "softmax, parts of words": Form(parts=(1, 4), buckets=300, labels=2),
    "softmax, coded": Form(width=3, word_ngrams=2, parts=(2, 5), buckets=300, dimension=16),
    "softmax, all coded": Form(width=4, norms=True, coded_output=True, parts=(3, 6), buckets=900, kept=700, labels=300),
    "of version 11": Form(version=11, parts=(3, 6), word_ngrams=2, buckets=40),
    "hs": Form(loss="hs", labels=60, parts=(2, 3), buckets=100),
    "hs, all coded": Form(loss="hs", labels=70, width=2, norms=True, coded_output=True, word_ngrams=2, buckets=30),
    "ova": Form(loss="ova", labels=40, word_ngrams=2, buckets=1),
    "ova, all pruned": Form(loss="ova", width=5, norms=True, parts=(2, 4), buckets=100, kept=0),
    "ns": Form(loss="ns", labels=3, parts=(1, 1), buckets=7),
    "ns, coded": Form(loss="ns", width=3, parts=(1, 2), word_ngrams=4, buckets=500, kept=100),
}
MARKS = ("</s>", "a </s> b", "__label__0 x", "x __label__zz", "<a>", "</s", "\x0b\x0c", "a\0b", "a\nb", "\u2028\u00a0")


def mixed(sentences: Sequence[str], count: int, seed: int) -> list[str]:
    """Texts of words of several sentences."""
    words = [word for sentence in sentences for word in sentence.split()]
    pick = random.Random(seed)
    return [" ".join(pick.choices(words, k=pick.choice((1, 2, 5, 30)))) for _ in range(count)]


def all_texts(random_texts: int) -> list[str]:
    """Sentences in many languages, texts of their words, random Unicode, and special cases of the library."""
    drawn = examples(st.one_of(TEXTS, st.text(max_size=30)), random_texts)
    return [*SENTENCES, *mixed(SENTENCES, random_texts // 2, 1), *drawn, *EDGES, *MARKS]


def library(path: Path, texts: Sequence[str], most: int) -> list[list[tuple[str, float]]]:
    """The library's result, with line breaks replaced by spaces."""
    from fasttext import load_model

    model = load_model(str(path))
    found = (model.predict(text.replace("\n", " "), k=most) for text in texts)
    return [list(zip(labels, map(float, scores), strict=True)) for labels, scores in found]


def assert_same(found: Sequence[Any], wanted: Sequence[list[tuple[str, float]]], texts: Sequence[str]) -> None:
    """Check that labels and their order are equal, and probabilities equal within 1e-5."""
    assert len(found) == len(wanted) == len(texts) > 100
    for mine, theirs, text in zip(found, wanted, texts, strict=True):
        assert [one.label for one in mine] == [label for label, _ in theirs], repr(text)
        assert [one.probability for one in mine] == pytest.approx([p for _, p in theirs], abs=1e-5, rel=0), repr(text)


def test_lid_176(spark: SparkSession) -> None:
    texts, path = all_texts(300), model_path("package:lid.176.ftz")
    assert_same(evaluate(spark, "fasttext", texts, str(path)), library(path, texts, 1), texts)
    assert_same(evaluate(spark, "fasttext", texts, str(path), 200), library(path, texts, 200), texts)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A model of each form. It has half of the sentences' words, and in most forms the end of a line."""
    folder = tmp_path_factory.mktemp("models")
    known = sorted({word for sentence in SENTENCES for word in sentence.split()})[::2]
    found = {}
    for number, (name, form) in enumerate(FORMS.items()):
        found[name] = folder / f"{number}.bin"
        write_random(found[name], form, [*(["</s>"] if number % 4 else []), "a", *known], seed=number)
    return found


def test_every_form(spark: SparkSession, models: dict[str, Path]) -> None:
    texts = all_texts(120)
    calls = [
        F.call_function("fasttext", "text", F.lit(str(path)), F.lit(k)) for path in models.values() for k in (1, 400)
    ]
    found = values(spark, texts, F.struct(*(call.alias(f"c{number}") for number, call in enumerate(calls))))
    wanted = [library(path, texts, k) for path in models.values() for k in (1, 400)]
    for number, each in enumerate(wanted):
        assert_same([row[number] for row in found], each, texts)


def test_one_label(spark: SparkSession, models: dict[str, Path]) -> None:
    texts = all_texts(60)
    calls = [
        F.call_function("fasttext_probability", "text", F.lit(str(path)), F.lit("__label__1"))
        for path in models.values()
    ]
    found = values(spark, texts, F.struct(*(call.alias(f"c{number}") for number, call in enumerate(calls))))
    for number, path in enumerate(models.values()):
        wanted = [min(1.0, dict(each).get("__label__1", 0.0)) for each in library(path, texts, 400)]
        assert [row[number] for row in found] == pytest.approx(wanted, abs=1e-5, rel=0)


def test_null_in_null_out_and_settings_are_constants(spark: SparkSession, tmp_path: Path) -> None:
    sha256 = write_model(tmp_path / "m.bin", {"__label__a": ["good"], "__label__b": ["bad"]})
    model = f"{tmp_path}/m.bin#sha256={sha256}"
    row = spark.sql(
        f"select fasttext(null, '{model}') none, fasttext('', '{model}') empty,"
        f" fasttext('good', '{model}')[0].label label,"
        f" fasttext_probability(null, '{model}', '__label__a') p0, fasttext_probability('', '{model}', '__label__a') p1"
    ).first()
    assert row is not None
    assert (row.none, row["empty"], row.label, row.p0, row.p1) == (None, [], "__label__a", None, 0.0)
    for wrong, told in {
        f"fasttext('a', '{model}', 0)": "k has to be a number above 0, not 0",
        "fasttext(text, text)": "model has to be a constant",
        f"fasttext('a', '{tmp_path}/m.bin#sha256={'0' * 64}')": f"has sha256 {sha256}, not 0000",
        f"fasttext('a', '{tmp_path}/none.bin')": "none.bin does not exist",
        f"fasttext_probability('a', '{model}', 'c')": "has no label c: it has __label__a, __label__b",
    }.items():
        with pytest.raises(Exception, match=told):
            spark.sql(f"select {wrong} from values ('a') as t(text)").collect()


@pytest.mark.slow
def test_a_text_of_ten_megabytes(spark: SparkSession, models: dict[str, Path]) -> None:
    path = models["softmax, coded"]
    texts = [" ".join(SENTENCES) * 2000, "x" * (10 << 20)]
    found = evaluate(spark, "fasttext", texts, str(path))
    for mine, theirs in zip(found, library(path, texts, 1), strict=True):
        assert (mine[0].label, mine[0].probability) == (theirs[0][0], pytest.approx(theirs[0][1], abs=1e-5, rel=0))
