from __future__ import annotations

from xml.etree import ElementTree

import pytest

from decantry.jobs.dedup.s_curve import in_words, svg
from decantry.jobs.steps.near_duplicates import NearDuplicates


@pytest.mark.parametrize(
    ("similarity", "found"), [(0.5, 0.053), (0.6, 0.211), (0.7, 0.565), (0.75, 0.772), (0.8, 0.924), (0.85, 0.988)]
)
def test_the_probabilities_of_finewebs_setting(similarity: float, found: float) -> None:
    assert NearDuplicates().found_with(similarity) == pytest.approx(found, abs=0.0006)


def test_nemotrons_setting_is_steeper_and_later() -> None:
    assert NearDuplicates(bands=20, rows=13).found_with(0.8) == pytest.approx(0.677, abs=0.001)


def test_the_curve_as_text() -> None:
    line = in_words(NearDuplicates(verify=0.8))
    assert line.startswith("near_duplicates: 14 bands of 8 rows find 5.3% at 0.5, 21.1% at 0.6")
    assert line.endswith("(steepest near 0.72); pairs below 0.8 are then discarded")


def test_the_picture_is_xml_with_a_rising_curve_for_each_step() -> None:
    steps = [NearDuplicates(), NearDuplicates(name="strict & late", bands=20, rows=13, verify=0.9)]
    root = ElementTree.fromstring(svg(steps))
    curves = [node for node in root.iter() if node.tag.endswith("polyline")]
    assert len(curves) == 2
    for curve in curves:
        heights = [float(pair.split(",")[1]) for pair in curve.attrib["points"].split()]
        assert heights == sorted(heights, reverse=True)
        assert heights[0] > heights[-1]
