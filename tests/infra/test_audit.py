"""The bill of materials is complete, and everything that is delivered is pinned and has a permitted licence."""

from __future__ import annotations

import json
from zipfile import ZipFile

import pytest

from decantry.jobs.setup.cache import resource
from decantry.jobs.setup.sbt import CARRIED
from infra import audit, parts

PINS = audit.ROOT / "project" / "shaded.sha256"


def test_the_bill_has_every_locked_package_and_jar() -> None:
    delivered = audit.delivered()
    bill = json.loads(audit.bill(delivered))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    urls = {component["purl"] for component in bill["components"]}
    assert len(urls) == len(delivered)
    assert "pkg:maven/org.apache.hadoop/hadoop-aws@3.4.2" in urls
    assert any(url.startswith("pkg:pypi/fastwarc@") for url in urls)
    assert not any(url.startswith("pkg:pypi/pytest@") for url in urls)
    jars = [component for component in bill["components"] if component["purl"].startswith("pkg:maven/")]
    assert all(len(jar["hashes"]) == 1 for jar in jars)
    assert len(jars) == len(resource("runtime.sha256").read_text().splitlines()) + 3
    (icu,) = [jar for jar in jars if jar["name"] == "icu4j"]
    assert icu["purl"] == "pkg:maven/com.ibm.icu/icu4j@77.1"
    assert icu["licenses"] == [{"expression": "Unicode-3.0"}]
    (jtokkit,) = [jar for jar in jars if jar["name"] == "jtokkit"]
    assert jtokkit["purl"] == "pkg:maven/com.knuddels/jtokkit@1.1.0"
    assert jtokkit["licenses"] == [{"expression": "MIT"}]
    assert all(jar["licenses"] for jar in jars)
    thai, chinese = [component for component in bill["components"] if component["name"].startswith("words_")]
    assert thai["purl"] == "pkg:pypi/pythainlp@5.4.0#words_th.txt"
    assert thai["licenses"] == [{"expression": "CC0-1.0"}]
    assert chinese["purl"] == "pkg:pypi/forked-jieba@20260128#words_zh.bin"
    assert chinese["licenses"] == [{"expression": "MIT"}]
    files = [thai["hashes"], chinese["hashes"]]
    assert files == [[{"alg": "SHA-256", "content": each.sha256}] for each in CARRIED]


def test_libraries_in_the_native_jars_are_in_the_bill() -> None:
    """Every class under `shaded` comes from a library that the bill names."""
    (jar,) = (audit.ROOT / "udfs" / "jars").glob("*_2.13.jar")
    inside = {name.split("/")[3] for name in ZipFile(jar).namelist() if name.startswith("org/decantry/shaded/")} - {""}
    groups = {part.group for part in parts.shaded((audit.ROOT / "build.sbt").read_text(), PINS)}
    assert {group.rpartition(".")[2] for group in groups} == inside == {"icu", "jsoup", "knuddels"}


def test_all_is_pinned_and_none_that_runs_is_copyleft() -> None:
    assert audit.unpinned(audit.delivered()) == []
    names = audit.runs()
    assert {"fastwarc", "pyspark", "mlflow-skinny", "numpy"} <= names
    assert "moto" not in names
    assert audit.copyleft(names) == []
    assert audit.unlicensed(audit.delivered()) == []


def test_unpinned_parts_and_copyleft_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    packages = audit.packages("a==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\nb==2.0\n")
    assert audit.unpinned(packages) == ["b 2.0"]
    monkeypatch.setattr(audit.metadata, "metadata", lambda name: {"License-Expression": "GPL-3.0-only"} | Fake())
    assert audit.copyleft({"x"}) == ["x: GPL-3.0-only"]


def test_jars_of_no_known_licence_or_copyleft_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    build = """
      "org.apache.spark" %% "spark-sql" % "4.1.2" % Provided,
      "com.example" % "new" % "1.0",
      "com.knuddels" % "jtokkit" % "1.1.0",
      "org.test" % "only" % "2.0" % Test
    """
    found = parts.shaded(build, PINS)
    assert [part.name for part in found] == ["new", "jtokkit"]
    assert audit.unpinned(found) == ["new 1.0"]
    assert audit.unlicensed(found) == ["com.example:new: unknown"]
    monkeypatch.setitem(parts.LICENCES, "com.example", "AGPL-3.0-only")
    assert audit.unlicensed(found) == ["com.example:new: AGPL-3.0-only"]
    monkeypatch.setitem(parts.LICENCES, "com.example", "GPL-2.0-only WITH Classpath-exception-2.0")
    assert audit.unlicensed(found) == []


def test_packages_that_no_index_knows_are_reported() -> None:
    heading = "Name Skip Reason\n---- -----------\n"
    unknown = "a    Dependency not found on PyPI and could not be audited: a (1)\n"
    assert audit.looked_up(heading + unknown) == ("", 1)
    assert audit.looked_up("No known vulnerabilities found\n" + heading + unknown) == (
        "No known vulnerabilities found",
        1,
    )


class Fake(dict):  # type: ignore[type-arg]
    """Metadata that has no classifiers."""

    def __ror__(self, other: dict[str, str]) -> Fake:
        return Fake(other)

    def get_all(self, name: str) -> list[str]:
        return []
