"""Run by the peer's own python: its filters, with each language's own segmenter, over the texts of a JSONL file.

Arguments: the file of `label, text, thresholds` rows, and the file to write. A row of the answer has the number of
words, and the step and rule that remove the text, such as `gopher_repetition.top_2_gram` (null if none does). Where a
row has `tokens`, the answer has `rule_of_tokens` too, what the same filters do with these words, and `same_words`,
whether they are the peer's words. The last lines are the seconds that the filters took by label, and the labels whose
segmenter is not installed.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path

from datatrove.data import Document
from datatrove.pipeline.filters import FineWebQualityFilter, GopherQualityFilter, GopherRepetitionFilter
from datatrove.utils.word_tokenizers import WordTokenizer, load_word_tokenizer

STEPS = ("gopher_repetition", "fineweb_quality", "gopher_quality")


class Tokens(WordTokenizer):
    """A tokenizer that returns given words."""

    tokens: list

    def word_tokenize(self, text: str) -> list:
        """The words of the text."""
        return self.tokens

    def sent_tokenize(self, text: str) -> list:
        """Not asked for."""
        raise NotImplementedError

    def span_tokenize(self, text: str) -> list:
        """Not asked for."""
        raise NotImplementedError


def filters(label: str | Tokens, given: dict) -> list:
    """The peer's three filters as its FineWeb2 pipeline sets them, with the thresholds of a language."""
    repetition = dict.fromkeys(("dup_para_frac", "dup_line_char_frac", "dup_para_char_frac"), 0)
    grams = {name: tuple(map(tuple, given[name])) for name in ("top_n_grams", "dup_n_grams")}
    quality = ("min_avg_word_length", "max_avg_word_length", "max_non_alpha_words_ratio")
    return [
        GopherRepetitionFilter(language=label, dup_line_frac=given["dup_line_frac"], **grams, **repetition),
        FineWebQualityFilter(
            language=label,
            short_line_thr=999,
            char_duplicates_ratio=0.1,
            line_punct_thr=given["line_punct_thr"],
            new_line_ratio=given["new_line_ratio"],
        ),
        GopherQualityFilter(
            language=label, stop_words=given["stopwords"], min_stop_words=2, **{name: given[name] for name in quality}
        ),
    ]


def fate(steps: list, text: str) -> str | None:
    """The step and rule that remove the text, under our names of steps."""
    for name, step in zip(STEPS, steps, strict=True):
        answer = step.filter(Document(text=text, id="text", metadata={}))
        passed, reason = answer if isinstance(answer, tuple) else (answer, "")
        if not passed:
            return f"{name}.{reason.removeprefix('gopher_')}"
    return None


def main(given: str, answer: str) -> None:
    """Read, judge, and write."""
    with Path(given).open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    seconds: dict[str, float] = defaultdict(float)
    steps, missing = {}, {}
    tokens = Tokens()
    for row in rows:
        label = row["label"]
        if label not in steps and label not in missing:
            try:
                load_word_tokenizer(label).word_tokenize(row["text"])
                steps[label] = filters(label, row["thresholds"])
            except Exception as error:  # a package, or what it wants to download
                missing[label] = str(error).splitlines()[0]
    with Path(answer).open("w", encoding="utf-8") as out:
        for row in rows:
            told = {"words": None, "rule": None}
            if row["label"] in steps:
                began = time.process_time()
                told["rule"] = fate(steps[row["label"]], row["text"])
                seconds[row["label"]] += time.process_time() - began
                words = load_word_tokenizer(row["label"]).word_tokenize(row["text"])
                told["words"] = len(words)
                if "tokens" in row:
                    told["same_words"] = row["tokens"] == words
                    tokens.tokens = row["tokens"]
                    told["rule_of_tokens"] = fate(filters(tokens, row["thresholds"]), row["text"])
            out.write(json.dumps(told) + "\n")
        out.write(json.dumps(seconds) + "\n" + json.dumps(missing) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
