package org.decantry.text

import munit.FunSuite

class GopherQualitySuite extends FunSuite {

  test("words that are not symbols, their length, letters and stop words") {
    val m = GopherQuality.measure("The cat, 10 ++ of the dogs.", "en")
    assertEquals((m.words, m.meanWordLength), (6, 17 / 6d))
    assertEquals((m.alphaWordRatio, m.stopWords), (5 / 10d, 2))
  }

  test("ellipses of three dots are counted, and not across lines") {
    assertEquals(GopherQuality.measure("a.......\n.. …", "en").ellipsisRatio, 3 / 4d)
  }

  test("bullets and ellipses at the ends of lines") {
    val m = GopherQuality.measure("- one\r\n \u2003• two… \nthree\u2028..", "en")
    assertEquals((m.bulletLineRatio, m.ellipsisLineRatio), (2 / 4d, 1 / 4d))
  }

  test("an empty text has zeros") {
    assertEquals(GopherQuality.measure("", "en"), GopherQuality.Measurements(0, 0, 0, 0, 0, 0, 0, 0))
  }
}
