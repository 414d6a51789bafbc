"""A made preview."""

from __future__ import annotations

from decantry.jobs.explore.preview.contents import Example, Moved, Outcome, Preview, Share
from decantry.jobs.explore.preview.estimate import Estimate

NOTHING = Moved(Estimate(0), Estimate(0), Estimate(0))
HOSTILE = "<script>alert(1)</script>\x1b[31mred\u202e"


def outcome(value: float, leave: int, margin: float = 0.0) -> Outcome:
    gone = Moved(Estimate(leave, margin), Estimate(leave * 100), Estimate(leave * 20))
    german = Share("de", 10, NOTHING, NOTHING)
    return Outcome(f"{value:g}", value, Share("all", 40, NOTHING, gone), (Share("en", 30, NOTHING, gone), german))


def preview(*outcomes: Outcome, now: float | None = None, sampled: int = 0, **more: object) -> Preview:
    given = {"examples": (), "notes": (HOSTILE,), "measured": 60, "population": sampled * 10} | more
    return Preview("fineweb", 2, 40, 9_000, sampled=sampled, now=now, outcomes=outcomes, **given)  # type: ignore[arg-type]


def example(text: str, *, enters: bool) -> Example:
    removed_by = "gopher_quality.short_doc" if enters else None
    return Example("urn:1", f"https://example.org/{text}", enters, removed_by, {"gopher_quality.words": 62.0}, text)
