package org.decantry.page

class RubySuite extends munit.FunSuite {

  test("the words of a ruby are text, and its readings are not") {
    assertEquals(Pages.text("<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>に行く</p>"), "東京に行く")
    assertEquals(Pages.text("<p><ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby></p>"), "東京")
    assertEquals(Pages.text("<p><ruby><rb>東</rb><rb>京</rb><rtc><rt>とう</rt><rt>きょう</rt></rtc></ruby>へ</p>"), "東京へ")
  }

  test("in headings, links and with Bopomofo") {
    assertEquals(Pages.markdown("<h2><a href=x><ruby>北<rt>ㄅㄟˇ</rt>京<rt>ㄐㄧㄥ</rt></ruby></a></h2>"), "## 北京")
  }

  test("missing end tags") {
    assertEquals(Pages.text("<p><ruby>雨<rt>あめ<rp>)</ruby>だ</p>"), "雨だ")
  }
}
