from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decantry.jobs.dedup.word_diff import MOST_WORDS, word_diff

WORDS = st.lists(st.sampled_from(["sea", "boat", "net", "the", "quay"]), max_size=12).map(" ".join)


def test_what_went_and_what_came_stand_among_words_that_stayed() -> None:
    before = "all the boats leave the harbour before the lamps are out"
    after = "all the boats leave the old harbour before the lamps go out again"
    assert word_diff(before, after) == [
        "the boats leave the {+old+} harbour before the lamps [-are-] {+go+} out {+again+}"
    ]


def test_equal_words_have_no_difference() -> None:
    assert word_diff("one  two\nthree", "one two three") == []
    assert word_diff("", "") == []


def test_far_differences_stand_on_lines_of_their_own() -> None:
    words = [f"w{n}" for n in range(40)]
    other = ["first", *words[1:-1], "last"]
    assert [line.count("[-") for line in word_diff(" ".join(words), " ".join(other))] == [1, 1]


def test_a_long_text_is_compared_in_part_and_says_so() -> None:
    long = "word " * (MOST_WORDS + 1)
    assert word_diff(long, long) == [f"(only the first {MOST_WORDS:,} words were compared)"]


@given(WORDS, WORDS)
def test_only_different_texts_have_differences(before: str, after: str) -> None:
    assert (word_diff(before, after) == []) == (before.split() == after.split())
