"""The page in a real browser: it makes no requests, no script of a text runs, and the keyboard alone can use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from decantry.jobs.explore.report.page import page
from tests.browser import Browser
from tests.jobs.explore.report.hostile import HOSTILE
from tests.jobs.explore.report.made import contents

pytestmark = pytest.mark.slow

RAN = "(document.title='ran')"
TAB, ENTER = ("Tab", 9), ("Enter", 13)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.end()


def write(folder: Path, text: str) -> str:
    file = folder / "report.html"
    file.write_text(page(contents(text)), encoding="utf-8")
    return file.as_uri()


def test_no_script_of_a_page_runs_and_nothing_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    for text in HOSTILE:
        address = write(tmp_path, text.replace("alert", RAN[:-1] + ",alert)"))
        browser.open(address)
        browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert browser.run("document.title") == "quiet-pets@3: report", text
        assert browser.requests == [address], text
        assert browser.console == [], text


def test_the_policy_stops_scripts_that_escaping_missed(browser: Browser, tmp_path: Path) -> None:
    """A script, a handler and a style that are written into the page itself have no effect either."""
    file = tmp_path / "broken.html"
    broken = f"<script>{RAN}</script><img src=x onerror={RAN}><p id=p style='color:red'>p</p><img src=//evil.example/x>"
    file.write_text(page(contents()).replace("<main>", f"<main>{broken}"), encoding="utf-8")
    browser.open(file.as_uri())
    assert browser.run("document.title") == "quiet-pets@3: report"
    assert browser.run("getComputedStyle(p).color") != "rgb(255, 0, 0)"
    assert len(browser.console) >= 4 and all("Content Security Policy" in each for each in browser.console)


def test_search_shows_the_samples_that_have_the_words(browser: Browser, tmp_path: Path) -> None:
    browser.open(write(tmp_path, "A page about tides."))
    samples = "[...document.querySelectorAll('.sample')].filter(each => !each.hidden).length"
    browser.run("words.focus()")
    browser.type("tides PAGE")
    assert (browser.run(samples), browser.run("document.querySelector('output').textContent")) == (2, "2 of 2")
    assert browser.run("[...document.querySelectorAll('.fate')].every(each => each.open)")
    browser.type(" cows")
    assert browser.run(samples) == 0
    browser.run("words.value = ''; words.dispatchEvent(new Event('input', {bubbles: true}))")
    assert browser.run(samples) == 2
    assert browser.run("[...document.querySelectorAll('.fate')].map(each => each.open)") == [True, False]


def test_keys_alone_open_a_step_and_lead_to_its_samples(browser: Browser, tmp_path: Path) -> None:
    browser.open(write(tmp_path, "A page about tides."))
    for _ in range(60):
        browser.press(*TAB)
        if browser.run("document.activeElement.matches('.step > summary')"):
            break
    browser.press(*ENTER)
    assert browser.run("document.querySelector('.step').open")
    browser.press(*TAB)
    assert browser.run("document.activeElement.getAttribute('href')") == "#by-words.short_doc"
    browser.press(*ENTER)
    browser.run("new Promise(done => setTimeout(done, 50))")
    assert browser.run("document.getElementById('by-words.short_doc').open")
    assert browser.console == []


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_any_width_in_both_schemes(browser: Browser, tmp_path: Path, width: int, scheme: str) -> None:
    browser.size(width, 800)
    browser.prefer(scheme)
    browser.open(write(tmp_path, "https://long.example/" + "a" * 300 + " text"))
    browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert browser.run("document.documentElement.scrollWidth") <= width
    dark = browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"
    assert dark == (scheme == "dark")
