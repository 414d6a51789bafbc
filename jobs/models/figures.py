"""Draws two figures of a classifier as SVG: its calibration, and what each threshold keeps."""

from __future__ import annotations

from collections.abc import Sequence

from decantry.jobs.models.calibration import Bin
from decantry.jobs.models.sweep import Threshold

SIDE, MARGIN = 320, 48
COLOURS = ("#3182bd", "#de2d26", "#31a354", "#756bb1")


def calibration_svg(bins: Sequence[Bin]) -> str:
    """A point for each bin: its mean score, and its share of good texts. Perfect scores are on the diagonal."""
    points = [(each.score, each.good) for each in bins]
    drawn = _line([(0, 0), (1, 1)], "#999", dashed=True) + _line(points, COLOURS[0]) + _dots(points, COLOURS[0])
    return _frame(drawn, "mean score", "share of good texts", [])


def sweep_svg(rows: Sequence[Threshold]) -> str:
    """The shares of kept characters and tokens, precision and recall, by the share of kept documents."""
    names = ("characters", "tokens", "precision", "recall")
    drawn = ""
    for name, colour in zip(names, COLOURS, strict=True):
        drawn += _line([(row.documents, float(getattr(row, name))) for row in rows], colour)
    return _frame(drawn, "share of documents kept", "share", names)


def _frame(drawn: str, across: str, up: str, names: Sequence[str]) -> str:
    size = SIDE + 2 * MARGIN
    legend = "".join(
        f'<text x="{MARGIN + SIDE - 6}" y="{MARGIN + SIDE - 10 - 16 * number}" text-anchor="end" '
        f'fill="{COLOURS[number]}">{name}</text>'
        for number, name in enumerate(names)
    )
    marks = "".join(
        f'<text x="{_x(tenth):.0f}" y="{MARGIN + SIDE + 16}" text-anchor="middle">{tenth:g}</text>'
        f'<text x="{MARGIN - 6}" y="{_y(tenth) + 4:.0f}" text-anchor="end">{tenth:g}</text>'
        for tenth in (0, 0.5, 1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" font-family="sans-serif" '
        f'font-size="12"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#ccc"/>'
        f"{drawn}{marks}{legend}"
        f'<text x="{size / 2}" y="{size - 10}" text-anchor="middle">{across}</text>'
        f'<text x="14" y="{size / 2}" text-anchor="middle" transform="rotate(-90 14 {size / 2})">{up}</text></svg>\n'
    )


def _line(points: Sequence[tuple[float, float]], colour: str, *, dashed: bool = False) -> str:
    way = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    dash = ' stroke-dasharray="4"' if dashed else ""
    return f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'


def _dots(points: Sequence[tuple[float, float]], colour: str) -> str:
    return "".join(f'<circle cx="{_x(x):.1f}" cy="{_y(y):.1f}" r="4" fill="{colour}"/>' for x, y in points)


def _x(value: float) -> float:
    return MARGIN + SIDE * min(1.0, max(0.0, value))


def _y(value: float) -> float:
    return MARGIN + SIDE * (1 - min(1.0, max(0.0, value)))
