"""The bill of materials is whole, and what is delivered is pinned and may be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from decantry.jobs.setup.cache import resource
from infra import audit


def test_the_bill_has_every_locked_package_and_jar(tmp_path: Path) -> None:
    parts = audit.delivered()
    bill = json.loads(audit.bill(parts))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    urls = {component["purl"] for component in bill["components"]}
    assert len(urls) == len(parts)
    assert "pkg:maven/org.apache.hadoop/hadoop-aws@3.4.2" in urls
    assert any(url.startswith("pkg:pypi/fastwarc@") for url in urls)
    jars = [component for component in bill["components"] if component["purl"].startswith("pkg:maven/")]
    assert all(len(jar["hashes"]) == 1 for jar in jars)
    assert len(jars) == len(resource("runtime.sha256").read_text().splitlines())


def test_all_is_pinned_and_none_that_runs_is_copyleft() -> None:
    assert audit.unpinned(audit.delivered()) == []
    names = audit.runs()
    assert {"fastwarc", "pyspark", "mlflow", "numpy"} <= names
    assert "moto" not in names
    assert audit.copyleft(names) == []


def test_what_is_not_pinned_or_copyleft_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = audit.packages("a==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\nb==2.0\n")
    assert audit.unpinned(parts) == ["b 2.0"]
    monkeypatch.setattr(audit.metadata, "metadata", lambda name: {"License-Expression": "GPL-3.0-only"} | Fake())
    assert audit.copyleft({"x"}) == ["x: GPL-3.0-only"]


class Fake(dict):  # type: ignore[type-arg]
    """Metadata that has no classifiers."""

    def __ror__(self, other: dict[str, str]) -> Fake:
        return Fake(other)

    def get_all(self, name: str) -> list[str]:
        return []
