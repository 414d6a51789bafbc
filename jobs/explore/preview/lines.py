"""Writes a preview as lines for a terminal, without terminal escapes."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.explore.preview.curve import bars
from decantry.jobs.explore.preview.kept import kept_then
from decantry.jobs.process.terminal import first_lines, harmless

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.contents import Example, Preview, Share
    from decantry.jobs.explore.preview.estimate import Estimate

LANGUAGES = 12
"""The most languages with a line of their own; the others are only in the total."""
BAR = 40
WIDTH = 140


def change_lines(preview: Preview, measure: str) -> Iterator[str]:
    """The outcome of one change by language, with samples. `measure` is the command that keeps measurements."""
    outcome = preview.outcomes[0]
    yield harmless(f"{preview.recipe}@{preview.publication} with {outcome.label}")
    yield from _sources(preview, measure)
    moving = [share for share in outcome.languages if share.enter.documents.value or share.leave.documents.value]
    shown = moving[:LANGUAGES]
    counts_tokens = outcome.total.enter.tokens is not None
    header = ["language", "kept now", "enter", "leave", "kept then", "characters"] + ["tokens"] * counts_tokens
    yield from _table(header, [_line(share) for share in [*shown, outcome.total]])
    if len(moving) > len(shown):
        yield f"the total includes {len(moving) - len(shown)} more languages with changes"
    if not moving:
        yield "no document enters or leaves"
    yield from _notes(preview)
    for title, enters in (("enter", True), ("leave", False)):
        mine = [each for each in preview.examples if each.enters == enters]
        if mine:
            yield ""
            yield f"some documents that {title}:"
        for each in mine:
            yield from _sample(each)


def sweep_lines(preview: Preview, option: str, now: float, measure: str) -> Iterator[str]:
    """The curve of a sweep: a line for each value, with a bar for the documents that are kept.

    `measure` is the command that keeps measurements.
    """
    yield harmless(f"{preview.recipe}@{preview.publication}, {option} is {now:g} and keeps {preview.kept:,} documents")
    yield from _sources(preview, measure)
    kept = [kept_then(outcome) for outcome in preview.outcomes]
    drawn = bars([value for value, _ in kept], BAR)
    header = [option.partition(".")[2], "kept", "enter", "leave", "characters", "tokens", ""]
    rows = [
        [
            outcome.label + (" (now)" if outcome.value == now else ""),
            _number(value, margin),
            *_line(outcome.total)[2:4],
            _net(outcome.total.enter.characters, outcome.total.leave.characters),
            _net(outcome.total.enter.tokens, outcome.total.leave.tokens),
            bar,
        ]
        for outcome, (value, margin), bar in zip(preview.outcomes, kept, drawn, strict=True)
    ]
    yield from _table(header, rows)
    yield from _notes(preview)


def _sources(preview: Preview, measure: str) -> Iterator[str]:
    """How many documents were decided by kept measurements, and how many were judged again."""
    measured = f"{preview.measured:,} documents were decided by kept measurements"
    if not preview.population:
        yield measured
        return
    if preview.sampled < preview.population:
        again = f"{preview.population:,} need their texts; {preview.sampled:,} of these were judged again as a sample: "
        again += "the true value is within the margin of error (±) in 95 of 100 cases"
    else:
        again = f"{preview.population:,} were judged again from their texts"
    yield f"{measured}, {again}"
    if not preview.measured:
        yield harmless(f"to make previews faster and exact, run `{measure}`")


def _notes(preview: Preview) -> Iterator[str]:
    for note in preview.notes:
        yield harmless(f"note: {note}")


def _line(share: Share) -> list[str]:
    enter, leave = share.enter.documents, share.leave.documents
    margin = math.hypot(enter.margin, leave.margin)
    cells = [
        share.language,
        f"{share.kept:,}",
        _number(enter.value, enter.margin),
        _number(leave.value, leave.margin),
        _number(share.kept + enter.value - leave.value, margin),
        _net(share.enter.characters, share.leave.characters),
    ]
    return cells if share.enter.tokens is None else [*cells, _net(share.enter.tokens, share.leave.tokens)]


def _net(enter: Estimate | None, leave: Estimate | None) -> str:
    """What enters minus what leaves, with its sign."""
    if enter is None or leave is None:
        return "-"
    return _number(enter.value - leave.value, math.hypot(enter.margin, leave.margin), sign="+")


def _number(value: float, margin: float, sign: str = "") -> str:
    text = f"{round(value):{sign if round(value) else ''},}"
    return text if not margin else f"{text} ± {margin:,.0f}" if math.isfinite(margin) else f"{text} ± ?"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines. The first column, and a column without a title, are aligned left; all others right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for number, name in enumerate(header):
        table.add_column(Text(harmless(name)), justify="right" if number and name else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    out = io.StringIO()
    Console(file=out, width=WIDTH, highlight=False, color_system=None).print(table)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def _sample(each: Example) -> Iterator[str]:
    values = ", ".join(f"{name} {value:.4g}" for name, value in sorted(each.measured.items()))
    yield harmless(each.url or "(no address)")
    yield harmless(f"  id         {each.id}")
    yield harmless(f"  {'removed by ' + each.removed_by + ': ' if each.removed_by else 'measured   '}{values}")
    yield from first_lines(each.text)
