package org.decantry.text

/** Special cases that cutting has torn apart, put together again: where consecutive tokens are exactly those that a
  * special case with affixes is cut into, they become its pieces. The longest such stretch wins, then the leftmost; a
  * stretch with a single space inside is no special case, yet keeps others from its tokens.
  * Source: spaCy 3.8 `tokenizer.pyx` (`_apply_special_cases`).
  */
private[text] final class SpecialSequences(cases: SpecialCases) {
  private val patterns: Array[Array[String]] = {
    val tokens = new Tokens
    val plain = new RunCutter(None)
    cases.words.filter(hasAffix).map { word =>
      tokens.begin(word)
      plain.cut(tokens, 0, word.length)
      Array.tabulate(tokens.length)(tokens.text)
    }.filter(_.length > 1)
  }

  private val heads = new SpecialCases(patterns.map(pattern => Array(pattern.head)).toSeq)
  private val byHead: Array[Array[Array[String]]] = heads.words.map(head => patterns.filter(_.head == head))

  /** Whether a second token of some pattern begins with a unit. */
  private val seconds: Array[Boolean] = {
    val table = new Array[Boolean](0x10000)
    patterns.foreach(pattern => table(pattern(1).head) = true)
    table
  }

  private def hasAffix(word: String): Boolean = {
    val chars = word.toCharArray
    val end = chars.length
    Affixes.prefix(chars, 0, end) > 0 || Affixes.suffix(chars, 0, end) > 0 ||
    (0 until end).exists(Affixes.infix(chars, _, 0, end) > 0)
  }

  /** Rewrites `tokens`. */
  def join(tokens: Tokens): Unit = {
    val found = matches(tokens)
    if (found.nonEmpty) rewrite(tokens, apart(found, tokens.length))
  }

  /** All matches: (first token, number of tokens). */
  private def matches(tokens: Tokens): List[(Int, Int)] = {
    val chars = tokens.chars
    var found: List[(Int, Int)] = Nil
    var i = 1
    while (i < tokens.length) {
      if (seconds(chars(tokens.start(i)))) {
        val head = heads.find(chars, tokens.start(i - 1), tokens.end(i - 1))
        if (head >= 0)
          byHead(head).foreach { pattern =>
            if (isAt(pattern, tokens, i - 1)) found = (i - 1, pattern.length) :: found
          }
      }
      i += 1
    }
    found
  }

  private def isAt(pattern: Array[String], tokens: Tokens, first: Int): Boolean = {
    var k = 1
    while (
      k < pattern.length && first + k < tokens.length && isAdjacent(tokens, first + k) &&
      isText(pattern(k), tokens, first + k)
    ) k += 1
    k == pattern.length
  }

  /** Whether no token of white space stands before token `i`: spaCy makes one of everything but a single space. */
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

  /** Those of the matches that win, as a map from first token to number of tokens. */
  private def apart(found: List[(Int, Int)], count: Int): Map[Int, Int] = {
    val taken = new java.util.BitSet(count)
    found.sortBy { case (first, length) => (-length, first) }.flatMap { case (first, length) =>
      val free = !taken.get(first) && !taken.get(first + length - 1)
      taken.set(first, first + length)
      if (free) Some(first -> length) else None
    }.toMap
  }

  private def rewrite(tokens: Tokens, found: Map[Int, Int]): Unit = {
    val chars = tokens.chars
    val (firsts, ends) = tokens.takeAll()
    var i = 0
    while (i < firsts.length) {
      val length = found.getOrElse(i, 1)
      val special = if (length > 1) cases.find(chars, firsts(i), ends(i + length - 1)) else -1
      if (special >= 0) tokens.addPieces(firsts(i), cases.pieces(special))
      else
        for (k <- i until i + length) tokens.add(firsts(k), ends(k))
      i += length
    }
  }
}
