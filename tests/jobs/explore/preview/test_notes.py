"""The notes of a preview on what it does not count, without a lake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.preview.estimate import Sampling
from decantry.jobs.explore.preview.notes import notes
from decantry.jobs.explore.preview.request import Request
from decantry.jobs.explore.preview.thresholds import swept, with_settings
from decantry.jobs.recipe.load import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from decantry.jobs.explore.preview.change import Change

NOT_ASKED: Any = None
SAMPLED = Sampling(10_000, 2_000)
MAY_ENTER = "if a document leaves, one of its duplicates may enter; these duplicates are not counted"


def noted(recipe: str, changes: Sequence[Change], sampling: Sampling) -> tuple[str, ...]:
    return notes(Request(load(recipe), [], 1, [], changes), NOT_ASKED, sampling)


def test_the_note_on_duplicates_in_a_sample_and_in_a_sweep() -> None:
    fineweb = load("fineweb")
    change = with_settings(fineweb, ["gopher_quality.min_words=80"])
    assert MAY_ENTER in noted("fineweb", [change], SAMPLED)
    _, sweep = swept(fineweb, "gopher_quality.min_words=20:80:20")
    assert MAY_ENTER in noted("fineweb", sweep, Sampling(10, 10))


def test_no_note_on_duplicates_without_a_later_deduplication() -> None:
    change = with_settings(load("c4"), ["c4_after_cuts.min_sentences=5"])
    assert noted("c4", [change], SAMPLED) == ()


def test_a_threshold_that_differs_by_language() -> None:
    fineweb2 = load("fineweb2")
    one = with_settings(fineweb2, ["gopher_quality.min_mean_word_length=4", "gopher_quality.min_words=10"])
    assert noted("fineweb2", [one], SAMPLED) == (
        "gopher_quality.min_mean_word_length: documents of a language that has a configuration (`by_language`) are "
        "judged by its threshold as before; only those of other languages are judged anew",
    )
    several = with_settings(
        fineweb2, ["gopher_quality.min_mean_word_length=4", "gopher_quality.max_mean_word_length=9"]
    )
    (note,) = noted("fineweb2", [several], SAMPLED)
    assert note.startswith("gopher_quality.min_mean_word_length, gopher_quality.max_mean_word_length: ")
    assert noted("fineweb2", [with_settings(fineweb2, ["gopher_quality.min_words=10"])], SAMPLED) == ()


def test_the_removed_duplicates_of_documents_that_leave() -> None:
    fineweb = load("fineweb")
    request = Request(fineweb, [], 1, ["old"], [with_settings(fineweb, ["gopher_quality.min_words=80"])])
    found = notes(request, lambda: (2, 5), Sampling(0, 0))
    assert found[0] == "crawls that were published with another recipe hash are left out: old"
    assert found[-1].startswith("2 of the documents that leave have 3 removed duplicates, some of which may enter")
    assert len(notes(request, lambda: (0, 0), Sampling(0, 0))) == len(found) - 1
