"""Publications by the names that people copy."""

from __future__ import annotations

import pytest

from decantry.jobs.errors import UserError
from decantry.jobs.upkeep.publications import Publication, named

FOUND = [Publication("logs", version, version, ()) for version in (7, 4, 3)]


@pytest.mark.parametrize("name", ["logs@4", "4", " logs@4 "])
def test_a_name_means_one_publication(name: str) -> None:
    assert named(FOUND, "logs", name) is FOUND[1]


@pytest.mark.parametrize("name", ["logs@5", "songs@4", "logs@", "logs@-4", "logs"])
def test_a_name_of_none_is_told_with_those_that_there_are(name: str) -> None:
    with pytest.raises(UserError, match=r"there are: logs@7, logs@4, logs@3"):
        named(FOUND, "logs", name)
