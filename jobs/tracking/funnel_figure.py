"""The funnel as an SVG with one bar for each step."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.recipe.funnel import FunnelStep

ROW, LABEL, BAR = 26, 180, 460


def funnel_svg(steps: list[FunnelStep]) -> str:
    """An SVG. Each step has a bar for the documents that it saw; the darker part at its end are the removed ones."""
    most = max((step.seen for step in steps), default=0) or 1
    rows = "".join(_row(number, step, most) for number, step in enumerate(steps))
    height = ROW * len(steps) + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LABEL + BAR + 180}" height="{height}" '
        f'font-family="sans-serif" font-size="12">{rows}</svg>\n'
    )


def _row(number: int, step: FunnelStep, most: int) -> str:
    y = ROW * number + 6
    seen, removed = BAR * step.seen / most, BAR * step.removed / most
    return (
        f'<text x="{LABEL - 8}" y="{y + 13}" text-anchor="end">{escape(step.step)}</text>'
        f'<rect x="{LABEL}" y="{y}" width="{seen:.1f}" height="18" fill="#9ecae1"/>'
        f'<rect x="{LABEL + seen - removed:.1f}" y="{y}" width="{removed:.1f}" height="18" fill="#de2d26"/>'
        f'<text x="{LABEL + seen + 6:.1f}" y="{y + 13}">{step.seen:,} seen, {step.removed:,} removed</text>'
    )
