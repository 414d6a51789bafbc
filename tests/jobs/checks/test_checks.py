from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.checks.derive import metrics, sample
from decantry.jobs.checks.expectation import CheckResult
from decantry.jobs.checks.parts import Part
from decantry.jobs.checks.validate import validate
from decantry.jobs.recipe.load import parse

RECIPE = parse(
    """
recipe: pets
steps:
  - where: {name: has_pet, keep: "true"}
checks:
  - kept_share: {between: [0.1, 0.9]}
  - removed_share: {step: has_pet, between: [null, 0.5], severity: warning}
""",
    "pets.yaml",
)


def part(documents: int, kept: int, **changes: Any) -> Part:
    counts = {None: kept, "has_pet.where": documents - kept}
    return Part(
        **{
            "crawl": "c",
            "documents": documents,
            "documents_hash": "h",
            "documents_version": 1,
            "counts": counts,
            "corpus_documents": kept,
        }
        | changes
    )


def failed(results: list[CheckResult]) -> list[tuple[str, str]]:
    return [(result.expectation, result.severity) for result in results if not result.success]


def test_a_publication_that_is_as_expected_passes_all() -> None:
    results = validate(metrics(RECIPE, [part(2000, 1500)]))
    assert failed(results) == []
    assert len(results) == 5


def test_a_share_out_of_bounds_is_an_error_with_the_observed_value() -> None:
    results = validate(metrics(RECIPE, [part(2000, 20)]))
    assert failed(results) == [
        ("ExpectColumnValuesToBeBetween(kept_share)", "error"),
        ("ExpectColumnValuesToBeBetween(removed_share.has_pet)", "warning"),
    ]
    assert [(r.observed, r.threshold) for r in results if not r.success] == [
        ("0.01", "0.1 to 0.9"),
        ("0.99", "any to 0.5"),
    ]


def test_below_a_thousand_documents_a_recipes_check_only_warns() -> None:
    results = validate(metrics(RECIPE, [part(999, 1)]))
    assert {severity for _, severity in failed(results)} == {"warning"}


@pytest.mark.parametrize(
    "lost",
    [{"counts": {None: 1500}}, {"corpus_documents": 1499}, {"repeated_ids": 1}],
    ids=["a verdict is missing", "a corpus row is missing", "an id is there twice"],
)
def test_conservation_is_an_error_however_small_the_crawl(lost: dict[str, Any]) -> None:
    results = validate(metrics(RECIPE, [part(2000, 1500, **lost)]))
    assert [severity for name, severity in failed(results) if "share" not in name] == ["error"]


def test_the_corpus_sample_is_checked_against_its_schema(tmp_path: Path) -> None:
    names = RECIPE.corpus().column_names
    row = dict.fromkeys(names) | {
        "text": "<script>alert(1)</script>",
        "id": "1",
        "dump": "c",
        "copy": 0,
        "language_score": 0.9,
    }
    right = {name: [row[name]] for name in names}
    assert failed(validate([sample(RECIPE, right)], tmp_path)) == []
    pages = list(tmp_path.rglob("*.html"))
    assert pages
    assert not any("<script>alert" in page.read_text() for page in pages)
    wrong = right | {"id": ["1", "1"], "text": ["a", None], "dump": ["c", "c"], "language_score": [0.5, 7.0]}
    wrong = {name: values if len(values) == 2 else values * 2 for name, values in wrong.items()}
    assert {name for name, _ in failed(validate([sample(RECIPE, wrong)]))} == {
        "ExpectColumnValuesToNotBeNull(text)",
        "ExpectColumnValuesToBeBetween(language_score)",
    }


def test_an_empty_corpus_can_be_checked() -> None:
    assert failed(validate([sample(RECIPE, {name: [] for name in RECIPE.corpus().column_names})])) == []
