"""`python -m tests.bench.agreement_fineweb2 PYTHON CONFIGS`: fates here and by the peer, in ten languages.

PYTHON is a python with the peer's packages (PACKAGES in segmenters.py), CONFIGS the folder of FineWeb2's published
configurations. The texts are real pages, and documents put together of real sentences. Both judge them by the steps of
`fineweb2` that measure a text, with the published thresholds and stop words. Prints which share of the texts is removed
by the same step (or kept by both), and why others are not: the peer's filters judge our words, too. Where they then do
as we do, the words differ; where they do not, the measure does.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyspark.sql import DataFrame

from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.recipe.load import load
from tests.bench.identification import Accuracy
from tests.bench.segmenters import LABELS, WORK, Text, of_the_peer, real_texts

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from decantry.jobs.steps.step import Step

LANGUAGES = ("de", "fr", "es", "ru", "zh", "ja", "ar", "hi", "th", "sw")
WANTED = 0.98
MEASURING = ("gopher_repetition", "fineweb_quality", "gopher_quality", "stop_words")
REASONS = 4


class Compared(NamedTuple):
    """A text, the rules that remove it here and in the peer, the verdict of the peer's filters on our words, and
    whether our words are the peer's.
    """

    text: Text
    ours: str | None
    theirs: str | None
    with_our_words: str | None
    same_words: bool

    @property
    def same(self) -> bool:
        """Whether the same step removes it here and in the peer, or none does."""
        return step_of(self.ours) == step_of(self.theirs)

    @property
    def cause(self) -> str:
        """The cause of a difference, words or measurement, and the rules."""
        what = "words" if step_of(self.ours) == step_of(self.with_our_words) else "measure"
        return f"{what}: {_rule(self.theirs)}, here {_rule(self.ours)}"


def step_of(removed_by: str | None) -> str | None:
    """The step of `step.rule`. In the peer, stop words are a rule of Gopher."""
    step = removed_by.partition(".")[0] if removed_by else None
    return "gopher_quality" if step == "stop_words" else step


def _rule(removed_by: str | None) -> str:
    return removed_by.partition(".")[2] if removed_by else "kept"


def steps(configs: Path) -> list[Step]:
    """The steps of `fineweb2` that measure a text, with the configurations of a folder."""
    mine = [step for step in load("fineweb2").steps if str(step) in MEASURING]
    return [step.model_copy(update={"by_language": str(configs)}) for step in mine]


def judged(spark: SparkSession, texts: list[Text], configs: Path) -> list[tuple[list[str], str | None]]:
    """Our words of each text, and the rule that removes it."""
    rows = [(at, LABELS[text.language], text.text) for at, text in enumerate(texts)]
    documents = spark.createDataFrame(rows, "n int, language string, text string").repartition(4)
    documents = documents.selectExpr("*", "CAST(NULL AS string) AS language_script")
    frame = reduce(DataFrame.transform, map(judge, steps(configs)), fresh(documents))
    found = frame.selectExpr("n", "removed_by", "words(text, language) AS words").collect()
    return [(row["words"], row["removed_by"]) for row in sorted(found, key=lambda row: row["n"])]


def table(compared: list[Compared]) -> Iterator[str]:
    """A Markdown table with a row for each language and kind of text, and one for all."""
    yield "| language | texts | kept by the peer | same words | same step | share | 95 % interval | why not |"
    yield "|---|---|---|---|---|---|---|---|"
    for language in (*LANGUAGES, "all"):
        for kind in ("pages", "sentences"):
            mine = [each for each in compared if each.text.made_from == kind]
            some = [each for each in mine if language in (each.text.language, "all")]
            if some:
                yield _row(f"{language}, {kind}", some)


def _row(name: str, some: list[Compared]) -> str:
    same = Accuracy(name, len(some), sum(each.same for each in some), ())
    low, high = same.interval
    share = same.right / same.sentences
    kept = sum(each.theirs is None for each in some)
    causes = Counter(each.cause for each in some if not each.same)
    why = "; ".join(f"{cause} {n}" for cause, n in causes.most_common(REASONS))
    more = causes.total() - sum(n for _, n in causes.most_common(REASONS))
    mark = "" if share >= WANTED else " (below)"
    words = sum(each.same_words for each in some)
    figures = f"{len(some)} | {kept} | {words} | {same.right} | {share:.1%}{mark} | {low:.3f} to {high:.3f}"
    return f"| {name} | {figures} | {why}{f'; others {more}' if more else ''} |"


def main(python: str, configs: Path) -> None:
    """Judge all texts by both, and print the table."""
    texts = real_texts(python, LANGUAGES)

    from decantry.jobs.lake.session import start

    spark = start(str(WORK), app="decantry-bench-agreement", cores=2)
    ours = judged(spark, texts, configs)
    spark.stop()
    theirs, _, missing = of_the_peer(python, texts, configs, [words for words, _ in ours])
    for label, why in missing.items():
        print(f"not compared: {label} ({why})")
    compared = [
        Compared(text, mine, row["rule"], row["rule_of_tokens"], row["same_words"])
        for text, (_, mine), row in zip(texts, ours, theirs, strict=True)
        if row["words"] is not None
    ]
    print(*table(compared), sep="\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]))
