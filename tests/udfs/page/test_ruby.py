from __future__ import annotations

import time

import pytest

from decantry.udfs.page.html import with_resiliparse, with_trafilatura
from decantry.udfs.page.ruby import without_readings

AROUND = "港の壁は三つの夏をかけて積まれた。石工たちは内側の面に印を残した。" * 3


@pytest.mark.parametrize("extract", [with_resiliparse, with_trafilatura])
@pytest.mark.parametrize(
    "ruby",
    [
        "<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>",
        "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby>",
        "<ruby><rb>漢字</rb><rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>",
        "<ruby><span>漢字</span><rt>かんじ</rt></ruby>",
        "<ruby>漢<rt>かん</ruby><ruby>字<rt>じ</ruby>",
        "<RUBY CLASS='x'>漢字<RT LANG='ja'><b>かん</b>じ</RT></RUBY>",
        "<ruby><rb>漢<rb>字<rt>かん<rt>じ</ruby>",
        "<ruby>漢字<rtc><rt>かんじ</rt></rtc></ruby>",
    ],
)
def test_the_words_are_kept_and_their_readings_removed(extract: object, ruby: str) -> None:
    page = f"<html><body><main><p>{AROUND}</p><p>{ruby}を読む子どもたち。</p><p>{AROUND}</p></main></body></html>"
    text = extract(page)  # type: ignore[operator]
    assert "漢字を読む子どもたち。" in text
    assert "かん" not in text


@pytest.mark.parametrize("page", ["<p>rt</p><rt>a</rt>", "<table><tr><td>a</td></tr></table>", ""])
def test_a_page_without_ruby_does_not_change(page: str) -> None:
    assert without_readings(page) == page


@pytest.mark.parametrize("unit", ["<rt>", "<rt>a", "<ruby>", "<rt ", "</rt>"])
def test_it_takes_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        without_readings("<ruby>" + unit * count)
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(200_000) < 8 * seconds(50_000) + 0.5
