"""The list of mutants is up to date: each can be applied, and its test exists and runs in `make test`."""

from __future__ import annotations

import pytest

from tests.mutants.catalogue import EVERY
from tests.mutants.copies import ROOT
from tests.mutants.mutant import Mutant


@pytest.mark.parametrize("mutant", EVERY, ids=[mutant.id for mutant in EVERY])
def test_the_mutant_applies_and_its_test_exists(mutant: Mutant) -> None:
    assert mutant.applied(ROOT) != (ROOT / mutant.file).read_text(encoding="utf-8")
    mutant.require_test(ROOT)


def test_there_are_enough_mutants_and_their_names_are_distinct() -> None:
    assert len({mutant.id for mutant in EVERY}) == len(EVERY) >= 40
    assert len({(mutant.file, mutant.old, mutant.new) for mutant in EVERY}) == len(EVERY)
