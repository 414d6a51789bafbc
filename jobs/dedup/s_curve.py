"""The S-curve of a MinHash setting: the probability that two texts are compared, by similarity. As text and as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.steps.near_duplicates import NearDuplicates

SIMILARITIES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
"""The similarities that the text lists."""

WIDTH, HEIGHT, MARGIN = 480, 260, 44
_COLOURS = ("#3182bd", "#e6550d", "#31a354", "#756bb1")


def in_words(step: NearDuplicates) -> str:
    """The curve in one line: `14 bands of 8 rows find ...`."""
    found = ", ".join(f"{step.found_with(s):.1%} at {s:g}" for s in SIMILARITIES)
    half = (1 / step.bands) ** (1 / step.rows)
    verified = f"; pairs below {step.verify:g} are then discarded" if step.verify is not None else ""
    return f"{step}: {step.bands} bands of {step.rows} rows find {found} (steepest near {half:.2f}){verified}"


def svg(steps: Sequence[NearDuplicates]) -> str:
    """An SVG of the curve of each step: Jaccard similarity from left to right, probability from bottom to top."""
    axes = "".join(_tick(share / 4) for share in range(5))
    curves = "".join(_curve(number, step) for number, step in enumerate(steps))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH + 2 * MARGIN}" height="{HEIGHT + 2 * MARGIN}" '
        f'font-family="sans-serif" font-size="12"><rect x="{MARGIN}" y="{MARGIN}" width="{WIDTH}" height="{HEIGHT}" '
        f'fill="none" stroke="#999"/>{axes}{curves}<text x="{MARGIN + WIDTH / 2}" y="{MARGIN + HEIGHT + 36}" '
        f'text-anchor="middle">Jaccard similarity of the shingles</text></svg>\n'
    )


def _tick(share: float) -> str:
    x, y = _point(share, share)
    return (
        f'<text x="{x:.0f}" y="{MARGIN + HEIGHT + 16}" text-anchor="middle">{share:g}</text>'
        f'<text x="{MARGIN - 6}" y="{y + 4:.0f}" text-anchor="end">{share:.0%}</text>'
    )


def _curve(number: int, step: NearDuplicates) -> str:
    colour = _COLOURS[number % len(_COLOURS)]
    pairs = (_point(n / 100, step.found_with(n / 100)) for n in range(101))
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)
    label = escape(f"{step}: {step.bands} x {step.rows}")
    cut = ""
    if step.verify is not None:
        x, _ = _point(step.verify, 0)
        ends = f'x1="{x:.1f}" x2="{x:.1f}" y1="{MARGIN}" y2="{MARGIN + HEIGHT}"'
        cut = f'<line {ends} stroke="{colour}" stroke-dasharray="4"/>'
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>{cut}'
        f'<text x="{MARGIN + 8}" y="{MARGIN + 18 + 16 * number}" fill="{colour}">{label}</text>'
    )


def _point(similarity: float, probability: float) -> tuple[float, float]:
    """The coordinates in the picture, in pixels."""
    return MARGIN + WIDTH * similarity, MARGIN + HEIGHT * (1 - probability)
