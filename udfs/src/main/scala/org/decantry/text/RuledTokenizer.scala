package org.decantry.text

import org.decantry.text.CharClasses._

/** Words and punctuation marks by spaCy's rules, but without tokens of white space.
  * Source: spaCy 3.8 `tokenizer.pyx`.
  *
  * @param exceptions the words with pieces of their own, each as its pieces
  */
private[text] class RuledTokenizer(exceptions: Seq[Array[String]], rules: AffixRules) {
  private val affixes = new Affixes(rules)
  private val cases = new SpecialCases(exceptions)
  private val runs = new RunCutter(Some(cases), affixes)
  private val sequences = new SpecialSequences(cases, affixes)

  /** Fills `tokens` with the tokens of its own text, in linear time. */
  def fill(tokens: Tokens): Unit = {
    val chars = tokens.chars
    val end = tokens.charCount
    var at = 0
    while (at < end) {
      while (at < end && (ofUnit(chars(at)) & Space) != 0) at += 1
      val from = at
      var hash = 0
      var seen = 0
      var bits = 0
      while (at < end && { bits = ofUnit(chars(at)); (bits & Space) == 0 }) {
        seen |= bits
        hash = 31 * hash + chars(at)
        at += 1
      }
      if (at > from) {
        val special = if (at - from > cases.longest) -1 else cases.find(chars, from, at, hash)
        if (special >= 0) tokens.addPieces(from, cases.pieces(special))
        else if ((seen & Active) == 0) tokens.add(from, at)
        else runs.cut(tokens, from, at)
      }
    }
    sequences.join(tokens)
  }
}
