package org.decantry.page

/** Finds which of many short patterns are in a name, in one pass over it (Aho and Corasick, CACM 18(6), 1975).
  *
  * The alphabet is a to z, ignoring case, and one symbol for all else. A name begins and ends with that symbol.
  *
  * @param patterns each with its bits; a hyphen is that symbol
  */
private[page] final class Substrings(patterns: Seq[(String, Int)]) {
  private val most = patterns.map(_._1.length).sum + 1
  private val next = Array.fill(most * Substrings.Letters)(-1)
  private val found = new Array[Int](most)

  {
    var states = 1
    for ((pattern, bits) <- patterns) {
      var state = 0
      for (char <- pattern) {
        val at = state * Substrings.Letters + Substrings.letter(char)
        if (next(at) < 0) {
          next(at) = states
          states += 1
        }
        state = next(at)
      }
      found(state) |= bits
    }
    link(states)
  }

  /** The bits of all patterns in the first 1,000 characters of the name. */
  def bits(name: String): Int = {
    var state = next(Substrings.Letters - 1)
    var bits = 0
    var i = 0
    val until = math.min(name.length, 1000)
    while (i < until) {
      state = next(state * Substrings.Letters + Substrings.letter(name.charAt(i)))
      bits |= found(state)
      i += 1
    }
    bits | found(next(state * Substrings.Letters + Substrings.Letters - 1))
  }

  /** Adds the failure links: without a transition, the search continues at the longest suffix that is a prefix. */
  private def link(states: Int): Unit = {
    val longest = new Array[Int](states)
    val queue = new Array[Int](states)
    var head, tail = 0
    for (letter <- 0 until Substrings.Letters) {
      if (next(letter) < 0) next(letter) = 0
      else {
        queue(tail) = next(letter)
        tail += 1
      }
    }
    while (head < tail) {
      val state = queue(head)
      head += 1
      found(state) |= found(longest(state))
      for (letter <- 0 until Substrings.Letters) {
        val at = state * Substrings.Letters + letter
        val other = next(longest(state) * Substrings.Letters + letter)
        if (next(at) < 0) next(at) = other
        else {
          longest(next(at)) = other
          queue(tail) = next(at)
          tail += 1
        }
      }
    }
  }
}

private[page] object Substrings {
  private val Letters = 27

  private val ascii: Array[Byte] = Array.tabulate(128) { char =>
    (if (Character.isLetter(char)) Character.toLowerCase(char) - 'a' else Letters - 1).toByte
  }

  private def letter(char: Char): Int = if (char < 128) ascii(char.toInt).toInt else Letters - 1
}
