package org.decantry.text

import munit.FunSuite

class GopherRepetitionSuite extends FunSuite {

  test("repeated paragraphs and lines") {
    val m = GopherRepetition.measure("aa\n\nbb\n\naa\ncc", "en")
    assertEquals(m.characters, 13)
    assertEquals((m.dupParaFrac, m.dupParaCharFrac), (0.0, 0.0))
    assertEquals((m.dupLineFrac, m.dupLineCharFrac), (1 / 4d, 2 / 13d))
  }

  test("the most frequent n-gram, and of several the first") {
    assertEquals(GopherRepetition.measure("a bb a bb ccc", "en").topNGram.toSeq, Seq(2 * 4, 6, 9).map(_ / 13d))
    assertEquals(GopherRepetition.measure("long word x y z", "en").topNGram.toSeq, Seq(9, 11, 13).map(_ / 15d))
  }

  test("repeated n-grams with different white space between the words") {
    val m = GopherRepetition.measure("ab c d e f x a bc d e f", "en")
    assertEquals(m.duplicatedNGrams.toSeq, Seq(6 / 23d, 0, 0, 0, 0, 0))
  }

  test("an empty text and a text of white space") {
    assertEquals(GopherRepetition.measure("", "en").topNGram.sum, 0d)
    assertEquals(GopherRepetition.measure("", "en").dupLineFrac, 0d)
    assertEquals(GopherRepetition.measure(" \n \n", "en").dupLineFrac, 1 / 3d)
  }
}
