"""A preview in a terminal, and the curve of a sweep: figures, margins, and no control characters."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

from decantry.jobs.explore.preview.curve import bars, page, svg
from decantry.jobs.explore.preview.lines import change_lines, sweep_lines
from tests.jobs.explore.preview.made import HOSTILE, example, outcome, preview

SWEPT = preview(outcome(20, 0), outcome(40, 10), outcome(60, 20), now=50.0)


MEASURE = "decantry curate fineweb --measure-all --lake 'my lake'"


def cells(lines: list[str], first: str) -> list[str]:
    (line,) = [line for line in lines if line.split()[:1] == [first]]
    return line.split()


def test_a_change_by_language_and_in_all() -> None:
    lines = [*change_lines(preview(outcome(60, 20)), MEASURE)]
    assert lines[0] == "fineweb@2 with 60"
    assert "60 documents were decided by kept measurements" in lines
    assert cells(lines, "en") == ["en", "30", "0", "20", "10", "-2,000", "-400"]
    assert cells(lines, "all") == ["all", "40", "0", "20", "20", "-2,000", "-400"]
    assert not [line for line in lines if line.startswith("de")]


def test_figures_of_a_sample_have_margins() -> None:
    lines = [*change_lines(preview(outcome(60, 20, margin=7), sampled=5, measured=0), MEASURE)]
    assert "50 need their texts; 5 of these were judged again as a sample: the true value is" in lines[1]
    assert lines[2] == f"to make previews faster and exact, run `{MEASURE}`"
    assert cells(lines, "en")[3:8] == ["20", "±", "7", "10", "±"]


def test_samples_and_notes_have_no_terminal_escapes() -> None:
    shown = preview(outcome(60, 20), examples=(example(HOSTILE, enters=True), example(HOSTILE, enters=False)))
    lines = [*change_lines(shown, MEASURE)]
    assert "some documents that enter:" in lines
    assert "  removed by gopher_quality.short_doc: gopher_quality.words 62" in lines
    assert "some documents that leave:" in lines
    assert not {"\x1b", "\u202e"} & {*"".join(lines)}


def test_a_sweep_has_a_line_and_a_bar_for_each_value() -> None:
    lines = [*sweep_lines(replace(SWEPT, now=40.0), "gopher_quality.min_words", 40.0, MEASURE)]
    assert lines[0] == "fineweb@2, gopher_quality.min_words is 40 and keeps 40 documents"
    assert cells(lines, "20")[1:] == ["40", "0", "0", "0", "0", "█" * 40]
    assert cells(lines, "40")[1:] == ["(now)", "30", "0", "10", "-1,000", "-200", "█" * 30]


def test_bars_of_nothing() -> None:
    assert bars([0.0, 0.0], 10) == ["", ""]


def test_the_curve_is_an_image_with_a_point_for_each_value() -> None:
    root = ElementTree.fromstring(svg(SWEPT, "gopher_quality.min_words", 50.0))
    titles = [each.text for each in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == ["20: 40 documents", "40: 30 documents", "60: 20 documents"]
    assert "now 50" in [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    made = page(SWEPT, "gopher_quality.min_words", 50.0)
    assert "<script" not in made
    assert "href" not in made
    assert "src=" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\u001b[31mred\\u202e" in made
    assert "<tr><td>40<td>30<td>0<td>10" in made
