"""The parts of an ingest hash."""

from __future__ import annotations

from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from decantry.jobs.ingest import versions
from decantry.jobs.ingest.options import IngestOptions, ReadingOptions, resolve
from decantry.jobs.process.errors import UserError
from decantry.udfs.page.html import EXTRACTORS
from tests.fasttext_model import write_model

READING = ReadingOptions("resiliparse", "resiliparse 2", "/models/a.ftz", "0" * 64, "auto", None, False)


def test_the_hash_covers_all_options_that_change_a_document_and_not_the_models_path() -> None:
    others = [
        replace(READING, extractor_name="resiliparse 3"),
        replace(READING, model_sha256="1" * 64),
        replace(READING, format="wet"),
        replace(READING, crawl="C"),
        replace(READING, keep_html=True),
    ]
    assert len({READING.ingest_hash, *(other.ingest_hash for other in others)}) == 6
    assert replace(READING, model_path="/elsewhere/a.ftz").ingest_hash == READING.ingest_hash


def test_a_new_version_of_a_reader_changes_the_hash_and_a_new_reader_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    before = READING.ingest_hash
    monkeypatch.setitem(versions.READERS, "arc", 1)
    assert READING.ingest_hash == before
    after = set()
    for reader in versions.READERS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(versions.READERS, reader, versions.READERS[reader] + 1)
            after.add(READING.ingest_hash)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "PAGE_VERSION", versions.PAGE_VERSION + 1)
        after.add(READING.ingest_hash)
    assert len(after - {before}) == 6


def test_a_new_version_of_an_extractor_changes_only_the_hashes_of_that_extractor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = replace(READING, extractor="trafilatura", extractor_name="trafilatura 2")
    before = READING.ingest_hash, other.ingest_hash
    monkeypatch.setitem(EXTRACTORS, "trafilatura", 2)
    assert READING.ingest_hash == before[0]
    assert other.ingest_hash != before[1]


def test_versions_of_other_packages_are_not_in_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    before = READING.ingest_hash
    monkeypatch.setattr(metadata, "version", lambda name: "another")
    assert READING.ingest_hash == before


def test_blocks_are_another_reading_and_need_an_extractor_that_has_them() -> None:
    assert replace(READING, structure=True).ingest_hash != READING.ingest_hash
    with pytest.raises(UserError, match="--structure needs an extractor that takes pages apart into blocks: decantry;"):
        resolve(IngestOptions(structure=True))


def test_the_hash_covers_given_columns_only() -> None:
    assert replace(READING, columns=(("text", "content"),)).ingest_hash != READING.ingest_hash
    assert replace(READING, columns=()).ingest_hash == READING.ingest_hash


def test_a_path_of_a_model_that_cannot_be_looked_up_is_named() -> None:
    long = "m" * 300
    with pytest.raises(UserError, match=f"the language model {long} cannot be read: File name too long"):
        resolve(IngestOptions(language_model=long))


def test_a_model_that_was_replaced_has_another_sha256(tmp_path: Path) -> None:
    model = tmp_path / "mine.ftz"
    digests = [write_model(model, {"en": ["few", "words"], "de": [word]}) for word in ("der", "die")]
    assert digests[0] != digests[1]
    seen = []
    for word in ("der", "die"):
        write_model(model, {"en": ["few", "words"], "de": [word]})
        seen.append(resolve(IngestOptions(language_model=str(model))).model_sha256)
    assert seen == digests
