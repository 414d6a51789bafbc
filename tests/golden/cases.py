"""The options with which each kind of step is tried, its defaults first if it has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from decantry.jobs.recipe.model import KINDS
from decantry.jobs.setup.lists import compile_lists
from decantry.jobs.steps.step import Step
from tests.fasttext_model import write_model

CASES: dict[str, list[dict[str, Any]]] = {
    "url_filter": [{}, {"words": False}, {"soft_words": 1}],
    "language": [{"keep": ["en"]}, {"keep": ["de", "zh"], "above": 0.985}],
    "language_models": [{}, {"agree": 0, "labels_above": 0.01}],
    "gopher_repetition": [{}],
    "gopher_quality": [{}, {"min_words": 10, "min_stop_words": 0}],
    "stop_words": [{}, {"min_stop_words": 5}],
    "language_words": [{}],
    "massiveweb_repetition": [{}],
    "massiveweb_quality": [{}, {"min_words": 10, "symbols": "together", "stop_words": "all"}],
    "c4": [{}, {"terminal_punctuation": False, "min_sentences": 2}],
    "bad_words": [{}],
    "fineweb_quality": [{}, {"short_line_length": 60}],
    "remove_urls": [{}],
    "refinedweb_lines": [{}, {"max_removed": 0.5}],
    "curator_heuristics": [{}],
    "chinese_characters": [{}],
    "zhtw_quality": [{}],
    "zhtw_lines": [{}],
    "zhtw_layout": [{}],
    "exact_duplicates": [
        {},
        {"by": "raw_text", "scope": "all"},
        {"by": "url", "scope": "language", "keep": ["language_score"]},
    ],
    "near_duplicates": [
        {},
        {
            "shingles": "character",
            "ngram": 9,
            "bands": 20,
            "rows": 2,
            "scope": "all",
            "hash": "xxh64",
            "verify": 0.98,
        },
        {"ngram": 2, "bands": 30, "rows": 3, "seed": 3, "scope": "language", "keep": ["longest_text"]},
    ],
    "duplicate_paragraphs": [{}, {"min_words": 3, "max_cut": 0.3, "keep": ["longest_text"]}],
    "host_boilerplate": [{}, {"min_pages": 2, "share": 0.9, "scope": "all"}],
    "rehydrate": [{"weights": {"1": 1, "3": 2, "5": 0, "9": 4}}, {"max_repetitions": 6}],
    "classifier": [{"label": "craft", "above": 0.6}, {"label": "sea", "column": "sea_score"}],
    "select_top": [
        {"by": "language_score", "share": 0.3},
        {"by": "warc_offset", "of": "characters", "within": "language", "scope": "all"},
    ],
    "ensemble_buckets": [{"columns": ["language_score", "warc_offset"], "scope": "all"}],
    "score": [{"model": "cache:any", "column": "quality"}],
    "edu_score": [{}, {"min_int_score": 2}],
    "count_tokens": [{}],
    "repair_text": [{}],
    "redact_pii": [{}],
    "symbol_lines": [{}],
    "sample": [{"share": 0.5}, {"share": 2.25, "seed": 7}],
    "where": [{"name": "long", "keep": "char_length(text) > 300 AND language <> 'en'"}],
}

_LISTS = {
    "domains": "casino.example\nhost.mixed.example.com\nexample.net\nmixed.example.com\n",
    "urls": "workshop.example.org/tools/sharpening\nhttps://bakery.example.com/bread/why-our-rye-takes-three-days\n",
    "banned_words.txt": "casino\n",
    "soft_banned_words.txt": "gamble\nbet\n",
    "banned_subwords.txt": "wheel\n",
}
_MODEL = {"craft": ["wheel", "bread", "spoke", "edge", "plane"], "sea": ["tide", "harbour", "ferry", "sea"]}
_LANGUAGES = {"__label__eng_Latn": ["the", "and", "of"], "__label__deu_Latn": ["der", "und", "von"]}
_ENGLISH = """
language_score: 0.5
dup_line_frac: 0.3
top_n_grams: [[2, 0.2], [3, 0.18], [4, 0.16]]
dup_n_grams: [[5, 0.15], [6, 0.14], [7, 0.13], [8, 0.12], [9, 0.11], [10, 0.1]]
line_punct_thr: 0.12
new_line_ratio: 0.3
min_avg_word_length: 3
max_avg_word_length: 10
max_non_alpha_words_ratio: 0.8
stopwords: [the, be, to, of, and, that, have, with]
"""


def steps(kind: str, folder: Path) -> list[Step]:
    """The steps of the kind's cases. The model that they need is in `folder`."""
    given: dict[str, Any] = {}
    if kind == "classifier":
        model = folder / "model.ftz"
        given = {"model": str(model), "sha256": write_model(model, _MODEL)}
    if kind == "language_models":
        write_model(folder / "languages.ftz", _LANGUAGES)
        given = {"models": ["package:lid.176.ftz", str(folder / "languages.ftz")]}
    if kind == "stop_words":
        (folder / "stop_words").mkdir(exist_ok=True)
        (folder / "stop_words" / "eng_Latn.yml").write_text(_ENGLISH, encoding="utf-8")
        given = {"by_language": str(folder / "stop_words")}
    if kind == "language_words":
        (folder / "lists").mkdir(exist_ok=True)
        (folder / "lists" / "eng_Latn.txt").write_text("wheel\nharbour\n", encoding="utf-8")
        given = {"lists": str(folder / "lists")}
    if kind == "bad_words":
        words = folder / "words"
        words.write_text("casino\nout of\n", encoding="utf-8")
        given = {"file": str(words)}
    return [KINDS[kind].model_validate_json(json.dumps({**given, **case})) for case in CASES[kind]]


def url_list(folder: Path) -> Path:
    """A compiled list of a few addresses and words in `folder`."""
    (folder / "sources").mkdir()
    for name, lines in _LISTS.items():
        (folder / "sources" / name).write_text(lines, encoding="utf-8")
    compile_lists(folder / "sources", folder / "compiled")
    return folder / "compiled"
