"""The page of a sweep in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.explore.preview.curve import page
from tests.browser import Browser
from tests.jobs.explore.preview.made import outcome, preview


@pytest.mark.slow
def test_the_curve_fits_a_phone(tmp_path: Path) -> None:
    file = tmp_path / "curve.html"
    file.write_text(page(preview(outcome(60, 20), outcome(80, 30)), "gopher_quality.min_mean_word_length", 50.0))
    browser = Browser(tmp_path / "profile")
    try:
        browser.size(360, 800)
        browser.open(file.as_uri())
        assert browser.run("document.documentElement.scrollWidth") <= 360
        assert browser.console == []
    finally:
        browser.end()
