package org.decantry.text

/** A table from words to the lengths of their pieces. A lookup takes a range of characters and makes no string.
  *
  * @param cases the pieces of each word; for repeated words, the last entry counts
  */
private[text] final class SpecialCases(cases: Seq[Array[String]]) {
  private val byWord: Map[String, Array[String]] = cases.map(pieces => pieces.mkString -> pieces).toMap
  val words: Array[String] = byWord.keys.toArray.sorted
  private val lengths: Array[Array[Int]] = words.map(word => byWord(word).map(_.length))
  val longest: Int = words.map(_.length).max

  private val mask = Integer.highestOneBit(words.length * 8) - 1
  private val slots: Array[Short] = {
    val table = Array.fill[Short](mask + 1)(-1)
    for (i <- words.indices) {
      var slot = spread(words(i).hashCode)
      while (table(slot) >= 0) slot = (slot + 1) & mask
      table(slot) = i.toShort
    }
    table
  }

  private def spread(hash: Int): Int = (hash ^ (hash >>> 13)) & mask

  /** The number of the special case written in `chars` from `from` to before `until`, or -1. */
  def find(chars: Array[Char], from: Int, until: Int): Int =
    if (until - from > longest) -1
    else {
      var hash = 0
      var i = from
      while (i < until) {
        hash = 31 * hash + chars(i)
        i += 1
      }
      find(chars, from, until, hash)
    }

  /** The same, with the word's `String.hashCode`. */
  def find(chars: Array[Char], from: Int, until: Int, hash: Int): Int = {
    var slot = spread(hash)
    while (slots(slot) >= 0 && !same(words(slots(slot)), chars, from, until)) slot = (slot + 1) & mask
    slots(slot)
  }

  /** The lengths of a special case's pieces, in UTF-16 units. */
  def pieces(number: Int): Array[Int] = lengths(number)

  private def same(word: String, chars: Array[Char], from: Int, until: Int): Boolean = {
    var i = word.length
    if (i != until - from) return false
    while (i > 0) {
      i -= 1
      if (word.charAt(i) != chars(from + i)) return false
    }
    true
  }
}
