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

  test("stop words of another language, as they are written") {
    val german = new StopWords(Seq("der", "die", "und", "und", "Donaudampfschifffahrt"))
    val m = GopherQuality.measure("Der Hund und die Katze und die Donaudampfschifffahrt", "de", german)
    assertEquals(m.stopWords, 3)
    assertEquals(GopherQuality.measure("der die das", "de", new StopWords(Nil)).stopWords, 0)
    assertEquals(GopherQuality.measure("苹果和香蕉是水果", "zh", new StopWords(Seq("的", "和", "是"))).stopWords, 2)
  }

  test("words of the language") {
    val m = GopherQuality.measure("我喜欢吃苹果。", "cmn_Hani")
    assertEquals((m.words, m.meanWordLength, m.alphaWordRatio), (4, 6 / 4d, 4 / 5d))
  }

  test("an empty text has zeros") {
    assertEquals(GopherQuality.measure("", "en"), GopherQuality.Measurements(0, 0, 0, 0, 0, 0, 0, 0))
  }
}
