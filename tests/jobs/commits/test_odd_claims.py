"""What others put where a lake's claims and locks are: told in a line, and never followed."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from decantry.jobs.commits.claims import claimed, read
from decantry.jobs.errors import InfrastructureError
from decantry.jobs.lake import Lake


def refused(folder: Path) -> str:
    with pytest.raises(InfrastructureError) as caught, claimed(Lake(None, str(folder), "next"), ["the crawl C"]):  # type: ignore[arg-type]
        pass
    return str(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff\xfe\x00 no text",
        b"[" * 100_000,
        b'{"scope": ["the lake"], "run_id": {"a": 1}}',
        b'{"scope": "' + b"x" * (50 << 20) + b'", "run_id": "far"}',
    ],
    ids=["nothing", "bytes", "deep", "lists", "long"],
)
def test_a_claim_that_says_nothing_is_a_claim(tmp_path: Path, said: bytes) -> None:
    (tmp_path / "_claims").mkdir()
    claim = tmp_path / "_claims" / "the crawl C.claim"
    claim.write_bytes(said)
    with claim.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert refused(tmp_path) == (
            f"something in {tmp_path}/_claims is held as a claim and does not say by which run: run again when that "
            "has ended, or remove it where nothing writes to the lake"
        )
    with claimed(Lake(None, str(tmp_path), "next"), ["the crawl C"]):  # type: ignore[arg-type]
        pass


def test_of_a_note_words_numbers_and_processes_are_taken_over() -> None:
    assert read(b'{"run_id": "a", "pid": 7, "scope": null, "more": [1], "processes": {"7": 1}}') == {
        **{"run_id": "a", "pid": 7, "processes": {"7": 1}},
    }
    assert read(b'{"processes": [7]}') == read(b"7") == read(b'"a"') == {}


@pytest.mark.parametrize("place", ["kept.txt", "not/there"])
def test_a_link_in_the_place_of_a_claim_is_not_followed(tmp_path: Path, place: str) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    (tmp_path / "lake" / "_claims").mkdir(parents=True)
    (tmp_path / "lake" / "_claims" / "the crawl C.claim").symlink_to(tmp_path / place)
    line = refused(tmp_path / "lake")
    assert line.startswith(f"the lock {tmp_path}/lake/_claims/the crawl C.claim cannot be taken: ")
    assert line.endswith("remove what else is there, once nothing writes to the lake")
    assert (tmp_path / "kept.txt").read_text() == "kept"


def test_a_file_for_the_folder_and_a_folder_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "_claims").write_text("")
    assert "cannot be taken: File exists" in refused(tmp_path)
    (tmp_path / "_claims").unlink()
    (tmp_path / "_claims" / "z.claim").mkdir(parents=True)
    assert "z.claim cannot be taken: Is a directory" in refused(tmp_path)


def test_links_are_not_swept(tmp_path: Path) -> None:
    (tmp_path / "others" / "work").mkdir(parents=True)
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "_staging").symlink_to(tmp_path / "others")
    with claimed(Lake(None, str(tmp_path / "lake"), "next"), ["the crawl C"]):  # type: ignore[arg-type]
        pass
    (tmp_path / "lake" / "_staging").unlink()
    (tmp_path / "lake" / "_staging").mkdir()
    (tmp_path / "lake" / "_staging" / "dead").symlink_to(tmp_path / "others")
    with claimed(Lake(None, str(tmp_path / "lake"), "next"), ["the crawl C"]):  # type: ignore[arg-type]
        pass
    assert (tmp_path / "others" / "work").is_dir()
