"""`python -m tests.bench.segmenters PYTHON [CONFIGS [SENTENCES...]]`: our words beside the segmenters of the peer.

PYTHON is a python with the peer's packages (PACKAGES), in an environment of its own. CONFIGS is the folder of
FineWeb2's published configurations, one `LABEL.yml` a language, whose thresholds and stop words decide; without it,
and for languages that it lacks, English's do, without stop words. SENTENCES are JSONL files of `language` and `text` in
further languages, of which documents are put together, as of those beside the repo. Prints which share of the documents
has another fate, by which rules, and how fast each is in three languages.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Collection, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.steps.fineweb_quality import FineWebQuality
from decantry.jobs.steps.gopher_quality import GopherQuality
from decantry.jobs.steps.gopher_repetition import GopherRepetition
from tests.bench.segmenter_texts import pages, put_together

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from decantry.jobs.steps.step import Step

PACKAGES = (
    "datatrove==0.10.1 spacy jieba sudachipy sudachidict_core pythainlp kiwipiepy==0.20.4 kiwipiepy_model==0.20.0 "
    "indic-nlp-library laonlp khmer-nltk pyidaungsu-numpy2 pyvi"
)
ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
WORK = ROOT / "build" / "bench" / "segmenters"
_LABELS = """
ar:arb_Arab bn:ben_Beng ca:cat_Latn cs:ces_Latn da:dan_Latn de:deu_Latn el:ell_Grek es:spa_Latn fa:fas_Arab
fi:fin_Latn fr:fra_Latn he:heb_Hebr hi:hin_Deva hu:hun_Latn id:ind_Latn it:ita_Latn ja:jpn_Jpan km:khm_Khmr
ko:kor_Hang lo:lao_Laoo my:mya_Mymr nl:nld_Latn pl:pol_Latn pt:por_Latn ro:ron_Latn ru:rus_Cyrl sv:swe_Latn
sw:swh_Latn th:tha_Thai tr:tur_Latn uk:ukr_Cyrl vi:vie_Latn zh:cmn_Hani
"""
LABELS = dict(pair.split(":") for pair in _LABELS.split())
"""The labels of lid.176, by which the texts are labelled, and the peer's labels."""
TIMED = ("zh", "th", "hi")
ENGLISH: dict[str, Any] = {
    "dup_line_frac": 0.3,
    "top_n_grams": [[2, 0.2], [3, 0.18], [4, 0.16]],
    "dup_n_grams": [[5, 0.15], [6, 0.14], [7, 0.13], [8, 0.12], [9, 0.11], [10, 0.1]],
    "line_punct_thr": 0.12,
    "new_line_ratio": 0.3,
    "min_avg_word_length": 3,
    "max_avg_word_length": 10,
    "max_non_alpha_words_ratio": 0.8,
    "stopwords": [],
}


Judged = tuple[int | None, str | None]
"""The number of words, and the rule that removes the text."""


class Text(NamedTuple):
    """A text to judge, its origin (a page, or composed of sentences), and its language by lid.176."""

    made_from: str
    language: str
    text: str


def main(python: str, configs: Path | None, more: Sequence[Path] = ()) -> None:
    """Judge all texts by both, and print two tables."""
    texts = real_texts(python, LABELS)
    texts += [Text("sentences", *row) for path in more for row in put_together(path)]
    rows, seconds, missing = of_the_peer(python, texts, configs)
    theirs = [(row["words"], row["rule"] and row["rule"].partition(".")[2]) for row in rows]

    from decantry.jobs.lake.session import start

    spark = start(str(WORK), app="decantry-bench-segmenters", cores=2)
    ours = _ours(spark, texts, configs)
    _print_fates(texts, ours, theirs)
    for label, why in missing.items():
        print(f"\nnot compared: {label} ({why})")
    _print_rates(spark, texts, seconds)


def real_texts(python: str, languages: Collection[str]) -> list[Text]:
    """Pages, and documents composed of sentences, in these languages. Ends the program if what it needs is missing."""
    WORK.mkdir(parents=True, exist_ok=True)
    if subprocess.run([python, "-c", "import datatrove, spacy"], capture_output=True, check=False).returncode:
        sys.exit(f"{python} has not the peer's packages. Make an environment for them, and install: {PACKAGES}")
    if not (DATA / "langid").is_dir():
        sys.exit(f"the bench reads real texts from {DATA}, which is not here")
    texts = [Text("sentences", *row) for row in put_together(DATA / "langid" / "sentences.jsonl")]
    texts += [Text("pages", *row) for row in pages(sorted((DATA / "warc").glob("*.warc.gz")))]
    return [text for text in texts if text.language in languages]


def of_the_peer(
    python: str, texts: list[Text], configs: Path | None, tokens: list[list[str]] | None = None
) -> tuple[list[dict[str, Any]], dict[str, float], dict[str, str]]:
    """What the peer says of each text (peer_segmenters.py); its seconds by label; the labels that it cannot cut, and
    why. With `tokens`, our words of each text, it also says what its filters do with them.
    """
    given, answer = WORK / "texts.jsonl", WORK / "peer.jsonl"
    with given.open("w", encoding="utf-8") as out:
        for at, text in enumerate(texts):
            row = {"label": LABELS[text.language], "text": text.text, "thresholds": thresholds(text.language, configs)}
            out.write(json.dumps(row | ({"tokens": tokens[at]} if tokens else {})) + "\n")
    script = Path(__file__).with_name("peer_segmenters.py")
    # -P: this folder is not on the path, because a package of the peer wants a module `fasttext`, which is here, too
    subprocess.run([python, "-P", str(script), str(given), str(answer)], check=True)
    *rows, seconds, missing = map(json.loads, answer.read_text(encoding="utf-8").splitlines())
    return rows, seconds, missing


def thresholds(language: str, configs: Path | None) -> dict[str, Any]:
    """The published thresholds of a language, or English's if there are none."""
    path = configs / f"{LABELS[language]}.yml" if configs else None
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))) if path and path.is_file() else ENGLISH


def steps(given: dict[str, Any]) -> list[Step]:
    """Our steps with the thresholds, set as in the peer's FineWeb2 pipeline."""
    grams = {f"top_{n}_gram": share for n, share in given["top_n_grams"]}
    grams |= {f"duplicated_{n}_n_grams": share for n, share in given["dup_n_grams"]}
    off = {"dup_para_frac": 1, "dup_para_char_frac": 1, "dup_line_char_frac": 1}
    words = tuple(given["stopwords"])
    return [
        GopherRepetition(dup_line_frac=given["dup_line_frac"] or 1, **off, **grams),
        FineWebQuality(
            min_line_punct_ratio=max(0, given["line_punct_thr"]),
            max_short_line_ratio=1,
            max_char_dup_ratio=0.1,
            max_list_ratio=given["new_line_ratio"],
        ),
        GopherQuality(
            min_mean_word_length=given["min_avg_word_length"],
            max_mean_word_length=given["max_avg_word_length"],
            min_alpha_word_ratio=given["max_non_alpha_words_ratio"],
            stop_words=words,
            min_stop_words=2 if words else 0,
        ),
    ]


def _ours(spark: SparkSession, texts: list[Text], configs: Path | None) -> list[Judged]:
    rows = [(at, text.language, text.text) for at, text in enumerate(texts)]
    documents = spark.createDataFrame(rows, "n int, language string, text string")
    found: dict[int, Judged] = {}
    for language in sorted({text.language for text in texts}):
        mine = fresh(documents.where(F.col("language") == language))
        judged = reduce(DataFrame.transform, map(judge, steps(thresholds(language, configs))), mine)
        for row in judged.selectExpr("n", "removed_by", "size(words(text, language)) words").collect():
            found[row["n"]] = (row["words"], row["removed_by"] and row["removed_by"].partition(".")[2])
    return [found[at] for at in range(len(texts))]


def _print_fates(texts: list[Text], ours: list[Judged], theirs: list[Judged]) -> None:
    print("| language | texts | kept by the peer | our words to its | another fate | why |\n|---|---|---|---|---|---|")
    for language in sorted({text.language for text in texts}):
        for kind in ("pages", "sentences"):
            which = [at for at, text in enumerate(texts) if (text.made_from, text.language) == (kind, language)]
            some = [(ours[at], theirs[at]) for at in which if theirs[at][0] is not None]
            if not some:
                continue
            other = Counter(
                f"{b or 'kept'}, here {a or 'kept'}" for (_, a), (_, b) in some if (a is None) != (b is None)
            )
            words = sum(a or 0 for (a, _), _ in some) / max(1, sum(b or 0 for _, (b, _) in some))
            kept = sum(rule is None for _, (_, rule) in some)
            why = "; ".join(f"{reason} {n}" for reason, n in other.most_common(3))
            print(
                f"| {language} | {len(some)} {kind} | {kept} | {words:.2f} "
                f"| {other.total()} ({other.total() / len(some):.1%}) | {why} |"
            )


def _print_rates(spark: SparkSession, texts: list[Text], seconds: dict[str, float]) -> None:
    print("\n| language | texts | the peer's filters, one core | ours, one core | ratio |\n|---|---|---|---|---|")
    for language in TIMED:
        mine = [text.text for text in texts if text.language == language]
        if LABELS[language] in seconds and mine:
            theirs = len(mine) / seconds[LABELS[language]]
            rate = _rate(spark, mine, language)
            print(f"| {language} | {len(mine)} | {theirs:,.0f}/s | {rate:,.0f}/s | {rate / theirs:.0f} |")


def _rate(spark: SparkSession, texts: list[str], language: str) -> float:
    """The marginal rate of our three measurements, in texts a second and core."""
    one = spark.createDataFrame([(text,) for text in texts], "text string").coalesce(1)
    measures = [f"xxhash64({name}(text, {more}'{language}'))" for name, more in _MEASURES]
    spent = {}
    for copies in (2, 2, 12):
        frame = one.select(F.explode(F.array_repeat("text", copies)).alias("text")).cache()
        frame.count()
        began = time.perf_counter()
        frame.select(*map(F.expr, measures)).write.format("noop").mode("overwrite").save()
        spent[copies] = time.perf_counter() - began
        frame.unpersist()
    return 10 * len(texts) / (spent[12] - spent[2])


_MEASURES = (("gopher_repetition", ""), ("gopher_quality", ""), ("fineweb_quality", "30, "))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else None, [Path(name) for name in sys.argv[3:]])
