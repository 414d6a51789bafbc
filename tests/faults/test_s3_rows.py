"""The rows of archives on S3, with and without faults, and the memory of a worker that reads many archives."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from decantry.jobs.sample import build
from decantry.jobs.sources.source import Source, inspect
from decantry.jobs.store import s3_client
from infra.local.object_store import ObjectStore, client_environment
from tests.bench.s3 import read
from tests.faults.s3_trouble import TroubledStore, troubled

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def proxy(object_store: ObjectStore) -> Iterator[TroubledStore]:
    with troubled(object_store.endpoint) as server:
        yield server


@pytest.fixture(scope="module")
def uris(object_store: ObjectStore, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    archives = build(tmp_path_factory.mktemp("sample"))
    for archive in archives:
        object_store.client().upload_file(str(archive), "pages", f"rows/{archive.name}")
    return [f"s3://pages/rows/{archive.name}" for archive in archives]


def test_failing_requests_change_no_row(proxy: TroubledStore, uris: list[str]) -> None:
    environment = client_environment(proxy.endpoint)
    proxy.arrange()
    calm = read(uris * 4, environment)
    assert calm.documents == 4 * 73
    proxy.arrange(share=0.05, reset_every=100_000, seed=3)
    rough = read(uris * 4, environment)
    assert proxy.troubled > 4
    assert (rough.documents, rough.digest) == (calm.documents, calm.digest)


def test_memory_is_flat_over_fifty_archives(proxy: TroubledStore, uris: list[str]) -> None:
    proxy.arrange()
    memory = read([uris[number % len(uris)] for number in range(50)], client_environment(proxy.endpoint)).rss_mb
    assert len(memory) == 50
    grown = max(memory[-10:]) - max(memory[:10])
    assert grown < 3, "a stream that stays open holds 0.27 MB an archive, 10 MB in all; without one it is 0.1 MB"


def test_a_large_object_with_a_reset_every_20_mb(
    proxy: TroubledStore, object_store: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in client_environment(proxy.endpoint).items():
        monkeypatch.setenv(name, value)
    s3_client.renew()
    content = random.Random(2).randbytes(1 << 20) * 70
    (tmp_path / "large").write_bytes(content)
    object_store.client().upload_file(str(tmp_path / "large"), "pages", "large")
    proxy.arrange(share=0.05, reset_every=20_000_000, seed=2)
    digest = hashlib.sha256()
    with inspect(Source("s3://pages/large", "s3://pages/large")).open() as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    s3_client.renew()
    object_store.client().delete_object(Bucket="pages", Key="large")
    assert proxy.troubled >= 3
    assert digest.hexdigest() == hashlib.sha256(content).hexdigest()
