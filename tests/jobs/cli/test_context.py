"""A command decides before Spark starts whether its session will be short."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.cli.context import BRIEF_BYTES, QUERY_BYTES, is_brief, open_lake
from decantry.jobs.lake.session import settings
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.source import Source
from tests.command import decantry


def _file(folder: Path, name: str, size: int) -> Source:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
    return Source(str(path), name)


def test_inputs_and_the_lake_count_together(tmp_path: Path) -> None:
    lake = str(tmp_path / "lake")
    half = _file(tmp_path, "a.warc", BRIEF_BYTES // 2)

    assert is_brief(lake, [half]), "a new lake"
    _file(tmp_path / "lake" / "gold", "part.parquet", BRIEF_BYTES // 4)
    assert is_brief(lake, [half])
    more = [half, _file(tmp_path, "b.warc", BRIEF_BYTES // 4)]
    assert not is_brief(lake, more)
    assert is_brief(lake, more, QUERY_BYTES)
    assert is_brief(lake)


def test_the_size_of_remote_inputs_is_not_known(tmp_path: Path) -> None:
    assert not is_brief("s3a://lake/pages")
    assert not is_brief(str(tmp_path), [Source("s3://pages/b.warc", "pages/b.warc")])
    assert not is_brief(str(tmp_path), [Source("https://example.org/b.warc", "b.warc")])


def test_a_file_that_has_gone_or_cannot_be_has_no_size(tmp_path: Path) -> None:
    assert is_brief(str(tmp_path), [Source(str(tmp_path / "gone.warc"), "gone.warc"), Source("a\0b.warc", "a")])


def test_only_the_lakes_own_folders_are_looked_through(tmp_path: Path) -> None:
    _file(tmp_path, "film.mkv", BRIEF_BYTES)
    assert is_brief(str(tmp_path))


def test_only_brief_sessions_do_without_the_second_compiler() -> None:
    options = "spark.driver.extraJavaOptions"

    assert "-XX:TieredStopAtLevel=1" in settings("lake", cores=1, brief=True)[options]
    assert "-XX:TieredStopAtLevel" not in settings("lake", cores=1)[options]


@pytest.mark.parametrize(("checked", "begun"), [(True, ["checks", "tracking", "Spark"]), (False, ["Spark"])])
def test_libraries_are_imported_while_spark_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checked: bool, begun: list[str]
) -> None:
    started: list[str] = []
    monkeypatch.setattr("decantry.jobs.cli.context.start_library", lambda: started.append("checks"))
    monkeypatch.setattr("decantry.jobs.cli.context.mlflow_process", lambda: started.append("tracking"))
    monkeypatch.setattr("decantry.jobs.cli.context.start", lambda *_, **__: started.append("Spark"))
    open_lake(str(tmp_path / "lake"), write=True, checked=checked)
    assert started == begun


@pytest.mark.parametrize(
    ("words", "brief"),
    [(("sql", "select 1"), False), (("explain", "a", "--recipe", "c4"), True)],
)
def test_only_commands_that_show_few_documents_are_brief_on_larger_lakes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], brief: bool
) -> None:
    asked: list[bool] = []

    def opened(*_: object, query: bool = False, **__: object) -> None:
        asked.append(query)
        raise UserError("no lake")

    monkeypatch.setattr(f"decantry.jobs.cli.{words[0]}.open_lake", opened)
    assert decantry(*words, "--lake", str(tmp_path)).code == 2
    assert asked == [brief]
