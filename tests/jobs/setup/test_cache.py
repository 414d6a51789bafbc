"""The cache of set-up: a missing file is one line that says what to do, and an existing one is verified."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from decantry.jobs.lake.jars import jars_dir
from decantry.jobs.process.errors import UserError
from decantry.jobs.setup import cache


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_missing_jars_and_lists_name_the_command_that_mends() -> None:
    with pytest.raises(UserError, match="decantry setup"):
        jars_dir()
    with pytest.raises(UserError, match=r"'ut1-adult'.*decantry setup"):
        cache.list_dir("ut1-adult")


def test_the_packaged_language_model_is_found() -> None:
    assert cache.model_path("package:lid.176.ftz").stat().st_size > 900_000


@pytest.mark.parametrize("spec", ["package:nothing", "/no/such/model.bin", "file:///no/such/model.bin"])
def test_a_missing_model_is_one_line(spec: str) -> None:
    with pytest.raises(UserError) as caught:
        cache.model_path(spec)
    assert "\n" not in str(caught.value)


def test_a_model_with_another_digest_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "model.ftz"
    model.write_bytes(b"model")
    right = hashlib.sha256(b"model").hexdigest()
    assert cache.model_path(str(model), right) == model
    assert cache.model_path(f"file://{model}", right) == model
    with pytest.raises(UserError, match="sha256"):
        cache.model_path(str(model), "0" * 64)


def test_a_uri_needs_its_digest() -> None:
    with pytest.raises(UserError, match="sha256"):
        cache.model_path("https://models.example.org/lid.bin")


def test_every_pinned_jar_is_named_by_the_descriptor() -> None:
    descriptor = cache.resource("runtime.ivy.xml").read_text()
    pinned = [line.split()[1] for line in cache.resource("runtime.sha256").read_text().splitlines()]
    assert descriptor.count("<dependency ") == len(pinned)
    assert all(jar.rsplit("-", 1)[0].split(".Final")[0] in descriptor for jar in pinned)
