"""Whoever changes code that decides about rows changes a hash: every module has its place here."""

from __future__ import annotations

from importlib import resources

from decantry.jobs.ingest.options import READING_CODE
from decantry.jobs.recipe.hash import DECIDING

NOT_DECIDING = {
    "jobs.dedup": {"recipe", "s_curve", "word_diff"},  # how a recipe is asked for, and what people look at
    "jobs.curate": {
        *("bring_back", "emptied", "fingerprints", "funnel", "job", "outcome", "parts", "publish", "retract"),
        "standing",
    },
    "udfs": set(READING_CODE),
}


def test_every_module_is_in_the_hash_of_a_recipe_or_decides_nothing() -> None:
    for package, others in NOT_DECIDING.items():
        assert modules(package) == {*DECIDING[package], *others}, package
        assert not {*DECIDING[package]} & others


def test_every_module_that_makes_a_document_is_in_the_hash_of_its_ingest() -> None:
    assert modules("udfs") - {"classifier"} == set(READING_CODE)


def modules(package: str) -> set[str]:
    names = (entry.name for entry in resources.files(f"decantry.{package}").iterdir())
    return {name.removesuffix(".py") for name in names if name.endswith(".py")} - {"__init__"}
