from __future__ import annotations

from decantry.jobs.process.terminal import TEXT_LINES, WIDTH, first_lines


def test_a_long_line_ends_with_an_ellipsis_and_more_lines_are_counted() -> None:
    assert first_lines("a" * WIDTH) == ["    " + "a" * WIDTH]
    assert first_lines("a" * (WIDTH + 1)) == ["    " + "a" * (WIDTH - 1) + "…"]
    assert first_lines("a\n" * (TEXT_LINES + 2))[-1] == "    ... 2 more lines"
