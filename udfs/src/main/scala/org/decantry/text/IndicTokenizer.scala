package org.decantry.text

/** Words and punctuation marks in the scripts of South Asia: cut at white space, and before and after each punctuation mark
  * of ASCII, of these scripts (danda and double danda among them) and of Urdu. Digits with one of `,.:/` between them
  * stay together.
  * Source: indic-nlp-library 0.92 `tokenize/indic_tokenize.py` (`trivial_tokenize`), which does not cut at new lines; we do.
  */
private[text] object IndicTokenizer {
  private val marks: java.util.BitSet = {
    val set = new java.util.BitSet
    CharClasses
      .points("21-2F 3A-40 5B-60 7B-7E 609 60A 60C 61E 66A-66D 6D4 964 965 1C7E 1C7F AAF0 AAF1 ABEB-ABEF")
      .foreach(set.set)
    set
  }

  /** Fills `tokens` with the tokens of its own text. */
  def fill(tokens: Tokens): Unit = {
    val chars = tokens.chars
    val end = tokens.charCount
    var word = -1
    var at = 0
    while (at < end) {
      val unit = chars(at)
      val space = PythonText.isSpace(unit)
      if (space || (marks.get(unit) && !isInNumber(chars, at, end))) {
        if (word >= 0) tokens.add(word, at)
        word = -1
        if (!space) tokens.add(at, at + 1)
      } else if (word < 0) word = at
      at += 1
    }
    if (word >= 0) tokens.add(word, end)
  }

  private def isInNumber(chars: Array[Char], at: Int, end: Int): Boolean =
    ",.:/".indexOf(chars(at).toInt) >= 0 && at > 0 && at + 1 < end && isDigit(chars(at - 1)) && isDigit(chars(at + 1))

  private def isDigit(unit: Char): Boolean = unit >= '0' && unit <= '9'
}
