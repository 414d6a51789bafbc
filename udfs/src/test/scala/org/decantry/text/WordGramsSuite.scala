package org.decantry.text

import munit.FunSuite

class WordGramsSuite extends FunSuite {
  private val random = new scala.util.Random(1)
  private val pieces = Seq("a", "b", "ab", "ba", "aab", "😀", "é", "the")

  private def text(): String = Seq.fill(random.nextInt(60))(pieces(random.nextInt(pieces.size))).mkString(" ")

  private def naiveTop(words: Seq[String], n: Int): Int = {
    val grams = if (words.length < n) Nil else words.sliding(n).map(_.mkString(" ")).toSeq
    val most = grams.map(gram => grams.count(_ == gram))
    if (grams.isEmpty) 0 else PythonText.length(grams(most.indexOf(most.max))) * most.max
  }

  private def naiveDuplicated(words: Seq[String], n: Int): Int = {
    val seen = scala.collection.mutable.Set.empty[String]
    var i, length = 0
    while (i + n <= words.length) {
      val gram = words.slice(i, i + n).mkString
      if (seen.add(gram)) i += 1
      else {
        length += PythonText.length(gram)
        i += n
      }
    }
    length
  }

  test("equal to a simple count, whatever text was filled before") {
    for (_ <- 1 to 2000) {
      val tokens = Words.scan(text(), "en")
      val words = Seq.tabulate(tokens.length)(tokens.text)
      val grams = WordGrams.of(tokens)
      for (n <- 1 to 4) assertEquals(grams.top(n), naiveTop(words, n), words)
      for (n <- 1 to 6) assertEquals(grams.duplicated(n), naiveDuplicated(words, n), words)
    }
  }

  test("ranges are compared by content alone") {
    for (_ <- 1 to 300) {
      val chars = text().toCharArray
      val stretches = new Stretches(chars)
      val seen = scala.collection.mutable.Set.empty[String]
      for (_ <- 1 to 300) {
        val from = random.nextInt(chars.length + 1)
        val until = math.min(chars.length, from + random.nextInt(5))
        assertEquals(stretches.repeats(from, until), !seen.add(new String(chars, from, until - from)))
      }
    }
  }
}
