from __future__ import annotations

from decantry.jobs.explore.fit.stop_words import stop_words


def test_the_frequent_words_are_taken_the_most_frequent_first() -> None:
    counts = {"der": 40, "und": 30, **{f"w{chr(97 + n)}": 10 for n in range(10)}, "selten": 5}
    assert stop_words(counts, 1000) == ("der", "und", *(f"w{chr(97 + n)}" for n in range(10)))


def test_there_are_at_least_eight_and_at_most_63() -> None:
    rare = {f"{chr(97 + n)}x": 20 - n for n in range(20)}
    assert stop_words(rare, 1_000_000) == tuple(f"{chr(97 + n)}x" for n in range(8))
    assert len(stop_words({f"w{chr(97 + n // 26)}{chr(97 + n % 26)}": 9 for n in range(200)}, 1000)) == 63


def test_marks_and_numbers_are_no_words() -> None:
    counts = {",": 90, "。": 80, "། །": 70, "2024": 60, "的": 50, "了": 40}
    assert stop_words(counts, 400) == ("的", "了")
    assert stop_words({}, 0) == ()
