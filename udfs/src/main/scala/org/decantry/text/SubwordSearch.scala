package org.decantry.text

import java.util.ArrayDeque

/** Searches an address for words with an Aho-Corasick automaton (Aho and Corasick 1975). Only the address's ASCII letters
  * and digits are read, in lower case.
  *
  * @param words lower-case letters and digits
  */
private[text] final class SubwordSearch(words: Seq[String]) {
  private val Symbols = 36
  private val (next, ends) = build()

  def isIn(url: String): Boolean = {
    var state = 0
    var i = 0
    while (i < url.length && !ends(state)) {
      val unit = url.charAt(i)
      if (AsciiAlphanumeric(unit)) state = next(state * Symbols + symbol(unit))
      i += 1
    }
    ends(state)
  }

  private def symbol(unit: Char): Int =
    if (unit <= '9') unit - '0' else if (unit <= 'Z') unit - 'A' + 10 else unit - 'a' + 10

  /** The transitions, with a row for each state, and the states in which a word ends. */
  private def build(): (Array[Int], Array[Boolean]) = {
    val most = words.map(_.length).sum + 1
    val next = Array.fill(most * Symbols)(-1)
    val ends = new Array[Boolean](most)
    var states = 1
    for (word <- words if word.nonEmpty) {
      var state = 0
      for (unit <- word) {
        val edge = state * Symbols + symbol(unit)
        if (next(edge) < 0) {
          next(edge) = states
          states += 1
        }
        state = next(edge)
      }
      ends(state) = true
    }
    complete(next, ends)
    (next, ends)
  }

  /** Fills missing transitions with those of the longest proper suffix, breadth first. */
  private def complete(next: Array[Int], ends: Array[Boolean]): Unit = {
    val suffix = new Array[Int](ends.length)
    val queue = new ArrayDeque[Int]()
    queue.add(0)
    while (!queue.isEmpty) {
      val state: Int = queue.poll()
      ends(state) ||= ends(suffix(state))
      for (symbol <- 0 until Symbols) {
        val edge = state * Symbols + symbol
        val target = next(edge)
        val back = if (state == 0) 0 else next(suffix(state) * Symbols + symbol)
        if (target < 0) next(edge) = back
        else {
          suffix(target) = back
          queue.add(target)
        }
      }
    }
  }
}
