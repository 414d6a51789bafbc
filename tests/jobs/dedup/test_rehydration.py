from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from decantry.jobs.cli.app import app
from decantry.jobs.dedup.rehydration import (
    Distribution,
    SizeCount,
    distribution,
    read_distribution,
    repetitions,
    weights,
)
from decantry.jobs.process.errors import UserError

LANGUAGES = ("cmn_Hani", "deu_Latn", "fra_Latn", "ita_Latn", "jpn_Jpan", "swh_Latn")


def rates(*by_size: float, average: float) -> Distribution:
    sizes = tuple(range(1, len(by_size) + 1))
    return Distribution(cluster_sizes=sizes, cluster_removal_rates=by_size, global_removal_rate=average)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_equal_the_published_ones(shared_data: Path, language: str) -> None:
    folder = shared_data / "rehydration"
    published = json.loads((folder / "weights.json").read_text())[language]
    found = read_distribution(folder / f"distributions-{language}.json")
    for most in (3, 5, 10):
        assert {str(size): n for size, n in weights(found, most).items()} == published[str(most)]


def test_the_least_removed_size_is_repeated_most_and_the_average_once() -> None:
    found = rates(60, 50, 40, 30, 20, 20, 20, 20, 20, 60, 60, average=60)
    # raw: 1 2 3 4 5 5 5 5 5 1 1; averaged over five: 1 2 3 3.8 4.4 4.8 5 4.2 3.4 1 1
    assert weights(found, 5) == {1: 1, 2: 2, 3: 3, 4: 4, 6: 5, 8: 4, 9: 3, 10: 1}


def test_nothing_below_the_average_is_repeated_by_nothing() -> None:
    assert weights(rates(50, 50, 50, average=50), 10) == {1: 1}
    assert weights(rates(50, average=40), 10) == {1: 1}


def test_halves_are_rounded_to_even() -> None:
    assert weights(rates(0, 50, 100, 100, 100, 100, average=100), 4) == {1: 4, 2: 2, 4: 1}


def test_fewer_sizes_than_the_window() -> None:
    assert weights(rates(20, average=60), 5) == {1: 5}
    assert weights(rates(20, 60, average=60), 5) == {1: 5, 2: 1}
    assert weights(rates(20, 20, 60, average=60), 5) == {1: 5, 3: 2}  # (5 + 5 + 1) / 5
    assert weights(rates(20, 20, 20, 60, average=60), 5) == {1: 5, 3: 3, 4: 5}  # (5 + 5 + 5 + 1) / 5


def test_the_tail_is_one_more_size() -> None:
    tail = Distribution(
        cluster_sizes=(1, 2),
        cluster_removal_rates=(60, 60),
        global_removal_rate=60,
        tail_threshold=3,
        tail_removal_rate=0,
    )
    assert [size for size, _ in tail.rates] == [1, 2, 3]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), st.floats(0, 100), st.integers(1, 20))
def test_repetitions_are_between_none_and_the_most(by_size: list[float], average: float, most: int) -> None:
    found = weights(rates(*by_size, average=average), most)
    assert all(0 <= n <= most for n in found.values())
    assert next(iter(found)) == 1
    assert all(a != b for a, b in zip(list(found.values()), list(found.values())[1:], strict=False))


def test_sizes_between_and_above_take_the_last_weight() -> None:
    table = {1: 1, 2: 3, 5: 2}
    assert [repetitions(table, size) for size in (1, 2, 3, 4, 5, 900)] == [1, 3, 3, 3, 2, 2]


def test_a_recipes_own_removals_become_a_distribution() -> None:
    counts = [SizeCount(2, 10, 5), SizeCount(1, 90, 60), SizeCount(300, 4, 3), SizeCount(250, 6, 1)]
    found = distribution(counts)
    assert found.rates == [(1, 100 * 60 / 90), (2, 50.0), (200, 40.0)]
    assert found.global_removal_rate == 100 * 69 / 110
    with pytest.raises(UserError, match="nothing to compute"):
        distribution([])


def test_the_command_prints_json_and_reports_errors_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    file.write_text(rates(60, 20, 60, 60, 60, 60, average=60).model_dump_json())
    said = CliRunner().invoke(app, ["rehydration-weights", str(file), "--max-repetitions", "3"])
    assert (said.exit_code, json.loads(said.stdout)) == (0, {"1": 1, "2": 3, "3": 1})
    for content, expected in (
        ("{", "is not JSON"),
        ("[]", "Input should be"),
        ('{"cluster_sizes": [1, 2], "cluster_removal_rates": [1], "global_removal_rate": 3}', "have different lengths"),
        (
            '{"cluster_sizes": [2, 1], "cluster_removal_rates": [1, 1], "global_removal_rate": 3}',
            "are not in ascending order",
        ),
    ):
        file.write_text(content)
        with pytest.raises(UserError, match=expected) as caught:
            read_distribution(file)
        assert "\n" not in str(caught.value)
    with pytest.raises(UserError, match="cannot be read"):
        read_distribution(tmp_path / "nothing.json")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"[" * 100_000, "is not JSON: recursion limit exceeded"),
        (b"{", "is not JSON: EOF while parsing"),
        (b" " * ((16 << 20) + 1), "is larger than 16777216 bytes"),
        (b"[1]", "Input should be an object"),
        (
            b'{"cluster_sizes": [1], "cluster_removal_rates": [4000], "global_removal_rate": 1}',
            "less than or equal to 100",
        ),
        (
            b'{"cluster_sizes": [2, 1], "cluster_removal_rates": [1, 1], "global_removal_rate": 1}',
            "last, are not in ascending order",
        ),
    ],
)
def test_a_file_that_is_not_a_distribution_is_refused_in_one_line(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "d.json").write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_distribution(tmp_path / "d.json")
    assert why in str(caught.value) and "Value error" not in str(caught.value) and "\n" not in str(caught.value)


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_bytes(
        b'\xef\xbb\xbf{"cluster_sizes": [1], "cluster_removal_rates": [9], "global_removal_rate": 9}'
    )
    assert read_distribution(tmp_path / "d.json").rates == [(1, 9.0)]
