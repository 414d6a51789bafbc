package org.decantry.text

class DistinctWordsSuite extends munit.FunSuite {

  private val german = Array("der", "und", "die", "für")

  test("different words that are tokens are counted, with their case") {
    assertEquals(DistinctWords.count("der Hund und der Kater und die Maus", "de", german), 3)
    assertEquals(DistinctWords.count("Der Hund", "de", german), 0)
    assertEquals(DistinctWords.count("unders dies", "de", german), 0)
    assertEquals(DistinctWords.count("Futter für Tiere", "deu_Latn", german), 1)
  }

  test("no text, no words, and repeated words") {
    assertEquals(DistinctWords.count("", "de", german), 0)
    assertEquals(DistinctWords.count("der Hund", "de", Array.empty), 0)
    assertEquals(DistinctWords.count("der Hund", "de", Array("der", "der", "")), 1)
  }
}
