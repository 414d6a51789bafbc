package org.decantry.text

import java.util.HashMap

/** How many words of a list a text contains, as datatrove 0.10.1 counts stop words (pipeline/filters/gopher_quality_filter.py):
  * different words that are tokens of the text. Case matters.
  */
object DistinctWords {

  def count(text: String, language: String, words: Array[String]): Int = {
    val numbers = new HashMap[String, Integer](words.length * 2)
    var longest = 0
    var firsts = 0L // a bit for each first unit, modulo 64, so that most tokens are not looked up
    for (word <- words if word.nonEmpty) {
      numbers.putIfAbsent(word, numbers.size)
      longest = math.max(longest, word.length)
      firsts |= 1L << word.charAt(0)
    }
    val found = new java.util.BitSet(numbers.size)
    val tokens = SharedTokens.of(text, language)
    var i = 0
    while (i < tokens.length) {
      val start = tokens.start(i)
      if (tokens.end(i) - start <= longest && (firsts >>> tokens.chars(start) & 1) != 0) {
        val number = numbers.get(tokens.text(i))
        if (number != null) found.set(number)
      }
      i += 1
    }
    found.cardinality
  }
}
