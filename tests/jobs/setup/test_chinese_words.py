"""The file of Chinese words and of the model for the jar."""

from __future__ import annotations

from math import log
from pathlib import Path
from zipfile import ZipFile

from decantry.jobs.setup.chinese_words import compact
from tests.oracles.chinese import read

WORDS = """
T恤 1 n
中 40 f
中国人 2 n
中国人 5 n
的 50 u
γ射线 2 n
"""
PROBABILITIES = {
    "start": {"B": -1.0, "M": -3.14e100, "E": -3.14e100, "S": -2.0},
    "trans": {
        "B": {"M": -3.0, "E": -4.0},
        "M": {"M": -5.0, "E": -6.0},
        "E": {"B": -7.0, "S": -8.0},
        "S": {"B": -9.0, "S": -10.0},
    },
    "emit": {"B": {"一": -11.0, "—": -12.0}, "M": {}, "E": {"鿕": -13.0}, "S": {"丁": -14.0}},
}


def test_the_file_has_weights_and_probabilities(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.whl", "w") as wheel:
        wheel.writestr("jieba/dict.txt", WORDS.lstrip())
        for name, numbers in PROBABILITIES.items():
            wheel.writestr(f"jieba/finalseg/prob_{name}.py", f"from __future__ import some\n\nP={numbers}\n")
        known = read(compact(wheel))
    counts = {"T恤": 1, "中": 40, "中国人": 5, "的": 50}
    assert known.weights == {word: log(count) - log(100) for word, count in counts.items()}
    assert known.unknown == -log(100)
    assert known.first == PROBABILITIES["start"]
    assert known.steps == {
        before + state: number for before, after in PROBABILITIES["trans"].items() for state, number in after.items()
    }
    never = -3.14e100
    assert {state: [*some[:2], some[-1]] for state, some in known.emissions.items()} == {
        "B": [-11, never, never], "M": [never] * 3, "E": [never, never, -13], "S": [never, -14, never],
    }  # fmt: skip
    assert {len(some) for some in known.emissions.values()} == {20950}
