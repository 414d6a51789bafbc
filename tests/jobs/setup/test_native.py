"""The native jars: built once for each state of the sources, shared by checkouts, and built again after any change."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.setup import native


class Sbt:
    """A stand-in for sbt that records calls and makes one jar in each build."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, *words: str, folder: Path) -> int:
        self.asked.append(words)
        if not self.code:
            jar = folder / "udfs" / "jars" / f"decantry-native_{words[0].lstrip('+')}.jar"
            jar.parent.mkdir(parents=True, exist_ok=True)
            jar.write_text(f"build {len(self.asked)}")
        return self.code


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def checkout(root: Path, code: str = "object Words") -> Path:
    for name in native.BUILD:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (root / "udfs" / "src" / "main").mkdir(parents=True)
    (root / "udfs" / "src" / "main" / "Words.scala").write_text(code)
    return root


def test_another_checkout_takes_the_jar_from_the_cache(tmp_path: Path) -> None:
    sbt = Sbt()
    one, two = checkout(tmp_path / "one"), checkout(tmp_path / "two")
    assert native.install(one, "2.13", sbt).read_text() == "build 1"
    assert native.install(two, "2.13", sbt) == two / "udfs" / "jars" / "decantry-native_2.13.jar"
    assert (two / "udfs" / "jars" / "decantry-native_2.13.jar").read_text() == "build 1"
    assert native.install(two, "2.12", sbt).read_text() == "build 2"
    assert sbt.asked == [("++2.13", "assembly"), ("++2.12", "assembly")]
    assert [path.name for path in (two / "udfs" / "jars").iterdir() if path.name.startswith(".")] == []


def test_checkouts_share_one_file_that_no_build_changes(tmp_path: Path) -> None:
    sbt, one, two = Sbt(), checkout(tmp_path / "one"), checkout(tmp_path / "two")
    assert native.install(one, "2.13", sbt).samefile(native.install(two, "2.13", sbt))
    (one / "build.sbt").write_text("other")
    assert native.install(one, "2.13", sbt).read_text() == "build 2"
    assert native.install(two, "2.13", sbt).read_text() == "build 1"


@pytest.mark.parametrize("changed", ["udfs/src/main/Words.scala", "build.sbt", "project/shaded.sha256"])
def test_a_change_is_built(tmp_path: Path, changed: str) -> None:
    sbt, root = Sbt(), checkout(tmp_path / "one")
    native.install(root, "2.13", sbt)
    before = (root / changed).read_text()
    (root / changed).write_text("other")
    assert native.install(root, "2.13", sbt).read_text() == "build 2"
    (root / changed).write_text(before)
    assert native.install(root, "2.13", sbt).read_text() == "build 1"
    assert len(sbt.asked) == 2


def test_another_spark_is_another_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = checkout(tmp_path / "one")
    now = native.state(root)
    monkeypatch.setattr(native.metadata, "version", lambda _: "4.2.0")
    assert native.state(root) != now


def test_the_newest_states_are_kept(home: Path, tmp_path: Path) -> None:
    sbt, root = Sbt(), checkout(tmp_path / "one")
    for number in range(native.KEPT + 2):
        (root / "build.sbt").write_text(str(number))
        native.install(root, "2.13", sbt)
    assert len(list((home / "native").iterdir())) == native.KEPT
    assert (home / "native" / native.state(root)).is_dir()


def test_a_failed_build_is_reported_and_not_kept(home: Path, tmp_path: Path) -> None:
    with pytest.raises(InfrastructureError, match=r"sbt did not build decantry-native_2\.13\.jar"):
        native.install(checkout(tmp_path / "one"), "2.13", Sbt(code=1))
    assert not (home / "native").exists()


def test_a_failed_build_leaves_the_jar_that_was_there(tmp_path: Path) -> None:
    root = checkout(tmp_path / "one")
    jar = native.install(root, "2.13", Sbt())
    (root / "build.sbt").write_text("other")
    with pytest.raises(InfrastructureError, match="sbt did not build"):
        native.install(root, "2.13", Sbt(code=1))
    assert jar.read_text() == "build 1"
    assert list(jar.parent.iterdir()) == [jar]
