package org.decantry.text

import scala.util.Random

class OccurrencesSuite extends munit.FunSuite {

  private def searched(text: String, phrase: String): Int = {
    var found = 0
    var at = text.indexOf(phrase)
    while (at >= 0) {
      found += 1
      at = text.indexOf(phrase, at + phrase.length)
    }
    found
  }

  test("the count equals that of a simple search") {
    val random = new Random(1)
    def drawn(most: Int): String = Seq.fill(1 + random.nextInt(most))("ab ".charAt(random.nextInt(3))).mkString
    for (_ <- 1 to 2000) {
      val (text, phrase) = (drawn(60), drawn(6))
      assertEquals(Occurrences.count(text, phrase), searched(text, phrase), s"'$phrase' in '$text'")
    }
    assertEquals(Occurrences.count("", "a"), 0)
  }

  test("a long phrase that nearly matches everywhere takes linear time") {
    val phrase = "a" * 300000 + "b"
    assertEquals(Occurrences.count("a" * 600000 + phrase, phrase), 1)
  }
}
