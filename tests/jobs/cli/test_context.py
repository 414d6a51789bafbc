"""What a command decides before Spark starts: how long its session may have to live."""

from __future__ import annotations

from pathlib import Path

from decantry.jobs.cli.context import BRIEF_BYTES, is_brief
from decantry.jobs.session import settings
from decantry.jobs.sources.source import Source


def _file(folder: Path, name: str, size: int) -> Source:
    path = folder / name
    with path.open("wb") as file:
        file.truncate(size)
    return Source(str(path), name)


def test_some_small_files_are_brief_and_many_bytes_are_not(tmp_path: Path) -> None:
    half = [_file(tmp_path, name, BRIEF_BYTES // 2) for name in ("a.warc", "b.warc")]

    assert is_brief([half[0], _file(tmp_path, "c.warc", 10)])
    assert not is_brief(half)


def test_of_files_elsewhere_it_is_not_known(tmp_path: Path) -> None:
    small = _file(tmp_path, "a.warc", 10)

    assert not is_brief([small, Source("s3://pages/b.warc", "pages/b.warc")])
    assert not is_brief([Source("https://example.org/b.warc", "b.warc")])


def test_a_file_that_has_gone_is_not_asked_for_its_size(tmp_path: Path) -> None:
    assert is_brief([Source(str(tmp_path / "gone.warc"), "gone.warc")])


def test_only_brief_sessions_do_without_the_second_compiler() -> None:
    options = "spark.driver.extraJavaOptions"

    assert "-XX:TieredStopAtLevel=1" in settings("lake", cores=1, brief=True)[options]
    assert "-XX:TieredStopAtLevel" not in settings("lake", cores=1)[options]
