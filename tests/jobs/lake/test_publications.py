"""Publications by name."""

from __future__ import annotations

from datetime import datetime

import pytest

from decantry.jobs.lake.publications import Publication, forgotten_since, named
from decantry.jobs.process.errors import UserError

AT = datetime(2026, 1, 1)
KINDS = {3: "replace", 2: "forget", 1: "replace"}
FOUND = [Publication("logs", number, 2 * number, kind, AT, {}) for number, kind in KINDS.items()]


@pytest.mark.parametrize("name", ["logs@2", "2", " logs@2 "])
def test_a_name_means_one_publication(name: str) -> None:
    assert named(FOUND, "logs", name) is FOUND[1]


@pytest.mark.parametrize("name", ["logs@5", "songs@2", "logs@", "logs@-2", "logs"])
def test_an_unknown_publication_is_an_error_that_lists_the_known_ones(name: str) -> None:
    with pytest.raises(UserError, match=r"there are: logs@3, logs@2, logs@1"):
        named(FOUND, "logs", name)


def test_publications_before_a_forget_may_hold_the_pages() -> None:
    assert forgotten_since(FOUND, FOUND[2]) is FOUND[1]
    assert forgotten_since(FOUND, FOUND[1]) is None
    assert forgotten_since(FOUND, FOUND[0]) is None
