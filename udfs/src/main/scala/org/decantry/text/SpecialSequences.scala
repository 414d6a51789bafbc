package org.decantry.text

/** Restores special cases that were cut at their affixes. If consecutive tokens equal those into which a special case is
  * cut, its pieces replace them. The longest match wins, then the leftmost. A match with a single space inside is not a
  * special case, but it still blocks other matches of its tokens.
  * Source: spaCy 3.8 `tokenizer.pyx` (`_apply_special_cases`).
  */
private[text] final class SpecialSequences(cases: SpecialCases, affixes: Affixes) {
  private val patterns: Array[Array[String]] = {
    val tokens = new Tokens
    val plain = new RunCutter(None, affixes)
    cases.words.filter(hasAffix).map { word =>
      tokens.begin(word)
      plain.cut(tokens, 0, word.length)
      Array.tabulate(tokens.length)(tokens.text)
    }.filter(_.length > 1)
  }

  private val longest = patterns.map(_.length).max

  private val heads = new SpecialCases(patterns.map(pattern => Array(pattern.head)).toSeq)
  private val byHead: Array[Array[Array[String]]] = heads.words.map(head => patterns.filter(_.head == head))

  /** The units with which the second token of a pattern begins. */
  private val seconds: Array[Boolean] = {
    val table = new Array[Boolean](0x10000)
    patterns.foreach(pattern => table(pattern(1).head) = true)
    table
  }

  private def hasAffix(word: String): Boolean = {
    val chars = word.toCharArray
    val end = chars.length
    affixes.prefix(chars, 0, end) > 0 || affixes.suffix(chars, 0, end) > 0 ||
    (0 until end).exists(affixes.infix(chars, _, 0, end) > 0)
  }

  /** Rewrites `tokens`. */
  def join(tokens: Tokens): Unit = {
    val found = tokens.scratch
    find(tokens, found)
    if (found.length > 0) {
      val winners = apart(found, tokens.length)
      found.clear()
      rewrite(tokens, winners)
    }
  }

  /** Collects all matches, encoded so that sorting puts longer ones first, then from left to right. */
  private def find(tokens: Tokens, found: LongBuffer): Unit = {
    val chars = tokens.chars
    var i = 1
    while (i < tokens.length) {
      if (seconds(chars(tokens.start(i)))) {
        val head = heads.find(chars, tokens.start(i - 1), tokens.end(i - 1))
        if (head >= 0) {
          val candidates = byHead(head)
          var k = 0
          while (k < candidates.length) {
            val length = candidates(k).length
            if (isAt(candidates(k), tokens, i - 1)) found.push(((longest - length).toLong << 32) | (i - 1))
            k += 1
          }
        }
      }
      i += 1
    }
  }

  private def isAt(pattern: Array[String], tokens: Tokens, first: Int): Boolean = {
    var k = 1
    while (
      k < pattern.length && first + k < tokens.length && isText(pattern(k), tokens, first + k) &&
      isAdjacent(tokens, first + k)
    ) k += 1
    k == pattern.length
  }

  /** Whether spaCy has no token of white space before token `i`: it makes none of a single space. */
  private def isAdjacent(tokens: Tokens, i: Int): Boolean = {
    val gap = tokens.start(i) - tokens.end(i - 1)
    gap == 0 || (gap == 1 && tokens.chars(tokens.end(i - 1)) == ' ')
  }

  private def isText(text: String, tokens: Tokens, i: Int): Boolean = {
    val from = tokens.start(i)
    var k = 0
    if (tokens.end(i) - from != text.length) return false
    while (k < text.length && text.charAt(k) == tokens.chars(from + k)) k += 1
    k == text.length
  }

  /** The matches that win, from left to right: the first token, and in the lower half the number of tokens. */
  private def apart(found: LongBuffer, count: Int): LongBuffer = {
    val taken = new java.util.BitSet(count)
    val winners = new LongBuffer
    found.sort()
    var i = 0
    while (i < found.length) {
      val first = found(i).toInt
      val length = longest - (found(i) >>> 32).toInt
      if (!taken.get(first) && !taken.get(first + length - 1)) winners.push((first.toLong << 32) | length)
      taken.set(first, first + length)
      i += 1
    }
    winners.sort()
    winners
  }

  private def rewrite(tokens: Tokens, winners: LongBuffer): Unit = {
    val chars = tokens.chars
    val (firsts, ends) = tokens.takeAll()
    var i = 0
    var next = 0
    while (i < firsts.length) {
      val wins = next < winners.length && (winners(next) >>> 32).toInt == i
      val length = if (wins) winners(next).toInt else 1
      val special = if (wins) cases.find(chars, firsts(i), ends(i + length - 1)) else -1
      if (special >= 0) tokens.addPieces(firsts(i), cases.pieces(special))
      else
        for (k <- i until i + length) tokens.add(firsts(k), ends(k))
      if (wins) next += 1
      i += length
    }
  }
}
