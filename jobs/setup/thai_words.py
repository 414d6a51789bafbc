"""The list of Thai words that the native jar carries.

Source: the `pythainlp` 5.4.0 wheel, `pythainlp/corpus/words_th.txt` (CC0-1.0).
"""

from __future__ import annotations

from decantry.jobs.setup.carried import Carried

THAI_WORDS = Carried(
    package="pythainlp==5.4.0",
    wheel_sha256="9239753df877202da1a50dd2842d9569eff764034f31f20222b3df4def5df193",
    name="words_th.txt",
    sha256="35f65d43ea83b5b981134d5edc3b9afcb64b4ba96146900fc4d312f2940c3265",
    make=lambda wheel: wheel.read("pythainlp/corpus/words_th.txt"),
)
