from __future__ import annotations

import pytest

from decantry.udfs.page.script import script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("plain words", "Latn"),
        ("Žluťoučký kůň", "Latn"),
        ("Съешь ещё булок (bread)", "Cyrl"),
        ("Καλημέρα κόσμε", "Grek"),
        ("صباح الخير", "Arab"),
        ("שלום עולם", "Hebr"),
        ("नमस्ते दुनिया", "Deva"),
        ("สวัสดีชาวโลก", "Thai"),
        ("你好，世界", "Hani"),
        ("日本語のテキストです", "Jpan"),
        ("カタカナ", "Jpan"),
        ("漢字" * 30 + "の", "Hani"),
        ("안녕하세요 세계", "Hang"),
        ("გამარჯობა", "Geor"),
        ("ab вг", "Cyrl"),
        ("1234 !?", None),
        ("😀😀", None),
        ("\u0301\u0302", None),
        ("", None),
        ("\ud800 x", "Latn"),
    ],
)
def test_most_letters_decide(text: str, script: str | None) -> None:
    assert script_of(text) == script
