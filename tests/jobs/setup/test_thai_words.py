"""The list of Thai words for the jar."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from decantry.jobs.setup import thai_words

LIST = b"first\nsecond\n"


def test_two_builds_may_install_the_list_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    monkeypatch.setattr(thai_words, "SHA256", hashlib.sha256(LIST).hexdigest())
    other = tmp_path / "resources" / thai_words.SHA256[:12] / "org"

    def wheel(package: str, folder: Path) -> Path:
        other.mkdir(parents=True)  # the other build is done while this one downloads
        with zipfile.ZipFile(folder / "a.whl", "w") as archive:
            archive.writestr("pythainlp/corpus/words_th.txt", LIST)
        return folder / "a.whl"

    monkeypatch.setattr(thai_words, "wheel", wheel)
    assert thai_words.install() == other.parent
    assert list(other.parent.iterdir()) == [other]
