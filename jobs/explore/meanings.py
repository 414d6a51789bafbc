"""What the measurements of rules are, in words.

A text says what the number is, and of what it is a share. The reference of recipes shows it. The code in `udfs/src`
says how it is counted.
"""

from __future__ import annotations

import re

_GRAMS = {
    "gopher_repetition": "characters of {what}, as a share of the text's characters",
    "massiveweb_repetition": "letters of {what}, as a share of the letters of all words",
    "curator_heuristics": "characters of {what}, as a share of the text's characters",
}
_TOP = "all occurrences of the most frequent run of {n} words"
_DUPLICATED = {
    "gopher_repetition": "runs of {n} words that occur earlier in the text",
    "massiveweb_repetition": "words in runs of {n} that occur more than once, the first time included",
    "curator_heuristics": "runs of {n} words that occur earlier in the text",
}
_MEANINGS = {
    "url_filter.domain": "1 if the registered domain is on a list",
    "url_filter.subdomain": "1 if the host is on a list",
    "url_filter.url": "1 if the address is on a list",
    "url_filter.hard_words": "banned words in the address of which one is enough",
    "url_filter.soft_words": "banned words in the address of which one is not enough",
    "url_filter.subword": "1 if the address contains a banned part of a word",
    "language": "the language with the highest score",
    "language_score": "the language model's score of that language, from 0 to 1",
    "agreeing": "models that find the document's language to be the most probable one",
    "characters": "characters of the text (Unicode code points)",
    "dup_para_frac": "paragraphs that occur earlier in the text, as a share of its paragraphs",
    "dup_para_char_frac": "characters of paragraphs that occur earlier in the text, as a share of its characters",
    "dup_line_frac": "lines that occur earlier in the text, as a share of its lines",
    "dup_line_char_frac": "characters of lines that occur earlier in the text, as a share of its characters",
    "massiveweb_repetition.dup_para_frac": "paragraphs that occur more than once, as a share of all that are not empty",
    "massiveweb_repetition.dup_para_char_frac": "characters of those paragraphs, as a share of all paragraphs'",
    "massiveweb_repetition.dup_line_frac": "lines that occur more than once, as a share of all that are not empty",
    "massiveweb_repetition.dup_line_char_frac": "characters of those lines, as a share of all lines'",
    "words": "words, without marks of punctuation",
    "massiveweb_quality.words": "words between white space that begin with a letter or a digit",
    "curator_heuristics.words": "words between white space",
    "mean_word_length": "characters of a word, on average",
    "hash_ratio": "number signs (#), divided by the number of words and marks",
    "massiveweb_quality.hash_ratio": "number signs (#), divided by the number of words",
    "ellipsis_ratio": "ellipses (... and …), divided by the number of words and marks",
    "massiveweb_quality.ellipsis_ratio": "ellipses (..., . . . and …), divided by the number of words",
    "bullet_line_ratio": "lines that begin with a bullet, as a share of all lines",
    "ellipsis_line_ratio": "lines that end with an ellipsis, as a share of all lines",
    "zhtw_quality.ellipsis_line_ratio": "lines under 100 characters that end with an ellipsis, as a share of all",
    "alpha_word_ratio": "words with a letter, as a share of all words and marks",
    "curator_heuristics.alpha_word_ratio": "words with a letter, as a share of all words",
    "non_alpha_word_ratio": "words without a letter, as a share of all words",
    "stop_words": "how many different words of the list the text has",
    "zhtw_quality.stop_words": "how often words of a list of Chinese stop words occur in the text",
    "distinct_stop_words": "how many of Gopher's eight stop words the text has",
    "listed_or_in_url": "1 if the text has a word of its language's list, or its address speaks for the language",
    "lorem_ipsum": "1 if the text has `lorem ipsum`",
    "curly_bracket": "1 if the text has a curly bracket",
    "sentences": "sentences in the lines that are left",
    "bad_words": "how often words of the list occur in the text",
    "lines": "lines that are not empty",
    "line_punct_ratio": "lines that end with a mark of punctuation, as a share of the lines that are not empty",
    "zhtw_layout.line_punct_ratio": "lines with a mark of punctuation anywhere, as a share of all lines",
    "short_line_ratio": "lines of at most `short_line_length` characters, as a share of the lines that are not empty",
    "zhtw_layout.short_line_ratio": "lines of at most ten characters, as a share of all lines",
    "char_dup_ratio": "characters of lines that occur earlier in the text, as a share of all without line feeds",
    "list_ratio": "line feeds, divided by the number of words and marks",
    "removed_word_ratio": "words that the step's edit removed, as a share of the words before it",
    "non_alphanumeric_ratio": "characters other than ASCII letters and digits, line feeds and ?!,. as a share of all",
    "symbol_word_ratio": "words that are an ellipsis or mostly number signs, as a share of all words",
    "number_ratio": "digits, as a share of all characters",
    "url_ratio": "characters of addresses, as a share of all characters",
    "white_space_ratio": "white space, as a share of all characters",
    "parentheses_ratio": "brackets of all kinds, as a share of all characters",
    "boilerplate_ratio": "paragraphs with a phrase of boilerplate, as a share of all paragraphs",
    "unique_line_ratio": "different lines, as a share of all lines",
    "unique_paragraph_ratio": "different paragraphs, as a share of all paragraphs",
    "unique_line_char_ratio": "characters of different lines, as a share of all characters",
    "unique_paragraph_char_ratio": "characters of different paragraphs, as a share of all characters",
    "unpunctuated_line_ratio": "lines that do not end with a mark of punctuation, as a share of all lines",
    "common_words": "how often Gopher's stop words occur in the text, in any case",
    "longest_word": "characters of the longest word",
    "simplified_only": "characters that only Simplified Chinese has",
    "traditional": "characters that are Traditional Chinese",
    "curly_bracket_ratio": "curly brackets, as a share of all characters",
    "words_per_line": "words and marks of a line, on average",
    "cluster_size": "documents of the cluster; its survivor is never removed",
    "cut_share": "characters that the step cut, as a share of the text's",
    "copies": "how often the document is in the corpus",
    "score": "the model's score",
    "int_score": "the model's score, rounded to a whole number from 0 to 5",
    "values": "1 if the document has a value in the column",
    "share_before": "documents with a higher value, as a share of those that reach the step",
    "holds": "1 if the predicate is true; 0 if it is false or null",
}


def meaning(kind: str, measurement: str) -> str:
    """What the measurement of this kind of step is, in words. Raises KeyError for an unknown one."""
    if found := re.fullmatch(r"(top|duplicated)_(\d+)_(n_)?grams?", measurement):
        what = (_TOP if found[1] == "top" else _DUPLICATED[kind]).format(n=found[2])
        return _GRAMS[kind].format(what=what)
    return _MEANINGS.get(f"{kind}.{measurement}") or _MEANINGS[measurement]
