from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decantry.jobs.dedup.word_diff import MOST_WORDS, word_diff

WORDS = st.lists(st.sampled_from(["sea", "boat", "net", "the", "quay"]), max_size=12).map(" ".join)


def test_removed_and_added_words_are_shown_with_context() -> None:
    before = "all the boats leave the harbour before the lamps are out"
    after = "all the boats leave the old harbour before the lamps go out again"
    assert word_diff(before, after) == [
        "the boats leave the {+old+} harbour before the lamps [-are-] {+go+} out {+again+}"
    ]


def test_a_letter_is_a_word_in_scripts_without_spaces() -> None:
    assert word_diff("我们今天去图书馆读书。", "我们明天去图书馆读书。") == ["我们[-今-]{+明+}天去图书"]
    assert word_diff("วันนี้เราไป 7 วัน", "วันนั้นเราไป 8 วัน") == ["วัน[-นี้-]{+นั้น+}เราไป [-7-] {+8+} วัน"]


def test_of_a_long_difference_both_sides_are_shown_in_part() -> None:
    before = " ".join(["sea", *(f"old{n}" for n in range(90)), "quay"])
    after = " ".join(["sea", *(f"new{n}" for n in range(40)), "quay"])
    (line,) = word_diff(before, after)
    assert line.startswith("sea [-old0 old1 ") and " ... and 78 more-] {+new0 new1 " in line
    assert line.endswith(" new11 ... and 28 more+} quay")


def test_equal_words_have_no_difference() -> None:
    assert word_diff("one  two\nthree", "one two three") == []
    assert word_diff("", "") == []


def test_distant_differences_are_on_separate_lines() -> None:
    words = [f"w{n}" for n in range(40)]
    other = ["first", *words[1:-1], "last"]
    assert [line.count("[-") for line in word_diff(" ".join(words), " ".join(other))] == [1, 1]


def test_a_long_text_is_compared_in_part_and_says_so() -> None:
    long = "word " * (MOST_WORDS + 1)
    assert word_diff(long, long) == [f"(only the first {MOST_WORDS:,} words were compared)"]


@given(WORDS, WORDS)
def test_equal_texts_have_no_differences(before: str, after: str) -> None:
    assert (word_diff(before, after) == []) == (before.split() == after.split())
