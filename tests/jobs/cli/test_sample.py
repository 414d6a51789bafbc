"""The last line of `decantry sample`, which needs no lake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.command import decantry
from tests.jobs.explore.preview.written import write_lake

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_command_that_shows_a_document_in_full_can_be_pasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = write_lake(tmp_path / "my lake", "some", "", [])
    monkeypatch.setattr("decantry.jobs.cli.sample.open_lake", lambda *_, **__: None)
    monkeypatch.setattr("decantry.jobs.cli.sample.sample", lambda *_: [])
    (tmp_path / "mine.yaml").write_text("recipe: other\nsteps:\n  - c4: {}\n")
    said = decantry("sample", str(tmp_path / "mine.yaml"), "--lake", lake)
    full = f"decantry explain ID --recipe {tmp_path}/mine.yaml --lake '{lake}'"
    assert (said.err, said.out) == ("", f"0 documents; see one in full with `{full}`\n")
