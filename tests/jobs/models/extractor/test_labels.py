from __future__ import annotations

from decantry.jobs.models.extractor.labels import BY_HAND, Label, by_teacher, labels

LONG = "The wall of the harbour was built in three summers by masons from the hills."
TEACHER = f"Title\n{LONG}\n- an item of the list\n| cell | other |"


def test_the_teacher_holds_long_blocks_anywhere() -> None:
    assert by_teacher([LONG, f"{LONG[:30]}\n{LONG[30:]}", LONG[10:60], LONG.upper()], TEACHER) == [
        True,
        True,
        True,
        False,
    ]


def test_the_teacher_holds_short_blocks_as_lines_items_or_cells() -> None:
    assert by_teacher(["Title", "harbour", "an item of the list", "cell", "", " "], TEACHER) == [
        True, False, True, True, False, False,
    ]  # fmt: skip


def test_the_teacher_holds_tables_however_their_cells_are_parted() -> None:
    teacher = "| Boat | Year |\n|---|---|\n| Heron of the north | 1921 |\n| Tern | 1934 |"
    table = "Boat\tYear\nHeron of the north\t1921\nTern\t1934"
    assert by_teacher([table, table.replace("\t", " | "), "• Tern"], teacher) == [True, True, True]


def test_a_block_may_differ_a_little() -> None:
    assert by_teacher([LONG.replace("hills", "north [1]")], TEACHER) == [True]
    assert by_teacher(["A sentence that is not there at all, but long enough to count as such."], TEACHER) == [False]


def test_snippets_overrule_the_teacher() -> None:
    texts = ["Title", LONG, "Read more in our shop", "Another one"]
    assert labels(texts, TEACHER, ["Read more"], ["three summers"]) == [
        Label(True, 1), Label(False, BY_HAND), Label(True, BY_HAND), Label(False, 1),
    ]  # fmt: skip


def test_of_two_blocks_with_a_snippet_the_teachers_counts() -> None:
    texts = ["The wall of the harbour", LONG]
    assert labels(texts, TEACHER, ["wall of the harbour"], []) == [Label(False, 1), Label(True, BY_HAND)]
    assert labels(texts, "else", ["wall of the harbour"], []) == [Label(True, BY_HAND)] * 2


def test_without_a_teacher_only_snippets_count() -> None:
    assert labels(["a b", "c"], None, ["a  b"], []) == [Label(True, BY_HAND), Label(False, 0)]
