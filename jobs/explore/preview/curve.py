"""Draws a sweep: the number of kept documents by the option's value, as SVG and as an HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from decantry.jobs.explore.preview.kept import kept_then
from decantry.jobs.explore.report.bins import Range, ticks
from decantry.jobs.explore.report.shown import short, visible

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.contents import Outcome, Preview

WIDTH, HEIGHT = 640.0, 320.0
LEFT, BOTTOM, MARGIN = 64.0, 40.0, 20.0
_STYLE = """
:root{color-scheme:light dark}body{font:16px system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;overflow-wrap:anywhere}svg{width:100%;height:auto;color:#666}
table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:right;font-variant-numeric:tabular-nums}
td:first-child,th:first-child{padding-left:0;overflow-wrap:anywhere}
@media(max-width:40rem){svg text{font-size:20px}}
@media(prefers-color-scheme:dark){svg{color:#aaa}}
"""


def svg(preview: Preview, option: str, now: float) -> str:
    """The curve of the sweep, as an SVG image. `now` is the option's value in the published recipe."""
    points = [(each.value or 0.0, *kept_then(each)) for each in preview.outcomes]
    xs, ys = [x for x, _, _ in points], [y + margin for _, y, margin in points if margin < float("inf")]
    across = Range(min(xs), max(xs) if max(xs) > min(xs) else min(xs) + 1)
    up = Range(0.0, max([*ys, preview.kept, 1]) * 1.05)

    def x(value: float) -> float:
        return LEFT + across.place(value) * (WIDTH - LEFT - MARGIN)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - up.place(value) * (HEIGHT - BOTTOM - MARGIN)

    parts = [f'<line x1="{LEFT}" x2="{WIDTH - MARGIN}" y1="{y(0):.1f}" y2="{y(0):.1f}" opacity=".5"/>']
    for at in ticks(across):
        parts.append(_label(x(at), HEIGHT - BOTTOM + 18, "middle", short(at)))
    for at in ticks(up):
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - MARGIN}" y1="{y(at):.1f}" y2="{y(at):.1f}" opacity=".15"/>')
        parts.append(_label(LEFT - 8, y(at) + 4, "end", short(at)))
    if across.low <= now <= across.high:
        parts.append(
            f'<line x1="{x(now):.1f}" x2="{x(now):.1f}" y1="{MARGIN}" y2="{y(0):.1f}" stroke-dasharray="4 4"/>'
        )
        parts.append(_label(x(now) + 6, MARGIN + 10, "start", f"now {short(now)}"))
    for value, kept, margin in points:
        if 0 < margin < float("inf"):
            ends = f'y1="{y(kept - margin):.1f}" y2="{y(kept + margin):.1f}"'
            parts.append(f'<line x1="{x(value):.1f}" x2="{x(value):.1f}" {ends} opacity=".4"/>')
    line = " ".join(f"{x(value):.1f},{y(kept):.1f}" for value, kept, _ in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#3778bf" stroke-width="2"/>')
    for value, kept, margin in points:
        title = f"{short(value)}: {kept:,.0f} documents" + (f" ± {margin:,.0f}" if margin else "")
        parts.append(
            f'<circle cx="{x(value):.1f}" cy="{y(kept):.1f}" r="4" fill="#3778bf"><title>{title}</title></circle>'
        )
    parts.append(_label((LEFT + WIDTH) / 2, HEIGHT - 4, "middle", option))
    name = escape(f"documents kept by {option}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="{name}" '
        f'font-family="system-ui, sans-serif" font-size="12" color="#888" stroke="currentColor">{"".join(parts)}</svg>'
    )


def page(preview: Preview, option: str, now: float) -> str:
    """The curve and its figures, as an HTML page that loads nothing."""
    title = escape(f"{preview.recipe}@{preview.publication}: {option}")
    rows = "".join(_row(each) for each in preview.outcomes)
    notes = "".join(f"<p>{escape(visible(note))}</p>" for note in preview.notes)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style><h1>{title}</h1>'
        f"<p>Documents that are kept, now {preview.kept:,}.</p>{svg(preview, option, now)}"
        f"<table><tr><th>{escape(option)}<th>kept<th>enter<th>leave{rows}</table>{notes}\n"
    )


def bars(values: Sequence[float], width: int) -> list[str]:
    """A bar for each value. The largest value has a bar of `width` characters."""
    most = max([*values, 1.0])
    return ["█" * round(width * max(value, 0.0) / most) for value in values]


def _row(each: Outcome) -> str:
    kept, margin = kept_then(each)
    about = f" ± {margin:,.0f}" if margin else ""
    enter, leave = each.total.enter.documents.value, each.total.leave.documents.value
    return f"<tr><td>{escape(each.label)}<td>{kept:,.0f}{about}<td>{enter:,.0f}<td>{leave:,.0f}"


def _label(x: float, y: float, anchor: str, text: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="currentColor" stroke="none">{escape(text)}</text>'
