package org.decantry.text

/** Cuts one run of characters without white space into words and punctuation marks.
  * Source: spaCy 3.8 `tokenizer.pyx` (`_split_affixes`, `_attach_tokens`).
  *
  * @param cases the special cases; None to find how a special case would be cut without them
  */
private[text] final class RunCutter(cases: Option[SpecialCases], affixes: Affixes) {

  private def caseAt(chars: Array[Char], from: Int, until: Int): Int =
    if (cases.isEmpty || from >= until) -1 else cases.get.find(chars, from, until)

  private def isCase(chars: Array[Char], from: Int, until: Int): Boolean = caseAt(chars, from, until) >= 0

  /** Adds the tokens of the units from `first` to before `last`. Prefixes and suffixes are cut off until none remains or
    * the rest is a special case. The rest is then one word, or is cut at its infixes.
    */
  def cut(tokens: Tokens, first: Int, last: Int): Unit = {
    val chars = tokens.chars
    var from = first
    var until = last
    val suffixes = tokens.scratch
    var open = true
    while (open && from < until && !isCase(chars, from, until)) {
      val prefix = affixes.prefix(chars, from, until)
      if (prefix > 0 && isCase(chars, from + prefix, until)) {
        tokens.add(from, from + prefix)
        from += prefix
        open = false
      } else {
        val suffix = affixes.suffix(chars, from + prefix, until)
        val before = until - suffix
        if (suffix > 0 && isCase(chars, from, before)) {
          suffixes.push(until)
          until = before
          open = false
        } else {
          if (prefix > 0) tokens.add(from, from + prefix)
          if (suffix > 0) suffixes.push(until)
          from += prefix
          until = before
          open = prefix > 0 || suffix > 0
        }
      }
    }
    if (from < until) middle(tokens, from, until)
    while (suffixes.length > 0) {
      val end = suffixes.pop().toInt
      tokens.add(until, end)
      until = end
    }
  }

  private def middle(tokens: Tokens, from: Int, until: Int): Unit = {
    val chars = tokens.chars
    val special = caseAt(chars, from, until)
    if (special >= 0) tokens.addPieces(from, cases.get.pieces(special))
    else if (WebAddresses.matches(chars, from, until)) tokens.add(from, until)
    else {
      var word = from
      var at = from
      while (at < until) {
        val infix = affixes.infix(chars, at, from, until)
        if (infix > 0 && at > from) {
          if (at > word) tokens.add(word, at)
          tokens.add(at, at + infix)
          word = at + infix
        } else if (affixes.elides(chars, at, word, until)) {
          tokens.add(word, at)
          word = at
        }
        at += math.max(infix, 1)
      }
      if (word < until) tokens.add(word, until)
    }
  }
}
