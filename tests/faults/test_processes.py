"""Row 24 of docs/reliability.md with real processes on S3, where there are no lock files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from decantry.jobs.lake.without_spark import rows_of
from decantry.jobs.store import s3_client
from infra.local.object_store import ObjectStore
from tests.faults.signalled import finished
from tests.jobs.cli.conftest import Said

pytestmark = pytest.mark.slow

LAKE = "s3://lake/processes"
TEXTS = {
    "A": {"a": "the first text of them all", "x": "a text that nobody else has"},
    "B": {"b": "the first text of them all", "y": "a text of crawl B alone"},
    "C": {"c": "the first text of them all", "z": "a text of crawl C alone"},
}
RECIPES = {
    "apart": 'recipe: apart\nsteps:\n  - where: {name: long, keep: "length(text) > 9"}\n',
    "together": "recipe: together\nsteps:\n  - exact_duplicates: {scope: all}\n",
}
BEATEN = "since this run began: nothing was published; run it again"


@pytest.fixture(scope="module")
def recipes(tmp_path_factory: pytest.TempPathFactory, object_store: ObjectStore) -> Iterator[dict[str, str]]:
    """The recipe files. The lake has three crawls, and `together` has published the first."""
    folder = tmp_path_factory.mktemp("processes")
    for name, yaml in RECIPES.items():
        (folder / f"{name}.yaml").write_text(yaml)
    rows = [{"id": i, "url": f"https://{i}.org/", "text": t, "dump": c} for c in TEXTS for i, t in TEXTS[c].items()]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in object_store.environment.items():
            patch.setenv(name, value)
        s3_client.renew()
        files = {name: str(folder / f"{name}.yaml") for name in RECIPES}
        assert finished("ingest", "--input", str(folder / "rows.jsonl"), "--lake", LAKE).code == 0
        assert curated(files["together"], "A").code == 0
        yield files
    s3_client.renew()


def curated(recipe: str, crawl: str) -> Said:
    return finished("curate", recipe, "--crawl", crawl, "--lake", LAKE)


def at_once(*commands: tuple[str, ...]) -> list[Said]:
    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(lambda words: finished(*words, "--lake", LAKE), commands))


def ids(recipe: str) -> list[str]:
    return sorted(row["id"] for row in rows_of(LAKE, f"gold/{recipe}", columns=["id"]))


def one_is_published(answers: list[Said]) -> None:
    """Each process has published, found the work done, or reported that another was first."""
    assert 0 in [answer.code for answer in answers], answers
    for answer in answers:
        assert answer.code == 0 or (answer.code == 3 and BEATEN in answer.err), answer


def test_one_crawl_twice(recipes: dict[str, str]) -> None:
    one_is_published(at_once(*[("curate", recipes["apart"], "--crawl", "A")] * 2))
    assert ids("apart") == ["a", "x"]


def test_two_crawls_of_a_recipe_that_compares_no_crawls(recipes: dict[str, str]) -> None:
    answers = at_once(*(("curate", recipes["apart"], "--crawl", crawl) for crawl in "BC"))
    assert [answer.code for answer in answers] == [0, 0], answers
    assert {"b", "c", "y", "z"} <= set(ids("apart"))


def test_two_crawls_of_a_recipe_that_compares_all_crawls(recipes: dict[str, str]) -> None:
    one_is_published(at_once(*(("curate", recipes["together"], "--crawl", crawl) for crawl in "BC")))
    for crawl in "BC":
        assert curated(recipes["together"], crawl).code == 0
    assert ids("together") == ["a", "x", "y", "z"]


def test_upkeep_beside_a_curate(recipes: dict[str, str], tmp_path: Path) -> None:
    changed = tmp_path / "apart.yaml"
    changed.write_text(RECIPES["apart"].replace("> 9", "> 8"))
    curate = ("curate", str(changed), "--rebuild", "--crawl", "A")
    answers = at_once(curate, ("forget", "--yes", "--url", "https://x.org/"), ("maintain",))
    assert [answer.code for answer in answers[1:]] == [0, 0], answers
    one_is_published([answers[0], Said(0, "", "")]) if "forgotten" not in answers[0].err else None
    assert "x" not in ids("apart") + ids("together")
    assert finished("curate", str(changed), "--rebuild", "--crawl", "A", "--lake", LAKE).code == 0
    assert "a" in ids("apart") and "x" not in ids("apart")
