from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decantry.jobs.cli.rows import harmless, plain, write
from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (float("nan"), None),
        (float("inf"), None),
        (1.5, 1.5),
        (datetime(2026, 11, 1, 12, 30, tzinfo=timezone.utc), "2026-11-01T12:30:00Z"),
        (bytearray(b"\x00\xff"), "AP8="),
        ({"a": float("nan"), "b": [b"x"]}, {"a": None, "b": ["eA=="]}),
        (Decimal("3"), 3),
        (Decimal("3.5"), 3.5),
        (Decimal("-0.1"), -0.1),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (Decimal("12345678901234567890123456789"), 12345678901234567890123456789),
        ({7: "a"}, {"7": "a"}),
        ({(1, "x"): 2}, {'[1, "x"]': 2}),
        (True, True),
        (None, None),
    ],
)
def test_values_as_json_has_them(value: object, shown: object) -> None:
    assert plain(value) == shown
    json.dump(plain(value), io.StringIO(), allow_nan=False)


def test_control_characters_are_made_visible() -> None:
    assert harmless("half a \ud83d") == "half a \\ud83d"
    assert harmless("a\x1b[31mred\x07\n\u202eevil") == "a\\u001b[31mred\\u0007⏎\\u202eevil"


@given(st.text())
def test_no_text_gets_a_control_character_through(text: str) -> None:
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in harmless(text))


class Frame:
    """The part of a frame that writing needs."""

    def __init__(self, names: list[str], *rows: tuple[object, ...]) -> None:
        self.columns, self.rows = names, rows
        self.dtypes = [(name, "string") for name in names]

    def limit(self, count: int) -> Frame:
        return Frame(self.columns, *self.rows[:count])

    def toLocalIterator(self) -> list[tuple[object, ...]]:  # noqa: N802 (Spark's name)
        return list(self.rows)


def written(frame: object, output: str) -> str:
    stream = io.StringIO()
    write(frame, output, None, stream)  # type: ignore[arg-type]
    return stream.getvalue()


def test_csv_quotes_whatever_ends_a_line() -> None:
    rows: list[tuple[object, ...]] = [("a\rb", "x"), ("a\nb", None), ("plain", 'said "so"'), ("a,b", "")]
    made = written(Frame(["one", "two"], *rows), "csv")
    assert made == 'one,two\n"a\rb",x\n"a\nb",\nplain,"said ""so"""\n"a,b",\n'
    back = list(csv.reader(io.StringIO(made, newline="")))
    assert back[1:] == [[str(cell or "") for cell in row] for row in rows]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_csv_is_escaped_for_a_terminal_and_exact_in_a_file() -> None:
    frame = Frame(["a\x1b[2J", "b"], ("\x1b]0;evil\x07\nnext", "=1+1"))
    terminal = Terminal()
    write(frame, "csv", None, terminal)  # type: ignore[arg-type]
    assert terminal.getvalue() == "a\\u001b[2J,b\n\\u001b]0;evil\\u0007⏎next,=1+1\n"
    assert written(frame, "csv") == 'a\x1b[2J,b\n"\x1b]0;evil\x07\nnext",=1+1\n'


def test_the_description_of_a_function_is_shown_with_all_its_lines() -> None:
    described = "Extended Usage:\n    * text string - the text\x1b[31m\n    > SELECT " + "a" * 100
    made = written(Frame(["function_desc"], (described,)), "table")
    assert [line.strip() for line in made.splitlines()[3:6]] == [
        "Extended Usage:",
        "* text string - the text\\u001b[31m",
        "> SELECT " + "a" * 100,
    ]
    assert "a" * 80 not in written(Frame(["text"], (described,)), "table")


def test_json_does_not_lose_a_column() -> None:
    frame = Frame(["a", "b", "a"], (1, 2, 3))
    assert written(frame, "csv") == "a,b,a\n1,2,3\n"
    with pytest.raises(UserError, match="two columns have the name a, and JSON would lose one"):
        written(frame, "json")


def test_a_struct_does_not_lose_a_field() -> None:
    from pyspark.sql.types import Row, StructType

    twice = StructType().add("x", "integer").add("x", "integer")
    frame = Frame(["a"], (Row(*twice.names)(1, 2),))
    with pytest.raises(UserError, match="the struct with the fields x, x has two fields of one name"):
        written(frame, "csv")


def test_a_timestamp_without_a_zone_gets_none(spark: SparkSession) -> None:
    frame = spark.sql("select timestamp_ntz'2026-11-01 12:30:00.5' a, timestamp'2026-11-01 12:30:00Z' b, 1 a")
    assert written(frame, "csv") == "a,b,a\n2026-11-01T12:30:00.5,2026-11-01T12:30:00Z,1\n"
