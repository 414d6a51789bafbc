from __future__ import annotations

import random

import pytest

from decantry.jobs.models.backends import pieces
from decantry.jobs.models.backends.files import packaged, token_ids, tokenizer
from decantry.jobs.models.backends.pieces import SPACE, Pieces
from tests.jobs.models.judged import rows

ODD = ["", " ", "\n", "  a\n\n b \n", "a </s> b", "x<s>", "\0", "▁ ▁\n▁", "字 字\n", "word " * 300, "a" * 3_000]


def test_tokens_are_those_of_the_whole_text(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tokenizers", reason="the extra wordllama is not installed")
    (file,) = packaged("wordllama", "wordllama", "tokenizers/l2_supercat_tokenizer_config.json")
    whole = tokenizer(file, "wordllama")
    assert not [token for token in whole.get_vocab() if SPACE in token.lstrip(SPACE) or "\n" in token]
    dice = random.Random(1)
    points = (lambda: 32, lambda: 10, lambda: dice.randrange(32, 127), lambda: dice.randrange(1, 0xD800))
    drawn = ["".join(chr(dice.choice(points)()) for _ in range(dice.randrange(200))) for _ in range(300)]
    monkeypatch.setattr(pieces, "MOST_KNOWN", 50)
    split = Pieces(whole)
    for text in [*ODD, *(row["text"] for row in rows(20)), *drawn]:
        assert split.ids(text) == token_ids(whole, text), text
    assert len(split._known) <= 50
