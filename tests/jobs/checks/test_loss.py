"""Publications that would lose most of a corpus."""

from __future__ import annotations

from datetime import datetime

import pytest

from decantry.jobs.checks.loss import require_no_loss
from decantry.jobs.checks.parts import Part
from decantry.jobs.lake.live import Published
from decantry.jobs.process.errors import CheckFailed


def part(crawl: str, documents: int, kept: int, hash: str = "new") -> Part:
    return Part(crawl, documents, hash, 0, {None: kept, "x.y": documents - kept}, kept)


def published(crawl: str, documents: int, kept: int, recipe_hash: str = "old") -> Published:
    return Published("pets", crawl, ("r",), 1, recipe_hash, None, "new", 0, documents, kept, datetime(2026, 1, 1))


def test_a_corpus_without_documents_is_refused() -> None:
    with pytest.raises(CheckFailed) as caught:
        require_no_loss("pets", "now", [part("A", 900, 0), part("B", 100, 0)], [])
    assert str(caught.value) == (
        "pets keeps none of 1,000 documents, so nothing was published: look for a mistake in its labels, languages and "
        "bounds, or publish it all the same with --allow-loss"
    )


def test_a_crawl_that_keeps_less_than_half_of_what_it_kept_is_refused() -> None:
    require_no_loss("pets", "now", [part("A", 100, 25)], [published("A", 100, 50)])
    with pytest.raises(CheckFailed, match="keeps 24 of 100 documents of A, where 50 of 100 are published"):
        require_no_loss("pets", "now", [part("A", 100, 24)], [published("A", 100, 50), published("B", 9, 9)])


def test_fewer_documents_may_keep_fewer() -> None:
    require_no_loss("pets", "now", [part("A", 50, 13)], [published("A", 100, 50)])
    require_no_loss("pets", "now", [part("A", 0, 0)], [published("A", 100, 50), published("B", 9, 9)])


def test_a_crawl_that_keeps_nothing_may_be_added_to_others() -> None:
    require_no_loss("pets", "now", [part("B", 100, 0)], [published("A", 100, 50)])


def test_duplicates_of_a_new_crawl_are_no_loss() -> None:
    require_no_loss("pets", "now", [part("A", 100, 1), part("B", 100, 90)], [published("A", 100, 50, "now")])
