package org.decantry.text

import munit.FunSuite

class NormalizeSuite extends FunSuite {

  private def check(text: String, expected: String): Unit =
    test(s"normal form of ${text.take(30)}")(assertEquals(Normalize.normalize(text), expected))

  check("", "")
  check("   \t\n ", "")
  check("Hello,   World!", "hello world")
  check("3.14 and 1,000,000", "0 and 0 0")
  check("1.2.3", "0 0")
  check("12. May", "0 may")
  check("٣٫١٤ ４２ १२३", "0 0 0")
  check("Crème BRÛLÉE", "creme brulee")
  check("ΟΔΟΣ ΟΔΟΣ. ΣΑΣ", "οδος οδος σας")
  check("Σ", "σ")
  check("İstanbul", "istanbul")
  check("한글", "\u1112\u1161\u11ab\u1100\u1173\u11af")
  check("\u0301\u0302", "")
  check("\u0301 abc \u0301", "abc")
  check("abc \u0301 def", "abc  def")
  check("a\u0000b\u0085c\u00a0d\u2028e", "a b c d e")
  check("don’t—stop…", "don t stop")
  check("👩‍👩‍👧 ok", "👩‍👩‍👧 ok")
  check("₤ 5€", "₤ 0€")

  test("marks that canonical ordering moves are normalised with the whole text") {
    assertEquals(Normalize.normalize("\u1b44\u302e É"), "\u1b44\u302e e")
    assertEquals(Normalize.normalize("\u302e\u1b44 É"), "\u1b44\u302e e")
  }

  test("letters newer than Unicode 14 do not change") {
    assertEquals(Normalize.normalize("\u1c89 \ua7cb"), "\u1c89 \ua7cb")
  }
}
