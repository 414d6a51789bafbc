"""The output of each kind of step, extractor and reader equals the file of its VERSION."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.golden import of_readers, of_steps
from tests.golden.files import CHANGED, Output, keep, wrong

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OUTPUT: Output = {"{}": {"a": {"words": 3, "share": 0.1}, "b": {"words": 0, "share": 0.0}}}


@pytest.fixture(scope="module")
def steps(spark: SparkSession) -> dict[str, Output]:
    return of_steps.outputs(spark)


@pytest.fixture(scope="module")
def readers() -> dict[str, Output]:
    return of_readers.outputs()


@pytest.mark.parametrize("name", of_steps.names())
def test_a_kind_of_step_gives_what_its_version_gave(name: str, steps: dict[str, Output]) -> None:
    assert name in steps, f"{name.partition('@')[0]} has no case in tests/golden/cases.py"
    assert wrong(name, steps[name]) is None


@pytest.mark.parametrize("name", of_readers.names())
def test_an_extractor_or_a_reader_gives_what_its_version_gave(name: str, readers: dict[str, Output]) -> None:
    assert name in readers, f"{name.partition('@')[0]} has no input in tests/golden/of_readers.py"
    assert wrong(name, readers[name]) is None


def test_a_kept_output_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert keep("c4@1", OUTPUT, tmp_path)
    assert wrong("c4@1", OUTPUT, tmp_path) is None
    assert not keep("c4@1", OUTPUT, tmp_path)


@pytest.mark.parametrize(
    ("other", "place"),
    [
        ({"{}": {**OUTPUT["{}"], "b": {"words": 1, "share": 0.0}}}, "b in {}"),
        ({"{}": {"a": OUTPUT["{}"]["a"]}}, "b in {}"),
        ({**OUTPUT, "more": {"a": None}}, "a in more"),
    ],
)
def test_a_changed_output_is_reported_and_replaces_no_file(other: Output, place: str, tmp_path: Path) -> None:
    keep("c4@1", OUTPUT, tmp_path)
    before = (tmp_path / "c4@1.json").read_bytes()
    with pytest.raises(ValueError, match=r"c4@1 gives another output than c4@1\.json has") as caught:
        keep("c4@1", other, tmp_path)
    assert str(caught.value).endswith(f"first for {place}: {CHANGED}")
    assert (tmp_path / "c4@1.json").read_bytes() == before
    assert keep("c4@2", other, tmp_path)


def test_a_kind_without_a_file_is_reported(tmp_path: Path) -> None:
    assert wrong("c4@7", OUTPUT, tmp_path) == (
        "there is no output of c4@7 to compare with: run `python -m tests.golden` and commit c4@7.json"
    )


def test_there_are_several_different_inputs() -> None:
    texts = json.loads((Path(__file__).parent / "inputs" / "texts.json").read_text(encoding="utf-8"))
    assert len({text["id"] for text in texts}) == len(texts) >= 20
