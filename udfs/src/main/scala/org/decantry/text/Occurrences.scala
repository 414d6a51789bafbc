package org.decantry.text

/** Counts a phrase in a text, from the start and without overlap, in time linear in both. A phrase may be as long as the
  * text, so comparing it at each position would be quadratic.
  *
  * Source: Knuth, Morris and Pratt, "Fast Pattern Matching in Strings" (1977).
  */
private[text] object Occurrences {

  /** @param phrase not empty */
  def count(text: String, phrase: String): Int = {
    val borders = bordersOf(phrase)
    var found, matched, i = 0
    while (i < text.length) {
      val unit = text.charAt(i)
      while (matched > 0 && phrase.charAt(matched) != unit) matched = borders(matched - 1)
      if (phrase.charAt(matched) == unit) matched += 1
      if (matched == phrase.length) {
        found += 1
        matched = 0
      }
      i += 1
    }
    found
  }

  /** For each beginning of the phrase, the length of its longest proper beginning that is also its end. */
  private def bordersOf(phrase: String): Array[Int] = {
    val borders = new Array[Int](phrase.length)
    var border = 0
    var i = 1
    while (i < phrase.length) {
      while (border > 0 && phrase.charAt(i) != phrase.charAt(border)) border = borders(border - 1)
      if (phrase.charAt(i) == phrase.charAt(border)) border += 1
      borders(i) = border
      i += 1
    }
    borders
  }
}
