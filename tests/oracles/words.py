"""English words and sentences by spaCy, called as in datatrove's `SpaCyTokenizer("en")`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def pipeline() -> Language:
    """spaCy's blank English with the rule-based sentence splitter."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def words_and_sentences(text: str) -> tuple[list[str], list[str]]:
    """The tokens that are not white space; the sentences without white space at their ends, empty ones dropped.

    Texts with the token `IS_ALPHA` are outside the comparison: spaCy may fail on it, and datatrove then deletes it.
    """
    nlp = pipeline()
    nlp.max_length = len(text) + 10
    parsed = nlp(text)
    return _stripped(token.text for token in parsed), _stripped(sentence.text for sentence in parsed.sents)


def _stripped(pieces: Iterable[str]) -> list[str]:
    return [piece.strip() for piece in pieces if piece.strip()]


def special_cases() -> list[str]:
    """All strings for which spaCy's English tokenizer has a special case."""
    rules: dict[str, object] = pipeline().tokenizer.rules  # type: ignore[union-attr]
    return [case for case in rules if case.strip()]
