"""The page of an audit in a real browser: it makes no requests, and no script in a text runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.explore.audit.page import page
from tests.browser import Browser
from tests.jobs.explore.audit.made import contents
from tests.jobs.explore.report.hostile import HOSTILE

pytestmark = pytest.mark.slow

RAN = "(document.title='ran')"


def test_no_script_of_a_text_runs_and_nothing_is_asked_for(tmp_path: Path) -> None:
    browser = Browser(tmp_path / "profile")
    file = tmp_path / "audit.html"
    try:
        for text in HOSTILE:
            file.write_text(page(contents(text.replace("alert", RAN[:-1] + ",alert)"))), encoding="utf-8")
            browser.open(file.as_uri())
            browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
            assert browser.run("document.title") == "Audit of 2,000 documents", text
            assert browser.requests == [file.as_uri()], text
            assert browser.console == [], text
    finally:
        browser.end()
