package org.decantry.text

import java.util.HashMap

/** A set of words to find in addresses. The words of an address are its runs of ASCII letters and digits. */
private[text] final class WordSet(words: Seq[String]) {
  private val numbers = new HashMap[String, Integer]()
  words.distinct.zipWithIndex.foreach { case (word, number) => numbers.put(word, number) }

  /** The number of distinct words of the set in the address. Case matters. */
  def countIn(url: String): Int = {
    var found: java.util.BitSet = null
    var at = 0
    while (at < url.length) {
      if (AsciiAlphanumeric(url.charAt(at))) {
        val from = at
        while (at < url.length && AsciiAlphanumeric(url.charAt(at))) at += 1
        val number = numbers.get(url.substring(from, at))
        if (number != null) {
          if (found == null) found = new java.util.BitSet(numbers.size)
          found.set(number)
        }
      } else at += 1
    }
    if (found == null) 0 else found.cardinality
  }
}

private[text] object AsciiAlphanumeric {
  def apply(unit: Char): Boolean =
    (unit >= 'a' && unit <= 'z') || (unit >= '0' && unit <= '9') || (unit >= 'A' && unit <= 'Z')
}
