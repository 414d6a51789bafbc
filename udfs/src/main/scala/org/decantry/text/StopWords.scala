package org.decantry.text

/** A list of stop words. A token is one if it has the same characters; case matters. */
final class StopWords(words: Seq[String]) {
  def toArray: Array[String] = words.toArray

  private val table = if (words.isEmpty) None else Some(new SpecialCases(words.map(Array(_))))

  /** How many distinct words of the list are among the tokens. */
  private[text] def countIn(tokens: Tokens): Int =
    table match {
      case None => 0
      case Some(list) =>
        val found = new java.util.BitSet
        var i = 0
        while (i < tokens.length) {
          val number = list.find(tokens.chars, tokens.start(i), tokens.end(i))
          if (number >= 0) found.set(number)
          i += 1
        }
        found.cardinality
    }
}

object StopWords {

  /** Those of Gopher's rule (arXiv:2112.11446, A.1.1). */
  val gopherWords: Seq[String] = Seq("the", "be", "to", "of", "and", "that", "have", "with")
  val gopher: StopWords = new StopWords(gopherWords)
}
