from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.models.folder import require_folder
from decantry.jobs.process.errors import UserError


def test_a_folder_that_is_there_or_can_be_made(tmp_path: Path) -> None:
    require_folder(tmp_path)
    require_folder(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


def test_a_file_or_a_broken_link_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to("nowhere")
    for place, there in (("file", "file"), ("file/model", "file"), ("link", "link")):
        with pytest.raises(UserError, match=rf"--to is .*/{place}, but .*/{there} is not a folder"):
            require_folder(tmp_path / place)


def test_a_folder_that_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(UserError, match="but you cannot write to"):
        require_folder(tmp_path / "model")
