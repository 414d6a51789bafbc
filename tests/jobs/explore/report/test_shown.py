from __future__ import annotations

from decantry.jobs.explore.report.shown import cut, documents, percent, short, size, value, visible


def test_control_characters_become_visible_and_joiners_stay() -> None:
    assert visible("a\u202eb\x1b[0m\r\nc\td") == "a\\u202eb\\u001b[0m\nc\td"
    assert visible("half a \ud83d") == "half a \\ud83d"
    assert visible("می\u200cخواهم 👩\u200d🌾") == "می\u200cخواهم 👩\u200d🌾"


def test_shares_never_round_to_nothing_or_all() -> None:
    assert [percent(*each) for each in ((1, 3), (1, 10_000), (9_999, 10_000), (0, 7), (7, 7), (0, 0))] == [
        "33.3 %", "<0.1 %", ">99.9 %", "0.0 %", "100.0 %", "–",
    ]  # fmt: skip


def test_numbers() -> None:
    assert [short(each) for each in (0, 0.65, 12, 1_200, 45_600_000, 2e12)] == [
        "0",
        "0.65",
        "12",
        "1.2k",
        "45.6M",
        "2T",
    ]
    assert [size(each) for each in (12, 1_500, 2_000_000_000)] == ["12B", "1.5 kB", "2 GB"]
    assert [value(each) for each in (12.0, 1234.0, 0.123456)] == ["12", "1,234", "0.1235"]
    assert [value(float(each)) for each in ("nan", "inf", "-inf")] == ["not a number", "infinite", "minus infinite"]


def test_documents() -> None:
    assert [documents(each) for each in (0, 1, 2_000)] == ["0 documents", "1 document", "2,000 documents"]


def test_cut() -> None:
    assert [cut(each, 4) for each in (None, "abcd", "abcde")] == ["", "abcd", "abc…"]
