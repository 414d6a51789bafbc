"""Rows 2 and 4 of docs/reliability.md with real kills: the process group gets SIGKILL three times, and runs again."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from decantry.jobs.sample import build
from decantry.jobs.store import s3_client
from infra.local.object_store import ObjectStore, client_environment
from tests.faults.content import newest
from tests.faults.s3_trouble import troubled
from tests.faults.signalled import finished, signalled

pytestmark = pytest.mark.slow


class Sample(NamedTuple):
    """The sample's archives, and the result of an undisturbed run."""

    web: Path
    undisturbed: dict[str, list[str]]

    def words(self, lake: object) -> list[str]:
        return ["run", "fineweb", "--input", str(self.web), "--batch", "1", "--quiet", "--lake", str(lake)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample")
    build(folder / "web")
    assert finished(*Sample(folder / "web", {}).words(folder / "lake")).code == 0
    return Sample(folder / "web", newest(folder / "lake"))


def test_three_killed_runs_and_a_last_one_equal_one_run(tmp_path: Path, sample: Sample) -> None:
    lake = tmp_path / "lake"

    def committed(table: str, version: int) -> Callable[[int], bool]:
        file = lake / table / "_delta_log" / f"{version:020}.json"
        return lambda _: file.exists()

    for moment in (
        committed("ops/inputs", 1),  # midway through ingest: one archive of three is done
        committed("silver/documents", 2),  # between two tables: documents are there, the manifest does not say so
        committed("silver/verdicts", 1),  # while publishing: the verdicts are there, the corpus is not
    ):
        signalled(sample.words(lake), signal.SIGKILL, moment, tmp_path)
    assert any((lake / "_staging").iterdir()), "what dead runs staged stays until `maintain` removes it"
    last = finished(*sample.words(lake))
    assert last.code == 0, last.err
    assert "already done: 3 of 3 files" in last.out
    assert "kept 30 of 73 documents" in last.out
    assert newest(lake) == sample.undisturbed


def test_commits_to_s3_whose_answers_are_lost_are_written_once(
    sample: Sample, object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with troubled(object_store.endpoint) as proxy:
        for name, value in client_environment(proxy.endpoint).items():
            monkeypatch.setenv(name, value)
        s3_client.renew()
        proxy.arrange(only=r"^PUT /lake/lost/(ops|silver|gold)/.*/_delta_log/\d{20}\.json", always="lost")
        made = finished(*sample.words("s3://lake/lost"))
        assert made.code == 0, made.err
        assert len(proxy.lost) > 12, "all commits of a run"
        assert newest("s3://lake/lost") == sample.undisturbed
    s3_client.renew()


def test_a_killed_run_on_s3_is_finished_by_the_next(
    tmp_path: Path, sample: Sample, object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in object_store.environment.items():
        monkeypatch.setenv(name, value)
    s3_client.renew()
    store = object_store.client()

    def there(prefix: str) -> bool:
        return "Contents" in store.list_objects_v2(Bucket="lake", Prefix=f"killed/{prefix}")

    words = sample.words("s3://lake/killed")
    signalled(words, signal.SIGKILL, lambda _: there(f"ops/inputs/_delta_log/{1:020}.json"), tmp_path)
    last = finished(*words)
    assert last.code == 0, last.err
    assert "already done: 1 of 3 files" in last.out
    assert newest("s3://lake/killed") == sample.undisturbed
    s3_client.renew()
