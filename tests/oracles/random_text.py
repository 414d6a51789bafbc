"""Random texts of pieces that tokenizers treat differently."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

SPACES = (" ", " ", " ", "  ", "\n", "\n\n", "\t", "\r\n", "\u00a0", "\u2003", "\u2028", "\u3000", "\x85", "\x1c")
MARKS = (
    *".,:;!?'\"()[]{}<>-_=+*/^~#%&@$|\\§°`…—–‘’“”«»„‚´·¡¿£€¥₹²³µ",
    *"。，、！？：；～（）「」『』【】《》〈〉⟦⟧।،؟٪",
)
LETTERS = (*"abcdxyzABCSUXYZéßÄñāĀяЯωع漢字かกǅա한", "e\u0301", "𐐀", "𠀀", "\u200d", "\ufe0f")
DIGITS = (*"0123456789", "10", "1,000.50", "٣", "½")
EMOJI = ("😀", "🎉", "👩\u200d💻", "🇩🇪", "☃", "™", "🈁")
EXAMPLES = r"""
    the Hello don't Can’t cannot it's O'Neil rock'n'roll y'all state-of-the-art and/or
    Mr. e.g. U.S.A. p.m. Ph.D. C++ °C. 10am :-) (^_^) <3 ... .. -- ---
    km km² m/s US$ GB кг غرام 's ’S end.Start a.b.C a,b x=y 3x4
    www.example.org http:// https://a.b-c.co.uk/x?y=1#z me@example.org mailto: ftp://u:p@h.org:21/
    10.0.0.1 8.8.8.8 172.16.3.4 1.2.3.4:80 :8080 :// .com xn--a.org
"""
WORDS = EXAMPLES.split()
CHARACTERS = st.characters(exclude_categories=("Cs", "Cn")).filter(lambda c: unicodedata.category(c) != "Cn")
PIECES = st.one_of(*(st.sampled_from(group) for group in (SPACES, MARKS, LETTERS, DIGITS, EMOJI, WORDS)), CHARACTERS)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def draw(strategy: st.SearchStrategy[str], count: int) -> list[str]:
    """At most `count` examples, the same ones in every run, so one Spark job can evaluate them all."""
    found: list[str] = []
    collect: Callable[[], None] = settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(strategy)(lambda text: found.append(text)))
    collect()
    return found
