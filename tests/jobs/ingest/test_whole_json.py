"""JSON that is read as a whole: arrays, and UTF-16."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.ingest import whole_json
from decantry.jobs.ingest.plan import Part
from decantry.jobs.ingest.whole_json import Broken, WholeJson, encoding_of, is_whole
from decantry.jobs.sources.source import Source

ROWS = [{"id": str(n), "text": f'The {n}. text, with ] and , and " in it: é {"x" * n}'} for n in range(40)]


def read(folder: Path, content: bytes, start: int = 0) -> tuple[list[Any], tuple[str, str] | None]:
    path = folder / "rows.json"
    path.write_bytes(content)
    found = WholeJson(Part(Source(str(path), str(path)), start))
    return [value for _, value in found], found.damage


@pytest.fixture(params=[7, 1 << 18])
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_json, "_PIECE", request.param)


def forms(rows: list[Any]) -> dict[str, bytes]:
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    array = json.dumps(rows, ensure_ascii=False)
    return {
        "array": array.encode(),
        "array with lines": json.dumps(rows, indent=2).encode(),
        "array after a mark": b"\xef\xbb\xbf\n " + array.encode(),
        "array a line a row": ("[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n").encode(),
        "array, packed": gzip.compress(array.encode()),
        "two arrays": (json.dumps(rows[:9]) + "\n" + json.dumps(rows[9:])).encode(),
        "array, UTF-16": array.encode("utf-16"),
        "lines, UTF-16 with a mark": lines.encode("utf-16"),
        "lines, UTF-16 LE": lines.encode("utf-16-le"),
        "lines, UTF-16 BE": (lines + "\n").encode("utf-16-be"),
        "lines, UTF-16, CR LF": lines.replace("\n", "\r\n\r\n").encode("utf-16"),
        "lines, UTF-16, packed": gzip.compress(lines.encode("utf-16")),
        "lines, UTF-32": lines.encode("utf-32"),
    }


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("form", forms([]))
def test_every_row_of_every_format_is_read_once(tmp_path: Path, form: str) -> None:
    content = forms(ROWS)[form]
    assert read(tmp_path, content) == (ROWS, None)
    assert read(tmp_path, content, start=1) == ([], None), "the first part has them all"
    assert is_whole(content) or content.startswith(b"\x1f\x8b")


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize(
    ("content", "count", "why"),
    [
        (json.dumps(ROWS).encode()[:-1], 40, "the array cannot be read after element 40: it ends early"),
        (json.dumps(ROWS).encode()[:-9], 39, "the array cannot be read after element 39: "),
        (b'[{"id": 1}, no json]', 1, "the array cannot be read after element 1: Expecting value"),
        (b'[{"id": 1}] and more', 1, "the array cannot be read after element 1: it is no element of an array"),
    ],
)
def test_the_damage_says_where_an_array_ends_early(tmp_path: Path, content: bytes, count: int, why: str) -> None:
    found, damage = read(tmp_path, content)
    assert len(found) == count
    assert damage is not None
    assert damage[0] == "unreadable"
    assert damage[1].startswith(why)


def test_a_broken_line_is_reported_and_a_broken_character_is_replaced(tmp_path: Path) -> None:
    found, damage = read(tmp_path, '{"a": 1}\n{no json\n{"a": "\ud800"}'.encode("utf-16", "surrogatepass"))
    assert damage is None
    assert (found[0], isinstance(found[1], Broken), found[2]) == ({"a": 1}, True, {"a": "\ufffd"})


def test_elements_that_are_not_objects_are_returned(tmp_path: Path) -> None:
    assert read(tmp_path, b'[{"a": 1}, 12, null, [3], "x"]')[0] == [{"a": 1}, 12, None, [3], "x"]
    assert read(tmp_path, b"[]") == ([], None)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'{"a": 1}', "utf-8"),
        (b"\xef\xbb\xbf{}", "utf-8"),
        (b"", "utf-8"),
        (b"[", "utf-8"),
        (b"\xff\xfe{\0", "utf-16"),
        (b"\xfe\xff\0{", "utf-16"),
        (b'{\0"\0', "utf-16-le"),
        (b'\0{\0"', "utf-16-be"),
        (b"\0\n\0{", "utf-16-be"),
        (b"\xff\xfe\0\0{\0\0\0", "utf-32"),
        (b"\0\0\0\0", "utf-8"),
    ],
)
def test_the_first_bytes_determine_the_encoding(head: bytes, encoding: str) -> None:
    assert encoding_of(head) == encoding


@pytest.mark.parametrize("head", [b'{"a": [1]}', b"[1, 2]\n[3, 4]\n", b"", b"WARC/1.0\r\n", b"\xff\xfen\0o\0"])
def test_lines_of_objects_and_other_files_are_not_read_as_a_whole(head: bytes) -> None:
    assert not is_whole(head)
